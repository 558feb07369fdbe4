/** A page as the host knows it: a line to it, and whether it may edit. */

import type { Event } from '../../core/protocol/contract';
import type { Client } from './client';
import type { Sitter } from './writer-seat';

export const ONLY_ONE_WRITES = 'This picture is being edited in another window; here you can look on.';

export class Page implements Client, Sitter {
  readonly #client: Client;
  readonly #lost: (page: Page) => void;
  present = true;

  /** `lost` is called when another page has taken over. */
  constructor(client: Client, lost: (page: Page) => void) {
    this.#client = client;
    this.#lost = lost;
  }

  send(event: Event): void {
    this.#client.send(event);
  }

  tell(writable: boolean): void {
    if (!writable) this.#lost(this);
    this.send({ event: 'writable', data: { writable, reason: writable ? '' : ONLY_ONE_WRITES } });
  }
}
