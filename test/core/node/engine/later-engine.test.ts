import { afterEach, expect, it } from 'vitest';
import { startEngine } from '../../../../core/node/engine/engine';
import type { EngineOptions } from '../../../../core/node/engine/engine-options';
import { engineLater } from '../../../../core/node/engine/later-engine';
import { documentOf } from '../../../../core/node/jobs/edited';
import { shapeOf } from '../../../../core/raster/raster';
import { noise } from '../../../support/rasters';
import { valueOf } from '../codec/files';

const SHAPE = { width: 9, height: 7, channels: 3, depth: 8 } as const;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Options of one worker that count how many engines were started with them. */
function counting(): EngineOptions & { readonly started: () => number } {
  let started = 0;
  return {
    get workers() {
      started += 1;
      return 1;
    },
    started: () => started,
  };
}

it('is not started by being closed, nor by giving up a picture that it never had, nor any more afterwards', async () => {
  const options = counting();
  const engine = engineLater(options);
  engine.dropSource('none');
  await engine.close();
  engine.start();
  expect(() => engine.createPicture(SHAPE)).toThrow('the engine is closed');
  expect(options.started()).toBe(0);
});

it('is started once', async () => {
  const options = counting();
  const engine = engineLater(options);
  closing.push(() => engine.close());
  engine.start();
  engine.createPicture(SHAPE);
  engine.start();
  expect(options.started()).toBe(1);
});

it('makes what an engine makes, however it was started', async () => {
  const picture = noise(SHAPE);
  const source = { ...SHAPE, id: 'a', name: 'a', format: '', profile: null };
  const request = {
    document: documentOf(source, [], new Map()),
    level: 0,
    exact: true,
    region: null,
    format: 'levels',
  } as const;
  const now = startEngine({ workers: 1 });
  closing.push(() => now.close());
  const begun = engineLater({ workers: 1 });
  begun.start();
  const needed = engineLater({ workers: 1 });
  for (const engine of [now, begun, needed]) {
    if (engine !== now) closing.push(() => engine.close());
    const raster = engine.createPicture(SHAPE);
    raster.data.set(picture.data);
    engine.addSource('a', raster);
    const rendered = valueOf(await engine.render(request));
    expect(shapeOf(rendered.raster)).toEqual(SHAPE);
    expect([...rendered.raster.data]).toEqual([...picture.data]);
  }
});
