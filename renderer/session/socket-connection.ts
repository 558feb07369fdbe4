/**
 * The connection to the loopback server (core/protocol/wire.ts has the rules): the token of the address is exchanged for a
 * cookie, then one WebSocket carries calls, answers and events. When it is cut, both ends have counted what they sent and
 * received, so connecting again loses nothing: unanswered calls are repeated in order, missed events are sent again.
 */

import type { Answers, CallName, Event, Payload, Request } from '../../core/protocol/contract';
import { CLOSE, CONNECTION_PATH, SESSION_PATH, type ServerMessage } from '../../core/protocol/wire';
import { fail, type Result } from '../../core/raster/fault';
import type { LineState, PageConnection } from './page-connection';
import { newId } from './new-id';
import { resourceUrl, uploadFile } from './resources';

interface Waiting {
  readonly request: Request;
  readonly answer: (result: Result<unknown>) => void;
}

const FIRST_DELAY = 250;
const LONGEST_DELAY = 5_000;
const GONE = fail('refused', 'the connection to Burnish has ended', 'start it again');

export class SocketConnection implements PageConnection {
  readonly #page: Window;
  readonly #client = newId();
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(event: Event) => void>();
  readonly #watchers = new Set<(state: LineState) => void>();
  #state: LineState = { kind: 'connecting' };
  #socket: WebSocket | null = null;
  #lastRequest = 0;
  #received = 0;
  #delay = FIRST_DELAY;

  constructor(page: Window) {
    this.#page = page;
    // A browser that comes back from sleep or offline need not wait for the next attempt.
    page.addEventListener('online', () => this.#openIfLost());
    void this.#begin();
  }

  call<N extends CallName>(call: N, payload: Payload<N>): Promise<Result<Answers[N]>> {
    if (this.#state.kind === 'ended') return Promise.resolve(GONE);
    return new Promise((resolve) => {
      const request: Request = { id: ++this.#lastRequest, call, payload };
      // The wire carries no types; the id says that this is the answer to that call.
      const answer = (result: Result<unknown>): void => resolve(result as Result<Answers[N]>);
      this.#waiting.set(request.id, { request, answer });
      if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(request));
    });
  }

  listen(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  watch(listener: (state: LineState) => void): () => void {
    this.#watchers.add(listener);
    listener(this.#state);
    return () => this.#watchers.delete(listener);
  }

  resource(path: string): string {
    return resourceUrl(this.#page.location.href, path);
  }

  upload(file: Blob, name: string): Promise<Result<{ readonly handle: string }>> {
    return uploadFile(this.#page.location.href, file, name);
  }

  /** The token for the cookie; a page that is loaded again has the cookie already. */
  async #begin(): Promise<void> {
    const token = new URLSearchParams(this.#page.location.hash.slice(1)).get('token') ?? '';
    try {
      const response = await fetch(this.resource(SESSION_PATH.slice(1)), { method: 'POST', body: token });
      if (response.status === 403)
        return this.#end('this address was used before; start Burnish again for a new one');
      if (!response.ok) throw new Error(response.statusText);
    } catch {
      return this.#retry(() => void this.#begin());
    }
    this.#open();
  }

  #open(): void {
    const address = new URL(CONNECTION_PATH, this.#page.location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    address.hash = '';
    address.search = new URLSearchParams({
      client: this.#client,
      received: String(this.#received),
    }).toString();
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.onopen = () => {
      this.#delay = FIRST_DELAY;
      this.#become({ kind: 'open' });
      for (const { request } of this.#waiting.values()) socket.send(JSON.stringify(request));
    };
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string') this.#receive(JSON.parse(data) as ServerMessage);
    };
    socket.onclose = ({ code }) => this.#closed(socket, code);
  }

  #receive(message: ServerMessage): void {
    this.#received++;
    if ('event' in message) {
      for (const listener of this.#listeners) listener(message);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    waiting?.answer(message);
  }

  #closed(socket: WebSocket, code: number): void {
    if (socket !== this.#socket) return;
    this.#socket = null;
    switch (code) {
      case CLOSE.stopping:
        return this.#end('Burnish was stopped');
      case CLOSE.replaced:
        return this.#end('this editor goes on in another window');
      case CLOSE.malformed:
        return this.#end('a message was not understood');
      case CLOSE.unknown:
        this.#become({ kind: 'lost' });
        return this.#page.location.reload();
      default:
        this.#retry(() => this.#openIfLost());
    }
  }

  #retry(again: () => void): void {
    this.#become({ kind: 'lost' });
    setTimeout(again, this.#delay);
    this.#delay = Math.min(this.#delay * 2, LONGEST_DELAY);
  }

  #openIfLost(): void {
    if (this.#state.kind === 'lost' && this.#socket === null) this.#open();
  }

  #end(reason: string): void {
    this.#become({ kind: 'ended', reason });
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { answer } of waiting) answer(GONE);
  }

  #become(state: LineState): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher(state);
  }
}
