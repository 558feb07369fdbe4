import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../../core/document/document';
import {
  canRedo,
  canUndo,
  current,
  currentEntry,
  discarded,
  documentAt,
  goTo,
  isReplaced,
  redo,
  undo,
  type Log,
} from '../../../core/document/log';
import {
  logFromRecords,
  logToRecords,
  recordsBetween,
  type LogRecord,
} from '../../../core/document/log-records';
import { describe as tell, reduce } from '../../../core/document/reduce';
import { canvasShape, layerShape } from '../../../core/document/stack-check';
import { badCommandFor, commandFor, dice, sequence, versions } from './commands-arbitrary';
import { frozen, sampleDocument, valueOf } from './sample';

function last<T>(list: readonly T[]): T {
  return list[list.length - 1];
}

function undoAll(log: Log): Log {
  return canUndo(log) ? undoAll(undo(log)) : log;
}

function redoAll(log: Log): Log {
  return canRedo(log) ? redoAll(redo(log)) : log;
}

/** A copy that shares nothing, so that no memory of documents can answer for it. */
function rebuilt(log: Log): Log {
  const records: LogRecord[] = JSON.parse(JSON.stringify(logToRecords(log)));
  return valueOf(logFromRecords(records));
}

describe('commands', () => {
  it('never change the document that they are given', () => {
    fc.assert(
      fc.property(sequence, (rolls) => {
        let document = frozen(sampleDocument());
        for (const [number, roll] of rolls.entries()) {
          const command = frozen(commandFor(document, number, roll));
          const before = structuredClone(document);
          const result = reduce(document, command);
          expect(document).toEqual(before);
          if (!result.ok) continue;
          expect(tell(command, document, result.value).text).not.toMatch(/undefined|NaN|\[object|\n/);
          document = frozen(result.value);
        }
      }),
    );
  });

  it('make documents that can be drawn, with no id twice', () => {
    fc.assert(
      fc.property(sequence, (rolls) => {
        for (const log of versions(rolls, false)) {
          const document = current(log);
          const ids = [document.canvas, ...document.layers.map((layer) => layer.stack)]
            .flat()
            .map((step) => step.id);
          expect(new Set(ids).size).toBe(ids.length);
          expect(new Set(document.layers.map((layer) => layer.id)).size).toBe(document.layers.length);
          for (const layer of document.layers) valueOf(layerShape(document, layer));
          valueOf(canvasShape(document));
          expect(document.frame === null).toBe(document.layers.length === 1);
        }
      }),
    );
  });

  it('are refused with a fault, never a throw, where they do not fit', () => {
    fc.assert(
      fc.property(sequence, dice, (rolls, roll) => {
        const document = current(last(versions(rolls, false)));
        const result = reduce(document, badCommandFor(document, roll));
        expect(result.ok).toBe(false);
        if (!result.ok) expect(result.fault.message).not.toMatch(/undefined|\[object|\n/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the log', () => {
  it('comes back to the same document when all is undone and all redone', () => {
    fc.assert(
      fc.property(sequence, fc.boolean(), (rolls, wandering) => {
        const log = redoAll(last(versions(rolls, wandering)));
        const start = undoAll(log);
        expect(current(start)).toEqual(sampleDocument());
        expect(current(redoAll(start))).toEqual(current(log));
        expect(redoAll(start)).toEqual(log);
      }),
    );
  });

  it('has at every entry the document that was current when it came', () => {
    fc.assert(
      fc.property(sequence, (rolls) => {
        const logs = versions(rolls, true);
        const seen = new Map<number, Document>(logs.map((log) => [currentEntry(log).id, current(log)]));
        const fresh = rebuilt(last(logs));
        for (const [id, document] of seen) expect(documentAt(fresh, id)).toEqual(document);
      }),
    );
  });

  it('goes to any listed entry and back', () => {
    fc.assert(
      fc.property(sequence, (rolls) => {
        const log = last(versions(rolls, true));
        const here = currentEntry(log).id;
        for (const { id } of [...log.line, ...discarded(log)]) {
          const there = valueOf(goTo(log, id));
          expect(currentEntry(there).id).toBe(id);
          expect(current(there)).toEqual(documentAt(log, id));
          expect(current(valueOf(goTo(there, here)))).toEqual(current(log));
        }
      }),
    );
  });

  it('lists every entry on its line or among the discarded ones, unless another stands in for it', () => {
    fc.assert(
      fc.property(sequence, (rolls) => {
        const log = last(versions(rolls, true));
        const listed = [...log.line, ...discarded(log)].map((entry) => entry.id).sort((a, b) => a - b);
        expect(listed).toEqual(log.entries.map((entry) => entry.id).filter((id) => !isReplaced(log, id)));
        for (const [at, entry] of log.line.entries())
          expect(entry.parent).toBe(at === 0 ? null : log.line[at - 1].id);
      }),
    );
  });

  it('keeps every entry that it ever had', () => {
    fc.assert(
      fc.property(sequence, (rolls) => {
        const logs = versions(rolls, true);
        for (const log of logs) expect(last(logs).entries.slice(0, log.entries.length)).toEqual(log.entries);
      }),
    );
  });

  it('joins no more than it would take to tell two documents apart', () => {
    fc.assert(
      fc.property(sequence, (rolls) => {
        const log = last(versions(rolls, true));
        for (const entry of log.entries) {
          if (entry.parent === null) continue;
          expect(documentAt(log, entry.id)).not.toEqual(documentAt(log, entry.parent));
          if (!entry.joined || entry.command.type === 'document.open') continue;
          const replaced = log.entries[entry.id - 1];
          expect(replaced.parent).toBe(entry.parent);
          expect(replaced.command.type).toBe(entry.command.type);
          expect(entry.command.time - replaced.command.time).toBeLessThanOrEqual(1000);
        }
      }),
    );
  });
});

describe('records', () => {
  it('make the same log again', () => {
    fc.assert(
      fc.property(sequence, (rolls) => {
        const log = last(versions(rolls, true));
        const again = rebuilt(log);
        expect(again).toEqual(log);
        expect(current(again)).toEqual(current(log));
      }),
    );
  });

  it('make each version of a log when they are journalled step by step', () => {
    fc.assert(
      fc.property(sequence, (rolls) => {
        const logs = versions(rolls, true);
        const journal: LogRecord[] = [...logToRecords(logs[0])];
        for (const [at, log] of logs.entries()) {
          if (at > 0) journal.push(...recordsBetween(logs[at - 1], log));
          expect(valueOf(logFromRecords(journal))).toEqual(log);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are still a log when they are cut off after any of them', () => {
    fc.assert(
      fc.property(sequence, (rolls) => {
        const records = logToRecords(last(versions(rolls, true)));
        for (let count = 1; count <= records.length; count++) {
          expect(valueOf(logFromRecords(records.slice(0, count))).entries.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 30 },
    );
  });
});
