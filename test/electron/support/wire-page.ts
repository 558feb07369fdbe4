/** A page's end of the line, by the rules of core/protocol/wire.ts, for tests that cut it. */

import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { ServerMessage } from '../../../core/protocol/wire';
import type { Event, EventName, Events, Reply } from '../../../core/protocol/contract';

export interface Line {
  readonly origin: string;
  readonly cookie: string;
}

export class WirePage {
  readonly client = randomUUID();
  readonly events: Event[] = [];
  readonly replies: Reply[] = [];
  /** The code with which the server closed the last socket. */
  closed: number | null = null;
  #received = 0;
  #lastRequest = 0;
  #socket: WebSocket | null = null;
  readonly #unanswered = new Map<number, string>();
  readonly #waiting = new Set<() => void>();

  constructor(readonly line: Line) {}

  /** Connects, or connects again, and repeats what was not answered. */
  async connect(received = this.#received): Promise<void> {
    const address = `${this.line.origin.replace('http', 'ws')}/connection?client=${this.client}&received=${received}`;
    const socket = new WebSocket(address, {
      origin: this.line.origin,
      headers: { cookie: this.line.cookie },
    });
    this.#socket = socket;
    socket.on('message', (data) => {
      if (socket === this.#socket) this.#receive(String(data));
    });
    socket.on('close', (code) => {
      if (socket === this.#socket) this.closed = code;
      this.#changed();
    });
    await new Promise((done, reject) => socket.once('open', done).once('error', reject));
    for (const text of this.#unanswered.values()) socket.send(text);
  }

  #receive(text: string): void {
    this.#received++;
    const message: ServerMessage = JSON.parse(text) as ServerMessage;
    if ('event' in message) this.events.push(message);
    else {
      this.#unanswered.delete(message.id);
      this.replies.push(message);
    }
    this.#changed();
  }

  #changed(): void {
    for (const look of this.#waiting) look();
  }

  /** Sends a request and gives its id, whether it arrives or not. */
  post(call: string, payload: unknown): number {
    const id = ++this.#lastRequest;
    const text = JSON.stringify({ id, call, payload });
    this.#unanswered.set(id, text);
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(text);
    return id;
  }

  async call(call: string, payload: unknown): Promise<Reply> {
    const id = this.post(call, payload);
    return this.until(() => this.replies.find((reply) => reply.id === id));
  }

  /** Waits until `look` finds something, looking whenever a message comes. */
  until<T>(look: () => T | undefined, milliseconds = 15_000): Promise<T> {
    return new Promise((done, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(again);
        reject(
          new Error(
            `nothing came; closed: ${this.closed}; events: ${this.events.map((e) => e.event).join(' ')}`,
          ),
        );
      }, milliseconds);
      const again = (): void => {
        const found = look();
        if (found === undefined) return;
        clearTimeout(timer);
        this.#waiting.delete(again);
        done(found);
      };
      this.#waiting.add(again);
      again();
    });
  }

  /** The first event of this name, from the `from`th event on, that `look` accepts. */
  event<N extends EventName>(
    name: N,
    look: (data: Events[N]) => boolean = () => true,
    from = 0,
  ): Promise<Events[N]> {
    return this.until(() => {
      for (const { event, data } of this.events.slice(from)) {
        if (event === name && look(data as Events[N])) return data as Events[N];
      }
      return undefined;
    });
  }

  /** Without a word, as when a cable is pulled. */
  cut(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.terminate();
  }

  /** As a browser does when the page is closed or loaded again. */
  leave(): void {
    this.#socket?.close(1001);
  }

  /** Sends any text over the socket. */
  raw(data: string | Buffer): void {
    this.#socket?.send(data);
  }
}
