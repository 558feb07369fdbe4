/** The loopback server with a host behind it that only echoes, for tests of the server itself. */

import { startServer, type LoopbackServer, type ServerLimits } from '../../../electron/browser/http-server';
import { Lines } from '../../../electron/browser/lines';
import type { Client, Connectable } from '../../../electron/host/client';
import type { PageFiles } from '../../../electron/host/page-files';
import { succeed } from '../../../core/raster/fault';

/** Notes every call and answers it with nothing in particular. */
export class EchoHost implements Connectable {
  readonly calls: { readonly call: unknown; readonly payload: unknown }[] = [];
  readonly clients: Client[] = [];
  readonly comings: string[] = [];
  /** Held back until it resolves. */
  gate: Promise<void> = Promise.resolve();

  connect(client: Client) {
    this.clients.push(client);
    const note = (what: string) => () => void this.comings.push(what);
    return {
      handle: async (call: unknown, payload: unknown) => {
        this.calls.push({ call, payload });
        await this.gate;
        return succeed({});
      },
      away: note('away'),
      back: note('back'),
      close: note('close'),
    };
  }
}

const page: PageFiles = new Map([
  [
    '/',
    {
      bytes: new TextEncoder().encode('<!doctype html><title>Burnish</title>'),
      type: 'text/html; charset=utf-8',
    },
  ],
  ['/assets/page.js', { bytes: new TextEncoder().encode('1'), type: 'text/javascript; charset=utf-8' }],
]);

export interface QuietShell extends LoopbackServer {
  readonly host: EchoHost;
  readonly complaints: unknown[];
  /** The `Cookie` header of a page that has exchanged the token. */
  cookie(): Promise<string>;
  stop(): Promise<void>;
}

export async function startQuietShell(limits?: ServerLimits): Promise<QuietShell> {
  const host = new EchoHost();
  const lines = new Lines(host);
  const complaints: unknown[] = [];
  const server = await startServer(0, {
    page,
    resources: (request) => Promise.resolve(new Response(`resource ${new URL(request.url).pathname}`)),
    connect: (...line) => lines.connect(...line),
    complain: (error) => complaints.push(error),
    ...(limits && { limits }),
  });
  return {
    ...server,
    host,
    complaints,
    cookie: async () => {
      const answer = await fetch(`${server.origin}/session`, {
        method: 'POST',
        headers: { origin: server.origin },
        body: server.token,
      });
      return (answer.headers.get('set-cookie') ?? '').split(';')[0];
    },
    stop: async () => {
      lines.close();
      await server.close();
    },
  };
}
