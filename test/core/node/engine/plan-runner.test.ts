import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NEXT, REST, VISIBLE, type Errand } from '../../../../core/node/engine/errand';
import type { Work } from '../../../../core/node/engine/job';
import { PlanRunner } from '../../../../core/node/engine/plan-runner';
import { SharedRasters } from '../../../../core/node/engine/shared-rasters';
import { TileCache } from '../../../../core/node/engine/tile-cache';
import type { Source } from '../../../../core/document/document';
import { planOf } from '../../../../core/plan/plan';
import { programOf } from '../../../../core/plan/program';
import { displayNode, halvedPictureNode } from '../../../../core/plan/source-node';
import { Cancelled } from '../../../../core/raster/signal';

/** Two tiles of a halved picture, and one strip that shows it. */
const source: Source = {
  ...({ id: 'a', name: 'a.png', width: 64, height: 64, channels: 3, depth: 8 } as const),
  ...{ format: 'png', profile: null },
};
const top = programOf(displayNode(halvedPictureNode(source, 1)), { held: null, keep: true });
const plan = planOf(top, { x: 0, y: 0, width: 32, height: 32 }, { width: 32, height: 32 });
const tiles = plan.stages[0].tiles.length;

interface Ran {
  readonly work: Work;
  readonly end: () => void;
  readonly fail: (error: Error) => void;
}

describe('tiles that several requests want at the same time', () => {
  let ran: Ran[];
  let runner: PlanRunner;
  let rasters: SharedRasters;
  let ends: Promise<unknown>[];

  beforeEach(() => {
    [ran, ends] = [[], []];
    rasters = new SharedRasters(null, () => undefined);
    runner = new PlanRunner({
      pool: {
        run: (work) =>
          new Promise((resolve, reject) => ran.push({ work, end: () => resolve(null), fail: reject })),
        forget: () => undefined,
      },
      cache: new TileCache(2 ** 20),
      rasters,
      picture: () => rasters.create({ ...source }),
      streamed: () => {
        throw new Error('nothing here streams');
      },
    });
  });

  afterEach(async () => {
    // What comes after tiles is run when they are there.
    for (let ended = 0; ended < ran.length;) {
      for (; ended < ran.length; ended++) ran[ended].end();
      await settle();
    }
    await Promise.allSettled(ends);
  });

  const ask = async (priority: number, abort = new AbortController()): Promise<{ end: Promise<unknown> }> => {
    const errand: Errand = {
      ...{ flag: 0, priority, signal: abort.signal, held: [] },
      policy: { held: null, keep: true },
    };
    const shape = { ...top.shape, width: 32, height: 32 };
    const output = rasters.regionOf({
      raster: rasters.createTile(shape),
      rectangle: { x: 0, y: 0, width: 32, height: 32 },
    });
    const end = runner.run(top, plan, errand, () => output);
    end.catch(() => undefined);
    ends.push(end);
    await settle();
    return { end };
  };
  const partsRun = (): number[] => ran.map(({ work }) => work.parts.length);

  it('are made once', async () => {
    await ask(VISIBLE);
    await ask(VISIBLE);
    await ask(REST);
    expect(partsRun()).toEqual([tiles]);
    ran[0].end();
    await settle();
    // Each draws its own picture from the same tiles.
    expect(partsRun()).toEqual([tiles, 1, 1, 1]);
    const leaves = ran.slice(1).map(({ work }) => work.parts[0].leaves);
    expect(leaves[0][0]).toHaveLength(tiles);
    expect(leaves[1]).toEqual(leaves[0]);
    await ask(VISIBLE);
    expect(partsRun()).toEqual([tiles, 1, 1, 1, 1]);
  });

  it('are made anew for one that is more urgent: it must not wait behind others', async () => {
    await ask(REST);
    await ask(NEXT);
    expect(ran.map(({ work }) => [work.parts.length, work.priority])).toEqual([
      [tiles, REST],
      [tiles, NEXT],
    ]);
    await ask(REST);
    expect(partsRun()).toEqual([tiles, tiles]);
  });

  it('are made by the next where the first one is given up, and the others wait for that', async () => {
    const first = await ask(VISIBLE);
    const [second, third] = [await ask(VISIBLE), await ask(VISIBLE)];
    ran[0].fail(new Cancelled());
    await expect(first.end).rejects.toThrow(Cancelled);
    await settle();
    expect(partsRun()).toEqual([tiles, tiles]);
    ran[1].end();
    await settle();
    expect(partsRun()).toEqual([tiles, tiles, 1, 1]);
    for (const { end } of ran.slice(2)) end();
    await expect(Promise.all([second.end, third.end])).resolves.toEqual([null, null]);
  });

  it('are tried once where they fail: all who want them are told', async () => {
    const both = [await ask(VISIBLE), await ask(VISIBLE)];
    ran[0].fail(new Error('no'));
    for (const { end } of both) await expect(end).rejects.toThrow('no');
    expect(partsRun()).toEqual([tiles]);
  });

  it('do not keep one that is no longer wanted', async () => {
    await ask(VISIBLE);
    const abort = new AbortController();
    const second = await ask(VISIBLE, abort);
    abort.abort();
    await expect(second.end).rejects.toThrow(Cancelled);
    expect(partsRun()).toEqual([tiles]);
  });
});

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
