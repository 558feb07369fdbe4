/** HTTP by hand over a socket: attacks are made of what no well-behaved client sends. */

import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function open(port: number): Promise<Socket> {
  return new Promise((done, reject) => {
    const socket = connect(port, '127.0.0.1', () => done(socket));
    socket.once('error', reject);
  });
}

/** Everything that the other side sends until it ends the connection. */
export function receiveAll(socket: Socket): Promise<string> {
  return new Promise((done) => {
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => (text += chunk));
    socket.on('error', () => done(text));
    socket.on('close', () => done(text));
  });
}

function parse(text: string): RawAnswer {
  const [head, ...rest] = text.split('\r\n\r\n');
  const [first, ...lines] = head.split('\r\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return {
    status: Number(first.split(' ')[1] ?? 0),
    headers: Object.fromEntries(headers),
    body: rest.join('\r\n\r\n'),
  };
}

export interface RawRequest {
  readonly method?: string;
  readonly target?: string;
  /** In order, so that a header can be sent twice. `Connection: close` is added. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
}

/** Sends one request as it is written and gives the answer; status 0 where there was none. */
export async function rawRequest(port: number, request: RawRequest): Promise<RawAnswer> {
  const { method = 'GET', target = '/', headers, body } = request;
  const socket = await open(port);
  const answer = receiveAll(socket);
  const length = body === undefined ? [] : [['Content-Length', String(Buffer.byteLength(body))] as const];
  const isUpgrade = headers.some(([name]) => name.toLowerCase() === 'upgrade');
  const last = isUpgrade ? [] : [['Connection', 'close'] as const];
  const lines = [...headers, ...length, ...last].map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`);
  if (isUpgrade) setTimeout(() => socket.destroy(), 300);
  return parse(await answer);
}

/** The headers of a well-behaved WebSocket upgrade. */
export function upgradeHeaders(origin: string): readonly (readonly [string, string])[] {
  return [
    ['Host', origin.replace('http://', '')],
    ['Origin', origin],
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Version', '13'],
    ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
  ];
}
