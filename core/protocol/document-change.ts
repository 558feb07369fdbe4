/**
 * What a change makes of a document's state, without the entries of its history that stay as they are: a step among ten thousand says
 * no more than the first one.
 */

import type { DocumentState, HistoryEntry } from './contract';

/** `dropped` entries, from the one with index `from` on, give way to `entries`. */
interface HistoryChange {
  readonly from: number;
  readonly dropped: number;
  readonly entries: readonly HistoryEntry[];
}

/** The state after a change; it follows the one whose revision is one less. */
export interface DocumentChange extends Omit<DocumentState, 'history'> {
  readonly history: HistoryChange;
}

/** What to tell whoever knows the history as it was before. */
export function changeTo(state: DocumentState, before: readonly HistoryEntry[]): DocumentChange {
  const { history, ...rest } = state;
  const most = Math.min(before.length, history.length);
  let from = 0;
  while (from < most && isSame(before[from], history[from])) from++;
  let after = 0;
  while (after < most - from && isSame(before.at(-1 - after), history.at(-1 - after))) after++;
  const entries = history.slice(from, history.length - after);
  return { ...rest, history: { from, dropped: before.length - after - from, entries } };
}

/** Null where the change does not follow this state. */
export function changed(state: DocumentState, change: DocumentChange): DocumentState | null {
  if (change.revision !== state.revision + 1) return null;
  const { from, dropped, entries } = change.history;
  const [before, after] = [state.history.slice(0, from), state.history.slice(from + dropped)];
  return { ...change, history: [...before, ...entries, ...after] };
}

function isSame(one: HistoryEntry | undefined, other: HistoryEntry | undefined): boolean {
  return (
    one?.id === other?.id &&
    one?.state === other?.state &&
    one?.text === other?.text &&
    one?.time === other?.time
  );
}
