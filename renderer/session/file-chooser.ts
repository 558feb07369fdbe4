/**
 * Asking for files: by the system's own dialog where the shell has one, else by the page's one file input. The input stays
 * on the page, so that files put into it without asking (by assistive technology, say) are opened as well.
 */

import { incoming, type Incoming } from './openings.svelte';
import { momentOf } from './measures';
import type { PageConnection } from './page-connection';

export interface Chosen {
  readonly files: readonly Incoming[];
  /** The moment at which they were chosen. */
  readonly at: number;
}

/** What the input offers first; Burnish goes by the content, so other files may be chosen too. */
const ACCEPT = 'image/*,.tif,.tiff,.avif,.webp,.burnish';

export class FileChooser {
  readonly #connection: PageConnection;
  readonly #native: () => boolean;
  readonly #unasked: (chosen: Chosen) => void;
  #input: HTMLInputElement | null = null;
  #resolve: ((chosen: Chosen) => void) | null = null;

  /** `unasked` gets files that come into the input without `choose`. */
  constructor(connection: PageConnection, native: () => boolean, unasked: (chosen: Chosen) => void) {
    this.#connection = connection;
    this.#native = native;
    this.#unasked = unasked;
  }

  /** Makes this the input that is asked. */
  attach(input: HTMLInputElement): () => void {
    this.#input = input;
    input.accept = ACCEPT;
    input.multiple = true;
    const change = (event: Event): void => {
      const files = incoming(input.files ?? []);
      // The same file can then be chosen again.
      input.value = '';
      this.#answer({ files, at: momentOf(event) });
    };
    const cancel = (event: Event): void => this.#answer({ files: [], at: momentOf(event) });
    input.addEventListener('change', change);
    input.addEventListener('cancel', cancel);
    return () => {
      input.removeEventListener('change', change);
      input.removeEventListener('cancel', cancel);
      this.#input = null;
    };
  }

  /** Asks for files; none where the user thinks better of it. */
  async choose(several: boolean): Promise<Chosen> {
    if (this.#native()) {
      const answer = await this.#connection.call('files.choose', { several });
      return { files: answer.ok ? answer.value.files : [], at: performance.now() };
    }
    const input = this.#input;
    if (input === null) return { files: [], at: performance.now() };
    this.#answer({ files: [], at: performance.now() });
    input.multiple = several;
    return new Promise((resolve) => {
      this.#resolve = resolve;
      input.click();
    });
  }

  #answer(chosen: Chosen): void {
    const resolve = this.#resolve;
    this.#resolve = null;
    if (this.#input) this.#input.multiple = true;
    if (resolve) resolve(chosen);
    else if (chosen.files.length > 0) this.#unasked(chosen);
  }
}
