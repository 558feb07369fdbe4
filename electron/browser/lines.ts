/** All pages' lines: finds the line of a page that comes back, makes one for a new page, and forgets the oldest idle ones. */

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { CLOSE } from '../../core/protocol/wire';
import type { Connectable } from '../host/client';
import { Line } from './line';

/** Large enough for a command with the largest kernel, many times over. */
const LARGEST_MESSAGE = 4_000_000;
const MOST_LINES = 32;
const PING_EVERY = 20_000;

export class Lines {
  readonly #host: Connectable;
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: false,
    clientTracking: false,
  });
  /** By the page's own name for itself, least recently opened first. */
  readonly #lines = new Map<string, Line>();

  constructor(host: Connectable) {
    this.#host = host;
  }

  /** How many pages are connected now. */
  get open(): number {
    return [...this.#lines.values()].filter((line) => line.open).length;
  }

  connect(incoming: IncomingMessage, socket: Duplex, head: Buffer, query: URLSearchParams): void {
    this.#server.handleUpgrade(incoming, socket, head, (webSocket) => {
      // Errors of the wire (too large, not UTF-8) close the socket by themselves; they only must not go unheard.
      webSocket.on('error', () => webSocket.terminate());
      keepAlive(webSocket);
      this.#attach(webSocket, query.get('client') ?? '', Number(query.get('received')));
    });
  }

  #attach(socket: WebSocket, client: string, received: number): void {
    const known = this.#lines.get(client);
    const wellFormed =
      /^[A-Za-z0-9_-]{8,64}$/.test(client) && Number.isSafeInteger(received) && received >= 0;
    if (!wellFormed || (known ? !known.remembers(received) : received > 0)) {
      socket.close(CLOSE.unknown, 'start anew');
      return;
    }
    const line = known ?? new Line(this.#host);
    this.#lines.delete(client);
    this.#lines.set(client, line);
    line.attach(socket, received, () => this.#forget(client, line));
    this.#limit();
  }

  #forget(client: string, line: Line): void {
    if (this.#lines.get(client) === line) this.#lines.delete(client);
    line.close(CLOSE.unknown, 'start anew');
  }

  #limit(): void {
    if (this.#lines.size <= MOST_LINES) return;
    const [client, line] = [...this.#lines].find(([, candidate]) => !candidate.open) ?? [...this.#lines][0];
    this.#forget(client, line);
  }

  close(): void {
    for (const line of this.#lines.values()) line.close(CLOSE.stopping, 'Burnish stops');
    this.#lines.clear();
    this.#server.close();
  }
}

/** Ends a socket whose other end no longer answers. */
function keepAlive(socket: WebSocket): void {
  let answered = true;
  socket.on('pong', () => (answered = true));
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, PING_EVERY);
  socket.on('close', () => clearInterval(timer));
}
