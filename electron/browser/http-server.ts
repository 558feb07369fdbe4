/**
 * The loopback server's HTTP side: rules first, then who it is, then what is wanted. The page's own files need no cookie,
 * for they hold nothing secret and the page is what exchanges the token for the cookie; everything else does.
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { CONNECTION_PATH, SESSION_PATH } from '../../core/protocol/wire';
import { securityHeaders, type PageFiles } from '../host/page-files';
import { Admission } from './admission';
import { refusalOf, type RequestFacts } from './request-rules';
import { sendWebResponse, toWebRequest } from './web-bridge';

export interface ServerLimits {
  /** Milliseconds until a request's headers must be there. */
  readonly headers: number;
  /** Milliseconds until the whole request must be there. */
  readonly request: number;
  /** Milliseconds without a byte in either direction. */
  readonly idle: number;
  readonly connections: number;
}

export const usualLimits: ServerLimits = { headers: 10_000, request: 600_000, idle: 60_000, connections: 64 };

export interface ServerParts {
  readonly page: PageFiles;
  readonly resources: (request: Request) => Promise<Response>;
  /** Takes a socket that has passed every check; `query` is that of the address. */
  readonly connect: (incoming: IncomingMessage, socket: Duplex, head: Buffer, query: URLSearchParams) => void;
  readonly complain: (error: unknown) => void;
  readonly limits?: ServerLimits;
}

export interface LoopbackServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly token: string;
  /** Ends every connection, also those in the middle of something. */
  close(): Promise<void>;
}

/** Every value of a header as it was sent, also a repeated one. */
function rawHeader(incoming: IncomingMessage, name: string): readonly string[] {
  const raw = incoming.rawHeaders;
  return raw.filter((_, index) => index % 2 === 1 && raw[index - 1].toLowerCase() === name);
}

function factsOf(incoming: IncomingMessage, upgrade: boolean): RequestFacts {
  return {
    method: incoming.method ?? '',
    target: incoming.url ?? '',
    header: (name) => rawHeader(incoming, name),
    upgrade,
  };
}

const LONGEST_TOKEN = 256;

/** A short text body; null where it is longer than allowed. */
async function readText(incoming: IncomingMessage): Promise<string | null> {
  let text = '';
  for await (const chunk of incoming) {
    text += String(chunk);
    if (text.length > LONGEST_TOKEN) return null;
  }
  return text;
}

/**
 * Listens on 127.0.0.1 at `port`; 0 takes any free one. Rejects with Node's error where the port is taken.
 */
export async function startServer(port: number, parts: ServerParts): Promise<LoopbackServer> {
  const limits = parts.limits ?? usualLimits;
  const server = createServer({
    maxHeaderSize: 16_384,
    headersTimeout: limits.headers,
    requestTimeout: limits.request,
    keepAliveTimeout: 30_000,
    connectionsCheckingInterval: Math.min(5_000, limits.headers),
  });
  server.maxConnections = limits.connections;
  server.setTimeout(limits.idle);
  const bound = await listen(server, port);
  const host = `127.0.0.1:${bound}`;
  const origin = `http://${host}`;
  const headers = securityHeaders([`ws://${host}`]);
  const admission = new Admission(bound);

  const say = (outgoing: ServerResponse, status: number, text: string): void => {
    // A refused body is not read on; the connection ends with the answer.
    outgoing.writeHead(status, {
      ...headers,
      'content-type': 'text/plain; charset=utf-8',
      connection: 'close',
    });
    outgoing.end(`${text}\n`);
  };

  const openSession = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const token = await readText(incoming);
    if (token === null) return say(outgoing, 413, 'This is too long for a token.');
    const cookie = admission.exchange(token);
    if (cookie === null && !admission.admits(incoming.headers.cookie)) {
      return say(
        outgoing,
        403,
        'This address is wrong or was used before; start Burnish again for a new one.',
      );
    }
    outgoing.writeHead(204, cookie === null ? headers : { ...headers, 'set-cookie': cookie });
    outgoing.end();
  };

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const refusal = refusalOf(factsOf(incoming, false), host);
    if (refusal !== null) return say(outgoing, refusal.status, refusal.reason);
    const path = (incoming.url ?? '/').split('?', 1)[0];
    const posted = incoming.method === 'POST';
    if (path === SESSION_PATH && posted) return openSession(incoming, outgoing);
    const file = parts.page.get(path);
    if (file !== undefined && !posted) {
      outgoing.writeHead(200, { ...headers, 'content-type': file.type, 'content-length': file.bytes.length });
      outgoing.end(incoming.method === 'HEAD' ? undefined : file.bytes);
      return;
    }
    if (!admission.admits(incoming.headers.cookie))
      return say(outgoing, 403, 'Open Burnish by its whole address first.');
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    const response = await parts.resources(toWebRequest(incoming, origin, gone.signal));
    await sendWebResponse(response, outgoing, headers, incoming.method === 'HEAD');
  };

  server.on('request', (incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      // A page that goes away in the middle of a transfer is nothing to tell.
      if (!outgoing.destroyed && !incoming.destroyed) parts.complain(error);
      if (outgoing.headersSent || outgoing.destroyed) outgoing.destroy();
      else say(outgoing, 500, 'Burnish made a mistake.');
    });
  });

  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refuse = (status: number, reason: string): void => {
      socket.end(
        `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: text/plain\r\n\r\n${reason}\n`,
      );
    };
    const refusal = refusalOf(factsOf(incoming, true), host);
    if (refusal !== null) return refuse(refusal.status, refusal.reason);
    const address = new URL(incoming.url ?? '/', origin);
    if (address.pathname !== CONNECTION_PATH) return refuse(404, 'There is nothing here.');
    if (!admission.admits(incoming.headers.cookie))
      return refuse(403, 'Open Burnish by its whole address first.');
    parts.connect(incoming, socket, head, address.searchParams);
  });

  return {
    port: bound,
    origin,
    token: admission.token,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((done, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.off('error', reject);
      const address: string | AddressInfo | null = server.address();
      if (address === null || typeof address === 'string') throw new Error('a TCP server has an address');
      done(address.port);
    });
  });
}
