/**
 * A page's line to the host, which outlives the sockets that carry it. Both ends count messages, so that after a cut
 * nothing is lost and nothing is done twice (the rules are in core/protocol/wire.ts). What was sent is kept for a while, because
 * a socket that is cut does not say what arrived.
 */

import type { WebSocket } from 'ws';
import { sentence } from '../../core/raster/fault';
import { parseRequest } from '../../core/protocol/gate';
import { CLOSE, type ServerMessage } from '../../core/protocol/wire';
import type { Client, Connectable, Connected } from '../host/client';

/** How much of what was sent is kept for a page that comes back. */
const MOST_KEPT = 2_000;
const MOST_KEPT_CHARACTERS = 16_000_000;
/** A page that takes nothing any more is cut off before its messages fill the memory. */
const MOST_UNSENT_BYTES = 64_000_000;
/** Milliseconds that a page has to say goodbye. */
const CLOSING = 300;

export class Line implements Client {
  readonly #connected: Connected;
  readonly #kept: string[] = [];
  #keptCharacters = 0;
  #sent = 0;
  #lastRequest = 0;
  #socket: WebSocket | null = null;

  constructor(host: Connectable) {
    this.#connected = host.connect(this);
  }

  get open(): boolean {
    return this.#socket !== null;
  }

  send(message: ServerMessage): void {
    const text = JSON.stringify(message);
    this.#kept.push(text);
    this.#keptCharacters += text.length;
    this.#sent++;
    while (
      this.#kept.length > MOST_KEPT ||
      (this.#keptCharacters > MOST_KEPT_CHARACTERS && this.#kept.length > 1)
    ) {
      this.#keptCharacters -= this.#kept.shift()?.length ?? 0;
    }
    this.#socket?.send(text);
    if ((this.#socket?.bufferedAmount ?? 0) > MOST_UNSENT_BYTES) this.#socket?.terminate();
  }

  /** Whether every message after the `received`th is still there. */
  remembers(received: number): boolean {
    return received <= this.#sent && received >= this.#sent - this.#kept.length;
  }

  /** Goes on over a new socket; the page has had `received` messages. `left` is called when the page leaves for good. */
  attach(socket: WebSocket, received: number, left: () => void): void {
    const before = this.#socket;
    this.#socket = socket;
    before?.close(CLOSE.replaced, 'another socket took over');
    for (const text of this.#kept.slice(this.#kept.length - (this.#sent - received))) socket.send(text);
    this.#connected.back();
    socket.on('message', (data, binary) => this.#receive(socket, binary ? null : String(data)));
    socket.on('close', (code) => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      // 1001: the page was closed or reloaded, as the browser itself says.
      if (code === 1000 || code === 1001) left();
      else this.#connected.away();
    });
  }

  /** The page is gone for good, or the program stops. */
  close(code: number, reason: string): void {
    const socket = this.#socket;
    this.#socket = null;
    if (socket !== null) {
      socket.close(code, reason);
      setTimeout(() => socket.terminate(), CLOSING).unref();
    }
    this.#connected.close();
  }

  #receive(socket: WebSocket, text: string | null): void {
    if (socket !== this.#socket) return;
    const request = text === null ? null : parseRequest(text);
    if (request === null || !request.ok) {
      socket.close(
        CLOSE.malformed,
        request === null ? 'a message that is not text' : sentence(request.fault),
      );
      return;
    }
    const { id, call, payload } = request.value;
    if (id <= this.#lastRequest) return;
    if (id !== this.#lastRequest + 1) {
      socket.close(CLOSE.malformed, `request ${id} after ${this.#lastRequest}`);
      return;
    }
    this.#lastRequest = id;
    void this.#connected.handle(call, payload).then((answer) => this.send({ id, ...answer }));
  }
}
