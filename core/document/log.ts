/**
 * The log remembers commands, never documents: an entry is a command and the entry that it followed. Nothing is ever taken
 * out. Undo chooses an earlier entry; an edit after an undo begins a new branch, and the entries that were later lie discarded,
 * from where they can be recovered. The log is a value: every function gives a new one and leaves the old as it was.
 *
 * The line is the branch that the history shows: from the opening through the current entry to the last one of its branch.
 *
 * The same control changed again within a second joins the entry before it. Append-only all the same: the new entry stands
 * in for the old one, follows what the old one followed, and tells the whole change.
 */

import { fail, succeed, type Result } from '../raster/fault';
import { sameControl } from './coalescing';
import type { Command, Opening } from './command';
import { describeOpening } from './commands/document';
import type { Document } from './document';
import { describe, reduce } from './reduce';
import { documentOf, remember } from './replay';

/** Entries are numbered 0, 1, 2, … in the order in which they came. */
export type EntryId = number;

export interface Entry {
  readonly id: EntryId;
  /** The entry that this one followed; null for the opening alone. */
  readonly parent: EntryId | null;
  /** It stands in for the entry numbered one less, which is no longer listed. */
  readonly joined: boolean;
  readonly command: Opening | Command;
  /** "Gamma 1.8 → 2.2 on Background" */
  readonly text: string;
  /** The same for Undo and Redo: "Gamma 1.8 → 2.2". */
  readonly action: string;
}

export interface Log {
  /** `entries[n].id === n`; the first is the opening. */
  readonly entries: readonly Entry[];
  /** From the opening to the end of the branch. */
  readonly line: readonly Entry[];
  /** Where on the line the current entry is. */
  readonly position: number;
}

/** Milliseconds within which the same control joins the entry before. */
export const JOINING_TIME = 1000;

export function openLog(opening: Opening): Log {
  const entry: Entry = { id: 0, parent: null, joined: false, command: opening, ...describeOpening(opening) };
  return { entries: [entry], line: [entry], position: 0 };
}

export function currentEntry(log: Log): Entry {
  return log.line[log.position];
}

/** The document as it stands. */
export function current(log: Log): Document {
  return documentAt(log, currentEntry(log).id);
}

/** The document right after an entry, replaced ones included. Throws a RangeError where there is no such entry. */
export function documentAt(log: Log, id: EntryId): Document {
  if (!hasEntry(log, id)) throw new RangeError(`the log has no entry ${id}`);
  return documentOf(log.entries, log.entries[id]);
}

/** The log with the command carried out. A command that changes nothing is not logged: the very same log comes back. */
export function append(log: Log, command: Command): Result<Log> {
  const now = currentEntry(log);
  const before = documentAt(log, now.id);
  const after = reduce(before, command);
  if (!after.ok) return after;
  if (after.value === before) return succeed(log);
  const joined = join(log, command, after.value);
  if (joined) return succeed(joined);
  const entry: Entry = {
    id: log.entries.length,
    parent: now.id,
    joined: false,
    command,
    ...describe(command, before, after.value),
  };
  remember(log.entries, entry, after.value);
  return succeed(grown(log, entry, log.position + 1));
}

/** The log with the command in place of the newest entry, null where the two do not belong together. */
function join(log: Log, command: Command, after: Document): Log | null {
  const now = currentEntry(log);
  const isNewest = now.id === log.entries.length - 1;
  if (!isNewest || now.parent === null || now.command.type === 'document.open') return null;
  const elapsed = command.time - now.command.time;
  if (!(elapsed >= 0 && elapsed <= JOINING_TIME)) return null;
  const base = documentAt(log, now.parent);
  if (
    !sameControl({ command: now.command, before: base }, { command, before: documentAt(log, now.id), after })
  )
    return null;
  const whole = reduce(base, command);
  // Back where it began: two entries say so better than one that changes nothing.
  if (!whole.ok || whole.value === base) return null;
  const entry: Entry = {
    id: log.entries.length,
    parent: now.parent,
    joined: true,
    command,
    ...describe(command, base, whole.value),
  };
  remember(log.entries, entry, whole.value);
  return grown(log, entry, log.position);
}

function grown(log: Log, entry: Entry, position: number): Log {
  return { entries: [...log.entries, entry], line: [...log.line.slice(0, position), entry], position };
}

export function canUndo(log: Log): boolean {
  return log.position > 0;
}

export function canRedo(log: Log): boolean {
  return log.position < log.line.length - 1;
}

/** One entry back; at the opening the very same log. */
export function undo(log: Log): Log {
  return canUndo(log) ? { ...log, position: log.position - 1 } : log;
}

/** One entry on; at the end of the line the very same log. */
export function redo(log: Log): Log {
  return canRedo(log) ? { ...log, position: log.position + 1 } : log;
}

/** "Undo Gamma 1.8 → 2.2", null where there is nothing to undo. */
export function undoText(log: Log): string | null {
  return canUndo(log) ? `Undo ${currentEntry(log).action}` : null;
}

/** "Redo Gamma 1.8 → 2.2", null where there is nothing to redo. */
export function redoText(log: Log): string | null {
  return canRedo(log) ? `Redo ${log.line[log.position + 1].action}` : null;
}

/**
 * Makes any listed entry the current one. On the line only the position changes; a discarded entry is recovered together
 * with the rest of its branch, and what was on the line instead lies discarded.
 */
export function goTo(log: Log, id: EntryId): Result<Log> {
  if (!hasEntry(log, id) || isReplaced(log, id))
    return fail('not-found', `there is no step ${id} in the history`);
  const position = log.line.findIndex((entry) => entry.id === id);
  if (position >= 0) return succeed({ ...log, position });
  return succeed(withLine(log.entries, id, newestAfter(log.entries, id)));
}

/** The log standing at `current` on the line that ends in `tip`. `current` must lie on the way from the opening to `tip`. */
export function withLine(entries: readonly Entry[], current: EntryId, tip: EntryId): Log {
  const line: Entry[] = [];
  for (let id: EntryId | null = tip; id !== null; id = entries[id].parent) line.push(entries[id]);
  line.reverse();
  return { entries, line, position: line.findIndex((entry) => entry.id === current) };
}

/** The newest entry of those that came from this one, itself where there are none. */
function newestAfter(entries: readonly Entry[], id: EntryId): EntryId {
  const branch = new Set([id]);
  let newest = id;
  for (const entry of entries.slice(id + 1)) {
    // One that was replaced is passed over by itself: what stands in for it comes next, on the same branch.
    if (entry.parent === null || !branch.has(entry.parent)) continue;
    branch.add(entry.id);
    newest = entry.id;
  }
  return newest;
}

/** Entries on other branches than the line, oldest first: the discarded steps. */
export function discarded(log: Log): readonly Entry[] {
  const onLine = new Set(log.line.map((entry) => entry.id));
  return log.entries.filter((entry) => !onLine.has(entry.id) && !isReplaced(log, entry.id));
}

/** Whether a newer entry stands in for this one. */
export function isReplaced(log: Log, id: EntryId): boolean {
  return id + 1 < log.entries.length && log.entries[id + 1].joined;
}

function hasEntry(log: Log, id: EntryId): boolean {
  return Number.isInteger(id) && id >= 0 && id < log.entries.length;
}
