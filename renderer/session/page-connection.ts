/**
 * The line to the main process as the page sees it: the contract's `Connection`, plus whether it stands. Which one it is
 * depends on the shell alone: the preload's bridge in Electron, a WebSocket to the loopback server otherwise.
 */

import type { Connection } from '../../core/protocol/contract';
import type { Bridge } from '../../core/protocol/wire';
import type { Result } from '../../core/raster/fault';
import { bridgeConnection } from './bridge-connection';
import { SocketConnection } from './socket-connection';

/**
 * `lost`: it was cut and is being tried again. `ended`: trying again is of no use, because the program stopped, or the
 * address is no longer valid; `reason` says what happened.
 */
export type LineState =
  { readonly kind: 'connecting' | 'open' | 'lost' } | { readonly kind: 'ended'; readonly reason: string };

export interface PageConnection extends Omit<Connection, 'upload'> {
  /** Hands over the bytes of a file that came by chooser, drop or paste; the answer is a handle. */
  upload(file: Blob, name: string): Promise<Result<{ readonly handle: string }>>;
  /** Calls `listener` with the present state and every later one until the returned function is called. */
  watch(listener: (state: LineState) => void): () => void;
}

declare global {
  interface Window {
    readonly burnish?: Bridge;
  }
}

export function connect(page: Window): PageConnection {
  return page.burnish ? bridgeConnection(page.burnish, page.location.href) : new SocketConnection(page);
}
