import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Log } from '../../../core/document/log';
import type { DocumentState } from '../../../core/protocol/contract';
import { changed, changeTo } from '../../../core/protocol/document-change';
import { documentState } from '../../../electron/host/document-state';
import { sequence, versions } from '../document/commands-arbitrary';

function stateOf(log: Log, revision: number): DocumentState {
  return documentState(log, { name: 'sea.png', dirty: revision > 0, reported: {}, revision });
}

describe('a change of a document', () => {
  it('makes of the state before it the one after it, whatever was done, undone and gone back to', () => {
    fc.assert(
      fc.property(sequence, (rolls) => {
        const states = versions(rolls, true).map(stateOf);
        let known = states[0];
        for (const state of states.slice(1)) {
          const next = changed(known, structuredClone(changeTo(state, known.history)));
          expect(next).toEqual(state);
          known = next ?? known;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('tells only the entries that are other ones, however long the history is', () => {
    const before = Array.from({ length: 1000 }, (_, id) => {
      return { id, text: `Step ${id}`, time: id, state: id === 999 ? 'current' : 'done' } as const;
    });
    const log = versions([], true)[0];
    const state = (history: DocumentState['history']): DocumentState => ({ ...stateOf(log, 1), history });
    const [last] = before.slice(-1);
    const done = { ...last, state: 'done' } as const;
    const added = { id: 1000, text: 'Step 1000', time: 1000, state: 'current' } as const;
    const appended = changeTo(state([...before.slice(0, -1), done, added]), before);
    expect(appended.history).toEqual({ from: 999, dropped: 1, entries: [done, added] });
    const undone = state([
      ...before.slice(0, -2),
      { ...before[998], state: 'current' },
      { ...last, state: 'later' },
    ]);
    expect(changeTo(undone, before).history).toMatchObject({ from: 998, dropped: 2 });
    expect(changeTo(state(before), before).history).toEqual({ from: 1000, dropped: 0, entries: [] });
  });

  it('may change all of a history, however long it is', () => {
    const all = (state: 'done' | 'later'): DocumentState['history'] =>
      Array.from({ length: 300_000 }, (_, id) => ({ id, text: 'Step', time: id, state }));
    const [log] = versions([], true);
    const [before, after] = [all('done'), all('later')];
    const change = changeTo({ ...stateOf(log, 2), history: after }, before);
    expect(change.history).toMatchObject({ from: 0, dropped: 300_000 });
    expect(changed({ ...stateOf(log, 1), history: before }, change)?.history).toEqual(after);
  });

  it('is of no use where another state stands', () => {
    const [log] = versions([], true);
    const change = changeTo(stateOf(log, 2), stateOf(log, 1).history);
    expect(changed(stateOf(log, 1), change)).not.toBeNull();
    expect(changed(stateOf(log, 0), change)).toBeNull();
    expect(changed(stateOf(log, 2), change)).toBeNull();
  });
});
