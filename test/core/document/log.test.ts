import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../core/document/command';
import { draftOf, shown, withDraft } from '../../../core/document/draft';
import {
  append,
  canRedo,
  canUndo,
  current,
  currentEntry,
  discarded,
  documentAt,
  goTo,
  isReplaced,
  redo,
  redoText,
  undo,
  undoText,
  type Log,
} from '../../../core/document/log';
import { adding, refusal, sampleLog, step, valueOf, withSteps } from './sample';

/** Appends commands ten seconds apart, so that none joins another. */
function logged(log: Log, ...commands: readonly Command[]): Log {
  return commands.reduce(
    (before, command) => valueOf(append(before, { ...command, time: before.entries.length * 10_000 })),
    log,
  );
}

function gamma(value: number, time = 0) {
  return { type: 'step.set', time, owner: 'l', step: 's', params: { gamma: value } } as const;
}

function opacity(value: number, time = 0): Command {
  return { type: 'layer.opacity', time, layer: 'l', opacity: value };
}

const added = logged(sampleLog(), adding(current(sampleLog()), step('s', 'gamma', { gamma: 1.8 })));
const line = (log: Log): readonly string[] => log.line.map((entry) => entry.text);

describe('the log', () => {
  it('begins with the opening, which cannot be undone', () => {
    const log = sampleLog();
    expect(line(log)).toEqual(['Opened a.png']);
    expect([undoText(log), redoText(log), canUndo(log), canRedo(log)]).toEqual([null, null, false, false]);
    expect(undo(log)).toBe(log);
    expect(redo(log)).toBe(log);
  });

  it('lists what was done, oldest first, and keeps later steps listed after an undo', () => {
    const log = logged(added, gamma(2.2), opacity(0.6));
    const all = [
      'Opened a.png',
      'Added Gamma 1.8 to Background',
      'Gamma 1.8 → 2.2 on Background',
      'Opacity 100 % → 60 % on Background',
    ];
    expect(line(log)).toEqual(all);
    const undone = undo(undo(log));
    expect(line(undone)).toEqual(all);
    expect(currentEntry(undone).text).toBe(all[1]);
    expect(current(undone)).toBe(documentAt(log, 1));
  });

  it('says what undo and redo will do', () => {
    const log = logged(added, gamma(2.2));
    expect([undoText(log), redoText(log)]).toEqual(['Undo Gamma 1.8 → 2.2', null]);
    expect([undoText(undo(log)), redoText(undo(log))]).toEqual([
      'Undo add Gamma 1.8',
      'Redo Gamma 1.8 → 2.2',
    ]);
  });

  it('logs nothing where nothing changes, and nothing that is refused', () => {
    expect(valueOf(append(added, gamma(1.8, 99)))).toBe(added);
    expect(refusal(append(added, gamma(0)))).toBe(
      'Gamma: expected a number from 0.01 to 10 for gamma but received 0',
    );
  });

  it('discards later steps at the next edit, from where they can be recovered with the rest of their branch', () => {
    const log = logged(added, gamma(2), gamma(3), gamma(4));
    const branched = logged(undo(undo(log)), opacity(0.5));
    expect(line(branched).slice(2)).toEqual([
      'Gamma 1.8 → 2 on Background',
      'Opacity 100 % → 50 % on Background',
    ]);
    expect(discarded(branched).map((entry) => entry.id)).toEqual([3, 4]);
    const recovered = valueOf(goTo(branched, 3));
    expect(current(recovered)).toEqual(documentAt(log, 3));
    expect(recovered.line.map((entry) => entry.id)).toEqual([0, 1, 2, 3, 4]);
    expect(discarded(recovered).map((entry) => entry.id)).toEqual([5]);
    expect(current(redo(recovered))).toEqual(current(log));
  });

  it('goes to any step and refuses those that do not exist', () => {
    const log = logged(added, gamma(2), gamma(3));
    for (const { id } of log.entries) expect(current(valueOf(goTo(log, id)))).toBe(documentAt(log, id));
    for (const id of [-1, 4, 0.5, NaN])
      expect(refusal(goTo(log, id))).toBe(`there is no step ${id} in the history`);
    expect(() => documentAt(log, 4)).toThrow(RangeError);
  });

  it('leaves the log it began with as it was', () => {
    const before = JSON.stringify(added);
    logged(undo(added), opacity(0.5));
    expect(JSON.stringify(added)).toBe(before);
  });

  it('lets one log grow in two ways without mixing them up', () => {
    const [one, two] = [logged(added, gamma(2)), logged(added, gamma(3))];
    expect(documentAt(one, 2).layers[0].stack[0].params).toEqual({ gamma: 2 });
    expect(documentAt(two, 2).layers[0].stack[0].params).toEqual({ gamma: 3 });
  });
});

