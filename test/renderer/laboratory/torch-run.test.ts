import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TorchRun } from '../../../renderer/laboratory/torch-run.svelte';

describe('the torch’s way', () => {
  it('never leaves the cells, whatever is asked of it', () => {
    const size = fc.record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) });
    const moves = fc.array(
      fc.tuple(fc.constantFrom('step', 'rows', 'goTo', 'tick'), fc.integer({ min: -99, max: 99 })),
    );
    fc.assert(
      fc.property(size, moves, ({ width, height }, asked) => {
        const run = new TorchRun(() => ({ width, height }));
        for (const [what, by] of asked) {
          if (what === 'step') run.step(by);
          else if (what === 'rows') run.stepRows(by);
          else if (what === 'goTo') run.goTo(by);
          else run.tick();
          expect(run.at).toBe(run.row * width + run.column);
          expect(run.row).toBeGreaterThanOrEqual(0);
          expect(run.row).toBeLessThan(height);
        }
      }),
    );
  });

  it('plays cell by cell to the last one, and from there from the start', () => {
    const run = new TorchRun(() => ({ width: 2, height: 2 }));
    run.toggle();
    const seen = [run.at];
    while (run.playing) {
      run.tick();
      seen.push(run.at);
    }
    expect(seen).toEqual([0, 1, 2, 3]);
    run.toggle();
    expect([run.at, run.playing]).toEqual([0, true]);
    run.toggle();
    expect(run.playing).toBe(false);
  });

  it('goes up and down in its column, and stays where there is no further row', () => {
    const run = new TorchRun(() => ({ width: 3, height: 2 }));
    run.goTo(1);
    run.stepRows(1);
    expect([run.column, run.row]).toEqual([1, 1]);
    run.stepRows(1);
    expect([run.column, run.row]).toEqual([1, 1]);
    run.stepRows(-1);
    expect([run.column, run.row]).toEqual([1, 0]);
  });

  it('does not play where there is nothing', () => {
    const run = new TorchRun(() => ({ width: 0, height: 0 }));
    run.toggle();
    expect([run.playing, run.at, run.count]).toEqual([false, 0, 0]);
  });

  it('stays inside where there are fewer cells than before', () => {
    let width = 4;
    const run = new TorchRun(() => ({ width, height: 4 }));
    run.goTo(15);
    width = 2;
    expect(run.at).toBe(7);
  });
});
