import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workerPath } from '../../../../core/node/engine/built-file';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import { WorkerPool } from '../../../../core/node/engine/worker-pool';
import type { Node } from '../../../../core/plan/node';
import { createSharedRaster, shapeOf, type Raster } from '../../../../core/raster/raster';
import { Cancelled } from '../../../../core/raster/signal';
import { documentWith, sharedNoise, sourceFor, stepOf } from '../../../support/documents';
import { plainPicture } from '../../../support/plain-picture';

const folder = mkdtempSync(join(tmpdir(), 'burnish-workers-'));
const dying = fileURLToPath(new URL('../../../support/dying-worker.mjs', import.meta.url));
const deaths = join(folder, 'deaths');

const picture = sharedNoise({ width: 300, height: 200, channels: 3, depth: 8 }, 7);
const document = documentWith(sourceFor('a', picture), [
  stepOf('negative', {}),
  stepOf('boxBlur', { size: 9 }),
]);

let engine: Engine | null = null;

/** An engine some of whose workers stop at the end of the first job they get. */
function dyingEngine(count: number, workers = 2): Engine {
  process.env.BURNISH_DEATHS = `${deaths}:${count}`;
  process.env.BURNISH_WORKER = pathToFileURL(workerPath()).href;
  engine = startEngine({ workers, workerPath: dying, tile: { width: 64, height: 16 } });
  engine.addSource('a', picture);
  return engine;
}

beforeEach(() => {
  rmSync(deaths, { recursive: true, force: true });
  mkdirSync(deaths);
});
afterEach(async () => {
  await engine?.close();
  engine = null;
});
afterAll(() => {
  delete process.env.BURNISH_DEATHS;
  delete process.env.BURNISH_WORKER;
  rmSync(folder, { recursive: true });
});

const wanted = { document, level: 0, exact: true, region: null, format: 'levels' } as const;

describe('workers that die', () => {
  it.each([1, 2])('are replaced, and what they had taken is done by others: %i workers', async (workers) => {
    const rendered = await dyingEngine(1, workers).render(wanted);
    if (!rendered.ok) throw new Error(rendered.fault.message);
    expect(rendered.value.raster.data).toEqual(plainPicture(document, { a: picture }).data);
    expect(readdirSync(deaths)).toHaveLength(1);
  });

  it('are given up where the same work kills them twice', async () => {
    const own = dyingEngine(2, 1);
    expect(await own.render(wanted)).toMatchObject({ ok: false, fault: { code: 'crashed' } });
    const rendered = await own.render(wanted);
    if (!rendered.ok) throw new Error(rendered.fault.message);
    expect(rendered.value.raster.data).toEqual(plainPicture(document, { a: picture }).data);
  });
});

describe('the worker pool', () => {
  const source: Node = { kind: 'picture', key: 'a', shape: shapeOf(picture), step: null, source: 'a' };
  const root: Node = {
    kind: 'area',
    key: 'b',
    shape: shapeOf(picture),
    step: null,
    input: source,
    operation: 'median',
    values: { size: 15, boundary: 'reflect' },
  };
  const pool = new WorkerPool([null], workerPath());
  const place = ({
    data: { buffer, byteOffset },
  }: Raster): { buffer: SharedArrayBuffer; byteOffset: number } => {
    if (!(buffer instanceof SharedArrayBuffer)) throw new Error('not shared');
    return { buffer, byteOffset };
  };
  pool.addPicture('a', shapeOf(picture), place(picture));
  afterAll(() => pool.close());

  function work(parts: number, priority: number): Parameters<WorkerPool['run']>[0] {
    const made = Array.from({ length: parts }, (_, at) => {
      const rectangle = { x: 0, y: 10 * (at % 20), width: 300, height: 10 };
      const raster = createSharedRaster({ ...shapeOf(picture), height: 10 });
      return { output: { rectangle, shape: shapeOf(raster), place: place(raster) }, leaves: [] };
    });
    return { root, flag: pool.flags.take(), parts: made, priority };
  }

  it('does what is more urgent between two parts of what is not', async () => {
    const order: string[] = [];
    const later = pool.run(work(400, 1)).then(() => order.push('later'));
    // It is under way when the other comes.
    await pool.run(work(1, 0));
    await pool.run(work(1, 0)).then(() => order.push('urgent'));
    await later;
    expect(order).toEqual(['urgent', 'later']);
  });

  it('stops where a flag is raised, and says so', async () => {
    const stopped = work(4000, 1);
    const running = pool.run(stopped);
    await pool.run(work(1, 0));
    pool.flags.store(stopped.flag, 1);
    await expect(running).rejects.toBeInstanceOf(Cancelled);
  });

  it('has nothing to do for no parts', async () => {
    expect(await pool.run(work(0, 0))).toBeNull();
  });

  it('tells what went wrong in a worker', async () => {
    const wrong = { ...work(3, 0), root: { ...source, source: 'nobody' } };
    await expect(pool.run(wrong)).rejects.toThrow('picture nobody is not known here');
  });
});