describe('joining', () => {
  const turned = (...turns: readonly Command[]): Log =>
    turns.reduce((log, command) => valueOf(append(log, command)), added);

  it('makes one step of the same control within a second, from the oldest to the newest value', () => {
    const log = turned(gamma(2, 20_000), gamma(2.1, 21_000), gamma(2.2, 22_000));
    expect(line(log)).toEqual([...line(added), 'Gamma 1.8 → 2.2 on Background']);
    expect(undoText(log)).toBe('Undo Gamma 1.8 → 2.2');
    expect(current(undo(log))).toBe(current(added));
    expect(discarded(log)).toEqual([]);
  });

  it('only ever appends: what was joined is still there, but neither listed nor to be gone to', () => {
    const log = turned(gamma(2, 20_000), gamma(2.2, 20_500));
    expect(log.entries).toHaveLength(4);
    expect([isReplaced(log, 2), isReplaced(log, 3)]).toEqual([true, false]);
    expect(refusal(goTo(log, 2))).toBe('there is no step 2 in the history');
    expect(documentAt(log, 2).layers[0].stack[0].params).toEqual({ gamma: 2 });
  });

  it.each<[string, Command, Command]>([
    ['after more than a second', gamma(2, 20_000), gamma(3, 21_001)],
    ['where the clock went back', gamma(2, 20_000), gamma(3, 19_999)],
    ['of different controls', gamma(2, 20_000), opacity(0.5, 20_100)],
    ['back to where it began', gamma(2, 20_000), gamma(1.8, 20_100)],
    [
      'of commands that are whole by themselves',
      { type: 'layer.rename', time: 20_000, layer: 'l', name: 'a' },
      { type: 'layer.rename', time: 20_001, layer: 'l', name: 'b' },
    ],
  ])('does not happen %s', (_, first, second) => {
    expect(turned(first, second).line).toHaveLength(4);
  });

  it('looks at what changed, not at what was sent', () => {
    const levels = logged(sampleLog(), adding(current(sampleLog()), step('s', 'levels')));
    const set = (time: number, params: object): Command => ({
      type: 'step.set',
      time,
      owner: 'l',
      step: 's',
      params: { inBlack: 0, gamma: 1, ...params },
    });
    const same = valueOf(
      append(valueOf(append(levels, set(20_000, { gamma: 2 }))), set(20_100, { gamma: 3 })),
    );
    expect(line(same).slice(2)).toEqual(['Levels gamma 1 → 3 on Background']);
    const other = valueOf(
      append(valueOf(append(levels, set(20_000, { gamma: 2 }))), set(20_100, { gamma: 2, inBlack: 9 })),
    );
    expect(line(other).slice(2)).toEqual([
      'Levels gamma 1 → 2 on Background',
      'Levels in black 0 → 9 on Background',
    ]);
  });

  it('joins layer opacity, blend mode and the limits of a step, each with itself', () => {
    const mode = (time: number, to: 'screen' | 'multiply'): Command => ({
      type: 'layer.mode',
      time,
      layer: 'l',
      mode: to,
    });
    const limit = (time: number, to: number): Command => ({
      type: 'step.limit',
      time,
      owner: 'l',
      step: 's',
      opacity: to,
    });
    const log = turned(
      opacity(0.9, 20_000),
      opacity(0.6, 20_100),
      mode(20_200, 'screen'),
      mode(20_300, 'multiply'),
      limit(20_400, 0.9),
      limit(20_500, 0.3),
    );
    expect(line(log).slice(2)).toEqual([
      'Opacity 100 % → 60 % on Background',
      'Blend mode Normal → Multiply on Background',
      'Gamma opacity 100 % → 30 % on Background',
    ]);
  });

  it('follows this model, whatever is turned and when', () => {
    const both = logged(added, adding(current(added), step('t', 'gamma', { gamma: 1.8 })));
    const turn = fc.record({
      control: fc.constantFrom('s', 't', 'opacity'),
      value: fc.constantFrom(0.2, 0.4, 0.6),
      pause: fc.constantFrom(0, 500, 1000, 1001, 5000),
    });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 30, size: 'max' }), (turns) => {
        let log = both;
        let time = 100_000;
        const values = new Map<string, number>([
          ['s', 1.8],
          ['t', 1.8],
          ['opacity', 1],
        ]);
        const told: { control: string; from: number; to: number; time: number }[] = [];
        for (const { control, value, pause } of turns) {
          time += pause;
          const command: Command =
            control === 'opacity' ? opacity(value, time) : { ...gamma(value, time), step: control };
          log = valueOf(append(log, command));

          const from = values.get(control) ?? 0;
          const newest = told[told.length - 1];
          values.set(control, value);
          if (from === value) continue;
          const joins = newest?.control === control && time - newest.time <= 1000 && newest.from !== value;
          if (joins) Object.assign(newest, { to: value, time });
          else told.push({ control, from, to: value, time });
        }
        const expected = told.map(({ control, from, to }) => {
          if (control === 'opacity') return `Opacity ${from * 100} % → ${to * 100} %`;
          return `Gamma${control === 't' ? ' 2:' : ''} ${from} → ${to}`;
        });
        expect(log.line.slice(3).map((entry) => entry.action)).toEqual(expected);
      }),
    );
  });

  it('does not reach over an undo', () => {
    const log = turned(gamma(2, 20_000), opacity(0.5, 20_100));
    const undone = valueOf(append(undo(log), gamma(3, 20_200)));
    expect(line(undone).slice(2)).toEqual(['Gamma 1.8 → 2 on Background', 'Gamma 2 → 3 on Background']);
    expect(discarded(undone).map((entry) => entry.text)).toEqual(['Opacity 100 % → 50 % on Background']);
  });
});

