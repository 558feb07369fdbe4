/**
 * How the contract crosses each shell's line, for both ends of it.
 *
 * Electron: `window.burnish` is a `Bridge`; resources are at `app://burnish/frames/KEY` and so on.
 *
 * Browser: the page POSTs the token of its address (`#token=…`) as plain text to `SESSION_PATH` once and has a cookie from
 * then on (204; 403 where the token was used before and there is no cookie). Then it opens a WebSocket at
 *
 *     CONNECTION_PATH?client=CLIENT&received=COUNT
 *
 * and sends `Request`s as JSON text, with ids 1, 2, 3, …; it gets `Reply`s and `Event`s, each one JSON message. A socket may
 * be cut at any time without anything being lost or done twice, because both ends count: CLIENT is a random name that the
 * page makes when it is loaded, COUNT is how many messages it has received under that name. After a cut the page connects
 * again with both and repeats its unanswered requests in order; the server sends every message after the COUNTth and
 * passes over requests whose id it has seen. Where the server no longer remembers, it closes with `CLOSE.unknown`, and
 * the page starts anew (reloads).
 *
 * Resources are at `/frames/KEY` and so on; uploads are POSTed to `/uploads?name=NAME`, answered by JSON like a call's.
 */

import type { Event, Reply, Request } from './contract';

export const SESSION_PATH = '/session';
export const CONNECTION_PATH = '/connection';

/** Why the server closed a socket. */
export const CLOSE = {
  /** Burnish stops; connecting again is of no use. */
  stopping: 4001,
  /** No JSON, or no request. */
  malformed: 4002,
  /** The server has forgotten this client, or never knew it: start anew. */
  unknown: 4404,
  /** Another socket came with the same client name. */
  replaced: 4409,
} as const;

/** What the server sends: a message without `event` is a reply. */
export type ServerMessage = Reply | Event;
/** What the page sends. */
export type PageMessage = Request;

/** What the preload script gives the page in Electron, as `window.burnish`. Answers are results, events are `Event`s. */
export interface Bridge {
  readonly call: (name: string, payload: unknown) => Promise<unknown>;
  readonly listen: (listener: (event: Event) => void) => () => void;
}

/** The channels of Electron's IPC. */
export const CALL_CHANNEL = 'burnish:call';
export const EVENT_CHANNEL = 'burnish:event';

/** The origin of the page in Electron. */
export const APP_ORIGIN = 'app://burnish';
