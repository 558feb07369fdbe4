/** Between Node's HTTP and the web-standard Request and Response in which the host answers, in both shells alike. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** The request with its body as a stream; `signal` aborts when the other side goes away. */
export function toWebRequest(incoming: IncomingMessage, origin: string, signal: AbortSignal): Request {
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (const name of ['content-type', 'content-length']) {
    const value = incoming.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const body = method === 'POST' ? Readable.toWeb(incoming) : null;
  return new Request(new URL(incoming.url ?? '/', origin), { method, headers, body, signal, duplex: 'half' });
}

/** Sends the response to its end, or as far as the other side takes it. `always` are headers that every answer has. */
export async function sendWebResponse(
  response: Response,
  outgoing: ServerResponse,
  always: Readonly<Record<string, string>>,
  headOnly: boolean,
): Promise<void> {
  outgoing.writeHead(response.status, { ...always, ...Object.fromEntries(response.headers) });
  if (headOnly || response.body === null) {
    await response.body?.cancel();
    outgoing.end();
    return;
  }
  await pipeline(Readable.fromWeb(response.body), outgoing);
}