describe('long histories', () => {
  const length = 3000;
  const long = Array.from({ length }, (_, at) => opacity((at + 1) / length)).reduce(
    (log, command) => logged(log, command),
    sampleLog(),
  );
  const opacityAt = (log: Log): number => current(log).layers[0].opacity;

  it('are walked back to the opening and on to the end again', () => {
    let log = long;
    for (let at = length; at > 0; at--) {
      expect(opacityAt(log)).toBe(at / length);
      log = undo(log);
    }
    expect(opacityAt(log)).toBe(1);
    for (let at = 1; at <= length; at++) log = redo(log);
    expect(current(log)).toEqual(current(long));
  });

  it('are gone through in leaps', () => {
    for (let at = 1; at < length; at += 379) {
      expect(opacityAt(valueOf(goTo(long, at)))).toBe(at / length);
      expect(opacityAt(valueOf(goTo(long, length - at)))).toBe((length - at) / length);
    }
  });
});

describe('a draft', () => {
  it('is shown instead of the current document until it is forgotten', () => {
    const draft = valueOf(draftOf(added, gamma(2.2)));
    expect(shown(added, draft).layers[0].stack[0].params).toEqual({ gamma: 2.2 });
    expect(shown(added, null)).toBe(current(added));
    expect(added.line).toHaveLength(2);
  });

  it('is refused like the command that it is', () => {
    expect(refusal(draftOf(added, gamma(0)))).toMatch(/^Gamma: expected a number/);
    const document = withSteps(step('s', 'gamma'));
    expect(valueOf(withDraft(document, null))).toBe(document);
    expect(valueOf(withDraft(document, gamma(1)))).toBe(document);
  });
});
