import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Job, type Work } from '../../../../core/node/engine/job';
import { SharedCells } from '../../../../core/node/engine/shared-cells';
import type { Looked } from '../../../../core/plan/look';
import type { Node } from '../../../../core/plan/node';

const root: Node = {
  kind: 'picture',
  key: 'a',
  shape: { width: 1, height: 1, channels: 1, depth: 8 },
  step: null,
  source: 'a',
};

function workOf(parts: number): Work {
  const part = (at: number): Work['parts'][number] => ({
    output: { look: 'extremes', rectangle: { x: at, y: 0, width: 1, height: 1 } },
    leaves: [],
  });
  return { root, flag: 0, priority: 0, parts: Array.from({ length: parts }, (_, at) => part(at)) };
}

interface Begun {
  readonly job: Job<string>;
  readonly counters: SharedCells;
  readonly end: Promise<Looked | null>;
}

function begin(parts: number): Begun {
  const counters = new SharedCells();
  let job: Job<string> | undefined;
  const end = new Promise<Looked | null>((resolve, reject) => {
    job = new Job(1, workOf(parts), counters, resolve, reject);
  });
  end.catch(() => undefined);
  if (job === undefined) throw new Error('no job');
  return { job, counters, end };
}

const done = (...parts: number[]) => ({ job: 1, outcome: 'done', done: parts, looked: null }) as const;

describe('a job', () => {
  it('does every part once where nobody dies, however holders come, take, give way and go', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.record({ who: fc.integer({ min: 0, max: 3 }), takes: fc.integer({ min: 0, max: 3 }) })),
        async (parts, turns) => {
          const { job, counters, end } = begin(parts);
          const seen = new Map<number, number>();
          const held = new Map<number, ReturnType<Job<string>['give']>>();
          const turn = (who: number, takes: number): void => {
            const message = held.get(who);
            if (message === undefined) {
              if (job.isOpen) held.set(who, job.give(String(who)));
              return;
            }
            const mine: number[] = [];
            for (let count = 0; count < takes; count++) {
              const at = message.counter === null ? mine.length : counters.load(message.counter);
              if (message.counter !== null) counters.store(message.counter, at + 1);
              if (at >= message.parts.length) break;
              mine.push(at);
              const { output } = message.parts[at];
              seen.set(output.rectangle.x, (seen.get(output.rectangle.x) ?? 0) + 1);
            }
            held.delete(who);
            job.answer(String(who), done(...mine));
          };
          for (const { who, takes } of turns) turn(who, takes);
          for (const who of [...held.keys()]) turn(who, 99);
          while (job.isOpen) {
            turn(0, 0);
            turn(0, 99);
          }
          expect(await end).toBeNull();
          expect([...seen.entries()].sort(([a], [b]) => a - b)).toEqual(
            Array.from({ length: parts }, (_, at) => [at, 1]),
          );
        },
      ),
    );
  });

  it('is over when all parts are done, also where another has it in a mailbox still', async () => {
    const { job, end, counters } = begin(2);
    const { counter } = job.give('a');
    job.give('b');
    expect(job.answer('a', done(0, 1))).toBe(true);
    expect(await end).toBeNull();
    expect(job.isOpen).toBe(false);
    // Until the other has looked at it, nobody else may use the counter.
    const others = Array.from({ length: 1023 }, () => counters.take());
    expect(others).not.toContain(counter);
    expect(job.answer('b', done())).toBe(true);
    expect(counters.take()).toBe(counter);
  });

  it('fails when nobody is at work on it any more', async () => {
    const { job, end } = begin(3);
    job.give('a');
    job.give('b');
    expect(job.answer('a', { job: 1, outcome: 'failed', error: 'oh' })).toBe(false);
    expect(job.isOpen).toBe(false);
    expect(job.answer('b', done(1))).toBe(true);
    await expect(end).rejects.toThrow('oh');
  });

  it('does again what a holder had taken who is no more', async () => {
    const { job, end } = begin(3);
    job.give('a');
    job.give('b');
    expect(job.answer('a', done(0))).toBe(false);
    expect(job.lost('b', true)).toBe(false);
    const again = job.give('c');
    expect(again.parts.map(({ output }) => output.rectangle.x)).toEqual([1, 2]);
    expect(job.answer('c', done(0, 1))).toBe(true);
    expect(await end).toBeNull();
  });

  it('is given up when two have died of it, not when it lay in their mailboxes', async () => {
    const { job, end } = begin(1);
    for (const holder of ['a', 'b', 'c']) {
      job.give(holder);
      expect(job.lost(holder, false)).toBe(false);
    }
    job.give('a');
    expect(job.lost('a', true)).toBe(false);
    job.give('b');
    expect(job.lost('b', true)).toBe(true);
    await expect(end).rejects.toMatchObject({ fault: { code: 'crashed' } });
  });
});
