/**
 * What was seen of pictures, by name: so many looks, within a budget of bytes, of which those that were asked for longest ago go first.
 * A histogram of a 16-bit picture takes megabytes, and a selection that is dragged makes many.
 */

import type { Key } from '../../plan/key';
import type { Known, Looked } from '../../plan/look';

const MOST = 1024;
const BUDGET = 128 * 2 ** 20;

export class Seen {
  readonly #looked = new Map<Key, Looked>();
  readonly #budget: number;
  #bytes = 0;

  constructor(budget = BUDGET) {
    this.#budget = budget;
  }

  get(name: Key): Looked | undefined {
    const looked = this.#looked.get(name);
    if (looked === undefined) return undefined;
    // A map keeps the order of insertion: the newest use moves to the end.
    this.#looked.delete(name);
    this.#looked.set(name, looked);
    return looked;
  }

  /** What is known, with a note of all that is asked for and found. */
  notedIn(used: Map<Key, Looked>): Known {
    return {
      get: (name) => {
        const looked = this.get(name);
        if (looked !== undefined) used.set(name, looked);
        return looked;
      },
    };
  }

  /** The newest always stays, however large it is. */
  remember(name: Key, looked: Looked): Looked {
    this.#drop(name);
    this.#looked.set(name, looked);
    this.#bytes += bytesOf(looked);
    for (const oldest of this.#looked.keys()) {
      if (oldest === name || (this.#looked.size <= MOST && this.#bytes <= this.#budget)) break;
      this.#drop(oldest);
    }
    return looked;
  }

  clear(): void {
    this.#looked.clear();
    this.#bytes = 0;
  }

  #drop(name: Key): void {
    const looked = this.#looked.get(name);
    if (looked === undefined) return;
    this.#looked.delete(name);
    this.#bytes -= bytesOf(looked);
  }
}

function bytesOf(looked: Looked): number {
  return listsOf(looked).reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function listsOf(looked: Looked): readonly { readonly byteLength: number }[] {
  switch (looked.kind) {
    case 'histogram':
      return looked.histogram.bins;
    case 'study':
      return looked.study.tables;
    case 'spectrum':
      return [looked.spectrum.magnitudes, looked.spectrum.strongest ?? new Uint32Array(0)];
    default:
      return [];
  }
}
