/**
 * Asking for files: by the system's own dialog where the shell has one, else by the page's one file input. The input stays
 * on the page, so that files put into it without asking (by assistive technology, say) are opened as well.
 */

import type { Fault } from '../../core/raster/fault';
import { incoming, type Incoming } from './openings.svelte';
import { momentOf } from './measures';
import type { PageConnection } from './page-connection';

export interface Chosen {
  readonly files: readonly Incoming[];
  /** The moment at which they were chosen. */
  readonly at: number;
}

/** What is asked for. A folder stands for the pictures directly in it, as on the command line. */
export type Wanted = 'picture' | 'pictures' | 'folder' | 'recipe';

/** What the input offers first; Burnish goes by the content, so other files may be chosen too. */
const ACCEPT = 'image/*,.tif,.tiff,.avif,.webp,.ora,.burnish';
const ACCEPT_RECIPE = '.json,application/json';

export class FileChooser {
  readonly #connection: PageConnection;
  readonly #native: () => boolean;
  readonly #unasked: (chosen: Chosen) => void;
  readonly #failed: (fault: Fault) => void;
  #input: HTMLInputElement | null = null;
  #resolve: ((chosen: Chosen) => void) | null = null;

  /** `unasked` gets files that come into the input without having been asked for. */
  constructor(
    connection: PageConnection,
    native: () => boolean,
    unasked: (chosen: Chosen) => void,
    failed: (fault: Fault) => void,
  ) {
    this.#connection = connection;
    this.#native = native;
    this.#unasked = unasked;
    this.#failed = failed;
  }

  /** Makes this the input that is asked. */
  attach(input: HTMLInputElement): () => void {
    this.#input = input;
    prepare(input, 'pictures');
    const change = (event: Event): void => {
      const chosen = [...(input.files ?? [])];
      const files = incoming(input.webkitdirectory ? chosen.filter(isPictureAtTop) : chosen);
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

  /** Asks for one file or several; none where the user thinks better of it. */
  choose(several: boolean): Promise<Chosen> {
    return this.ask(several ? 'pictures' : 'picture');
  }

  async ask(wanted: Wanted): Promise<Chosen> {
    if (this.#native()) return { files: await this.#askNatively(wanted), at: performance.now() };
    const input = this.#input;
    if (input === null) return { files: [], at: performance.now() };
    this.#answer({ files: [], at: performance.now() });
    prepare(input, wanted);
    return new Promise((resolve) => {
      this.#resolve = resolve;
      input.click();
    });
  }

  async #askNatively(wanted: Wanted): Promise<readonly Incoming[]> {
    if (wanted === 'recipe') {
      const answer = await this.#connection.call('recipe.choose', {});
      return answer.ok && answer.value.file !== null ? [answer.value.file] : [];
    }
    const answer = await (wanted === 'folder'
      ? this.#connection.call('batch.chooseInputs', {})
      : this.#connection.call('files.choose', { several: wanted === 'pictures' }));
    if (answer.ok) return answer.value.files;
    this.#failed(answer.fault);
    return [];
  }

  #answer(chosen: Chosen): void {
    const resolve = this.#resolve;
    this.#resolve = null;
    if (this.#input) prepare(this.#input, 'pictures');
    if (resolve) resolve(chosen);
    else if (chosen.files.length > 0) this.#unasked(chosen);
  }
}

function prepare(input: HTMLInputElement, wanted: Wanted): void {
  input.accept = wanted === 'recipe' ? ACCEPT_RECIPE : ACCEPT;
  input.multiple = wanted === 'pictures' || wanted === 'folder';
  input.webkitdirectory = wanted === 'folder';
}

/** The input gives everything below a folder; the browser tells pictures by their endings. */
function isPictureAtTop({ webkitRelativePath, name, type }: File): boolean {
  return webkitRelativePath.split('/').length <= 2 && !name.startsWith('.') && type.startsWith('image/');
}
