/**
 * Which exact frame belongs to which step of the history, in the view as it is: an undo, a redo or a click in the history shows
 * what was on the canvas before in the same task, before the main process has answered. An entry never becomes another picture: a change that joins it gets an id of its own.
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
