/** What the host and a shell are to each other: one `Client` a page, whatever line it hangs on. */

import type { Answer } from '../../core/protocol/gate';
import type { Event } from '../../core/protocol/contract';

/** How the host reaches a page. */
export interface Client {
  send(event: Event): void;
}

/** How a shell reaches the host on behalf of one page. */
export interface Connected {
  /** Checks and does one call; never rejects. Calls are begun in the order in which they come. */
  handle(call: unknown, payload: unknown): Promise<Answer>;
  /** The line is cut, but the page may come back. */
  away(): void;
  /** It did. */
  back(): void;
  /** The page is gone for good. */
  close(): void;
}

export interface Connectable {
  connect(client: Client): Connected;
}
