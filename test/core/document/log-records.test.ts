import { describe, expect, it } from 'vitest';
import type { Command } from '../../../core/document/command';
import { append, current, goTo, openLog, undo } from '../../../core/document/log';
import {
  logFromRecords,
  logToRecords,
  recordsBetween,
  type EntryRecord,
  type LogRecord,
} from '../../../core/document/log-records';
import { adding, opening, refusal, sampleLog, step, valueOf } from './sample';

const added = valueOf(append(sampleLog(), adding(current(sampleLog()), step('s', 'gamma', { gamma: 1.8 }))));

function gamma(value: number, time: number): Command {
  return { type: 'step.set', time, owner: 'l', step: 's', params: { gamma: value } };
}

const twice = valueOf(append(valueOf(append(added, gamma(2, 10_000))), gamma(3, 20_000)));
const joined = valueOf(append(twice, gamma(4, 20_500)));

describe('records of a log', () => {
  it('are one an entry, and the position', () => {
    expect(logToRecords(undo(added))).toEqual([
      { entry: 0, parent: null, text: 'Opened a.png', action: 'open a.png', command: opening() },
      expect.objectContaining({ entry: 1, parent: 0, text: 'Added Gamma 1.8 to Background' }),
      { current: 0, tip: 1 },
    ]);
  });

  it('are, for a journal, what came since', () => {
    expect(recordsBetween(added, added)).toEqual([]);
    expect(recordsBetween(added, twice).map((record) => ('entry' in record ? record.entry : -1))).toEqual([
      2, 3,
    ]);
    expect(recordsBetween(twice, joined)).toEqual([
      expect.objectContaining({ entry: 4, parent: 2, joined: true }),
    ]);
    expect(recordsBetween(twice, undo(twice))).toEqual([{ current: 2, tip: 3 }]);
    const elsewhere = undo(undo(valueOf(append(undo(twice), gamma(5, 50_000)))));
    expect(recordsBetween(twice, elsewhere).slice(-1)).toEqual([{ current: 1, tip: 4 }]);
    expect(valueOf(goTo(elsewhere, 3)).line.map((entry) => entry.id)).toEqual([0, 1, 2, 3]);
  });

  it('keep the words that were used when they were written', () => {
    const records = logToRecords(added).map((record): LogRecord =>
      'entry' in record && record.entry === 0 ? { ...record, text: 'Geöffnet: a.png' } : record,
    );
    expect(valueOf(logFromRecords(records)).line[0].text).toBe('Geöffnet: a.png');
  });
});

describe('records that make no log', () => {
  const [open, add, first, second, replacing] = logToRecords(joined).filter((record) => 'entry' in record);
  const changed = (record: EntryRecord, different: Partial<EntryRecord>): EntryRecord => ({
    ...record,
    ...different,
  });

  it.each<[string, readonly LogRecord[], string]>([
    ['none', [], 'the history is empty'],
    [
      'no opening',
      [changed(add, { entry: 0, parent: null })],
      'record 1 of the history: the first entry must open a document',
    ],
    ['a gap', [open, first], 'record 2 of the history: expected entry 1, found 2'],
    ['an entry twice', [open, add, add], 'record 3 of the history: expected entry 2, found 1'],
    [
      'a second opening',
      [open, changed(open, { entry: 1, parent: 0 })],
      'record 2 of the history: only the first entry opens a document',
    ],
    [
      'an entry after itself',
      [open, changed(add, { parent: 1 })],
      'record 2 of the history: entry 1 follows no earlier entry',
    ],
    [
      'an entry after nothing',
      [open, changed(add, { parent: null })],
      'record 2 of the history: entry 1 follows no earlier entry',
    ],
    [
      'a command that does not apply',
      [open, changed(first, { entry: 1, parent: 0 })],
      'record 2 of the history: there is no operation "s" on Background',
    ],
    [
      'a stand-in with another parent',
      [open, add, first, second, changed(replacing, { parent: 3 })],
      'record 5 of the history: entry 4 cannot stand in for entry 3',
    ],
    [
      'a stand-in for the opening',
      [open, changed(add, { joined: true })],
      'record 2 of the history: entry 1 cannot stand in for entry 0',
    ],
    [
      'an entry after a replaced one',
      [open, add, first, second, replacing, changed(second, { entry: 5, parent: 3 })],
      'record 6 of the history: entry 5 follows a replaced entry',
    ],
    [
      'a position before anything',
      [{ current: 0, tip: 0 }],
      'record 1 of the history: it stands at an entry that does not exist',
    ],
    [
      'a position beyond the end',
      [open, { current: 0, tip: 1 }],
      'record 2 of the history: it stands at an entry that does not exist',
    ],
    [
      'a position at a replaced entry',
      [open, add, first, second, replacing, { current: 3, tip: 3 }],
      'record 6 of the history: it stands at entry 3, which was replaced',
    ],
    [
      'a position off its line',
      [open, add, first, { current: 2, tip: 1 }],
      'record 4 of the history: entry 2 is not on the way to entry 1',
    ],
  ])('are refused: %s', (_, records, expected) => {
    expect(refusal(logFromRecords(records))).toBe(expected);
  });

  it('do not disturb the log that they came from', () => {
    expect(valueOf(logFromRecords(logToRecords(joined)))).toEqual(joined);
    expect(current(openLog(opening()))).toEqual(current(sampleLog()));
  });
});
