/**
 * Pictures that stay in their files, for as long as they are wanted: by whoever opened them, and by errands that have begun with
 * them. One that is closed in the middle of an errand is given up when that is over, as the samples of a picture in memory are.
 */

import type { SourceId } from '../../document/document';
import type { PictureInFile } from './streamed-tiles';

interface Kept {
  readonly picture: PictureInFile;
  holders: number;
}

export class OpenFiles {
  readonly #open = new Map<SourceId, Kept>();
  /** No longer open, but held. */
  readonly #closing = new Map<SourceId, Kept>();

  /** `gone` is told of a picture of which nothing is left. */
  constructor(private readonly gone: (id: SourceId) => void) {}

  add(id: SourceId, picture: PictureInFile): void {
    this.drop(id);
    this.#open.set(id, { picture, holders: 1 });
  }

  has(id: SourceId): boolean {
    return this.#open.has(id);
  }

  /** One that is open, or still held. */
  find(id: SourceId): PictureInFile | undefined {
    return (this.#open.get(id) ?? this.#closing.get(id))?.picture;
  }

  drop(id: SourceId): void {
    const kept = this.#open.get(id);
    if (kept === undefined) return;
    this.#open.delete(id);
    this.#closing.set(id, kept);
    this.#letGo(id, kept);
  }

  /** Holds those of these pictures that are open; the answer lets go of them. */
  hold(ids: readonly SourceId[]): () => void {
    const held: (readonly [SourceId, Kept])[] = [];
    for (const id of ids) {
      const kept = this.#open.get(id);
      if (kept === undefined) continue;
      kept.holders++;
      held.push([id, kept]);
    }
    return () => {
      for (const [id, kept] of held) this.#letGo(id, kept);
    };
  }

  #letGo(id: SourceId, kept: Kept): void {
    if (--kept.holders > 0) return;
    if (this.#closing.get(id) === kept) this.#closing.delete(id);
    // The same file may have been opened again.
    if (this.find(id) === undefined) this.gone(id);
    kept.picture.close();
  }
}
