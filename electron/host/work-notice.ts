/** Tells a page of work that takes long enough to be noticed, and of its end. Work may be nested; one notice covers it all. */

import type { DocumentId } from '../../core/document/document';
import type { Client } from './client';

/** Milliseconds of work before it is told. */
const NOTICEABLE = 300;

export class WorkNotice {
  readonly #document: DocumentId | null;
  readonly #label: string;
  readonly #client: Client;
  #depth = 0;
  #timer: NodeJS.Timeout | null = null;
  #told = false;
  #fraction: number | null = null;

  constructor(document: DocumentId | null, label: string, client: Client) {
    this.#document = document;
    this.#label = label;
    this.#client = client;
  }

  begin(): void {
    this.#depth++;
    if (this.#depth > 1) return;
    this.#timer ??= setTimeout(() => this.#tell(this.#label), NOTICEABLE);
  }

  /** How much of it is done, 0 … 1. */
  reach(fraction: number): void {
    this.#fraction = fraction;
    if (this.#told) this.#tell(this.#label);
  }

  end(): void {
    this.#depth--;
    if (this.#depth > 0) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#told) this.#tell('');
    this.#fraction = null;
  }

  #tell(label: string): void {
    this.#told = label !== '';
    const data = { document: this.#document, label, fraction: this.#fraction, cancellable: label !== '' };
    this.#client.send({ event: 'progress', data });
  }
}
