/**
 * Which exact frame belongs to which step of the history, in the view as it is: an undo, a redo or a click in the history shows
 * what was on the canvas before in the same task, before the main process has answered.
 */

import type { DocumentState, Frame, HistoryEntry } from '../../core/protocol/contract';

export class EntryFrames {
  readonly #frames = new Map<HistoryEntry['id'], Frame>();

  /** This exact frame shows the current entry of this state. */
  remember(state: DocumentState, frame: Frame): void {
    const entry = currentEntry(state);
    if (entry !== null) this.#frames.set(entry, frame);
  }

  find(entry: HistoryEntry['id']): Frame | undefined {
    return this.#frames.get(entry);
  }

  /** One state follows another: an entry that a later change has joined is another picture now. */
  adopt(before: DocumentState, after: DocumentState): void {
    const entry = currentEntry(after);
    if (entry === null || entry !== currentEntry(before)) return;
    if (JSON.stringify(before.document) !== JSON.stringify(after.document)) this.#frames.delete(entry);
  }

  /** Another part of the picture is to be seen. */
  clear(): void {
    this.#frames.clear();
  }
}

export function currentEntry(state: DocumentState): HistoryEntry['id'] | null {
  return state.history.find((entry) => entry.state === 'current')?.id ?? null;
}

/** Where an undo (−1) or a redo (+1) leads; null where there is nothing. */
export function neighbourEntry({ history }: DocumentState, by: 1 | -1): HistoryEntry['id'] | null {
  const line = history.filter((entry) => entry.state !== 'discarded');
  const at = line.findIndex((entry) => entry.state === 'current');
  return at < 0 ? null : (line[at + by]?.id ?? null);
}
