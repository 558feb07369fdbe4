/** The browser shell: a host behind a loopback server, and, where there is a display, a window on it. */

import { readPageFiles } from '../host/page-files';
import type { Host } from '../host/host';
import { startServer, type LoopbackServer } from './http-server';
import { Lines } from './lines';

export interface BrowserShell {
  /** With the token in its fragment. */
  readonly url: string;
  /** Pages connected now. */
  readonly pages: number;
  close(): Promise<void>;
}

export interface BrowserShellParts {
  readonly host: Host;
  /** out/renderer */
  readonly pageFolder: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly complain: (error: unknown) => void;
}

/** Rejects with Node's error where the port is taken. */
export async function startBrowserShell({
  host,
  pageFolder,
  port,
  complain,
}: BrowserShellParts): Promise<BrowserShell> {
  const lines = new Lines(host);
  const server: LoopbackServer = await startServer(port, {
    page: readPageFiles(pageFolder),
    resources: host.resources,
    connect: (...line) => lines.connect(...line),
    complain,
  });
  return {
    url: `${server.origin}/#token=${server.token}`,
    get pages() {
      return lines.open;
    },
    close: async () => {
      lines.close();
      await server.close();
    },
  };
}
