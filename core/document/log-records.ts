/**
 * The log as a list of JSON values, one a line, for the journal and the project file. A log is the fold of its records: an
 * entry record adds an entry and stands there; a position record moves to another entry, on the line that ends in `tip`. So a
 * journal only ever appends, and a file cut off at any record is still a log.
 */

import { fail, sentence, succeed, type Result } from '../raster/fault';
import type { Command, Opening } from './command';
import { openDocument, openingProblem } from './commands/document';
import { currentEntry, withLine, type Entry, type EntryId, type Log } from './log';
import { reduce } from './reduce';
import { documentOf, remember } from './replay';

export interface EntryRecord {
  readonly entry: EntryId;
  readonly parent: EntryId | null;
  /** Present where it stands in for the entry before. */
  readonly joined?: true;
  readonly text: string;
  readonly action: string;
  readonly command: Opening | Command;
}

export interface PositionRecord {
  readonly current: EntryId;
  readonly tip: EntryId;
}

export type LogRecord = EntryRecord | PositionRecord;

function entryRecord(entry: Entry): EntryRecord {
  const { id, parent, joined, text, action, command } = entry;
  return { entry: id, parent, ...(joined && { joined }), text, action, command };
}

function positionOf(log: Log): PositionRecord {
  return { current: currentEntry(log).id, tip: log.line[log.line.length - 1].id };
}

/** All of a log: its entries in order, then its position. */
export function logToRecords(log: Log): readonly LogRecord[] {
  return [...log.entries.map(entryRecord), positionOf(log)];
}

/** What a journal that holds `before` has to append so that it holds `after`, a later version of the same log. */
export function recordsBetween(before: Log, after: Log): readonly LogRecord[] {
  const added = after.entries.slice(before.entries.length).map(entryRecord);
  const there =
    added.length > 0
      ? { current: added[added.length - 1].entry, tip: added[added.length - 1].entry }
      : positionOf(before);
  const position = positionOf(after);
  return there.current === position.current && there.tip === position.tip ? added : [...added, position];
}

/**
 * The log that these records make, replayed command by command. The records' form has been checked (core/protocol); whether
 * they make a log is checked here, and the fault names the record, counted from 1.
 */
export function logFromRecords(records: readonly LogRecord[]): Result<Log> {
  const entries: Entry[] = [];
  let position: PositionRecord = { current: 0, tip: 0 };
  for (const [at, record] of records.entries()) {
    const problem = 'entry' in record ? addEntry(entries, record) : positionProblem(entries, record);
    if (problem !== null) return fail('damaged', `record ${at + 1} of the history: ${problem}`);
    position = 'entry' in record ? { current: record.entry, tip: record.entry } : record;
  }
  if (entries.length === 0) return fail('damaged', 'the history is empty');
  return succeed(withLine(entries, position.current, position.tip));
}

/** Adds the entry that the record tells of, or says why that cannot be. */
function addEntry(entries: Entry[], record: EntryRecord): string | null {
  const { entry: id, parent, command, text, action } = record;
  if (id !== entries.length) return `expected entry ${entries.length}, found ${id}`;
  const entry: Entry = { id, parent, joined: record.joined === true, command, text, action };
  if (command.type === 'document.open') {
    if (id !== 0 || parent !== null || entry.joined) return 'only the first entry opens a document';
    const document = openDocument(command);
    const problem = openingProblem(command, document);
    if (problem !== null) return problem;
    entries.push(entry);
    remember(entries, entry, document);
    return null;
  }
  if (id === 0) return 'the first entry must open a document';
  if (parent === null || parent >= id) return `entry ${id} follows no earlier entry`;
  // What an entry replaces is the one before it, and both follow the same entry.
  if (entry.joined && parent !== entries[id - 1].parent)
    return `entry ${id} cannot stand in for entry ${id - 1}`;
  if (!entry.joined && parent < id - 1 && entries[parent + 1].joined)
    return `entry ${id} follows a replaced entry`;
  const after = reduce(documentOf(entries, entries[parent]), command);
  if (!after.ok) return sentence(after.fault);
  remember(entries, entry, after.value);
  entries.push(entry);
  return null;
}

function positionProblem(entries: readonly Entry[], record: PositionRecord): string | null {
  const { current, tip } = record;
  if (current >= entries.length || tip >= entries.length) return 'it stands at an entry that does not exist';
  for (const id of [current, tip]) {
    if (id + 1 < entries.length && entries[id + 1].joined)
      return `it stands at entry ${id}, which was replaced`;
  }
  let at: EntryId | null = tip;
  while (at !== null && at > current) at = entries[at].parent;
  return at === current ? null : `entry ${current} is not on the way to entry ${tip}`;
}
