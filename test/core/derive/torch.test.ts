/** The torch shows what the engine stores, wherever it shines and however the kernel is laid on. */

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aloneIn,
  explainResult,
  groundCells,
  torchCells,
  torchGround,
  torchMap,
  torchNeeds,
  torchWindow,
  type TorchScene,
} from '../../../core/derive/torch';
import { checkStep } from '../../../core/document/step-check';
import { startEngine, type Engine } from '../../../core/node/engine/engine';
import type { GivenValues } from '../../../core/operation/parameter';
import { BOUNDARIES } from '../../../core/raster/boundary';
import {
  colourChannelsOf,
  createSharedRaster,
  type Raster,
  type Region,
  type Shape,
} from '../../../core/raster/raster';
import { isEmpty, wholeOf, type Rectangle } from '../../../core/raster/rectangle';
import { documentWith, sharedNoise, sourceFor, stepOf } from '../../support/documents';
import { matrices } from '../../support/kernels';

let engine: Engine;
beforeAll(() => {
  engine = startEngine({ workers: 1 });
});
afterAll(() => engine.close());

let pictures = 0;

/** What the engine makes of the whole picture. */
async function rendered(picture: Raster, params: GivenValues): Promise<Raster> {
  const id = `torch-${pictures++}`;
  engine.addSource(id, picture);
  const document = documentWith(sourceFor(id, picture), [stepOf('convolve', params)]);
  const made = await engine.render({ document, level: 0, exact: true, region: null, format: 'levels' });
  if (!made.ok) throw new Error(made.fault.message);
  return made.value.raster;
}

/** A part of a picture as a picture. */
function cut(picture: Raster, part: Rectangle): Raster {
  const { width, height } = part;
  const raster = createSharedRaster({ ...picture, width, height });
  const line = width * picture.channels;
  for (let y = 0; y < height; y++) {
    const start = ((part.y + y) * picture.width + part.x) * picture.channels;
    raster.data.set(picture.data.subarray(start, start + line), y * line);
  }
  return raster;
}

function regionOf(picture: Raster, rectangle: Rectangle): Region {
  return { raster: cut(picture, rectangle), rectangle };
}

function sceneFor(params: GivenValues, whole: Shape, part: Rectangle): TorchScene | null {
  const checked = checkStep(stepOf('convolve', params), whole);
  if (!checked.ok || checked.value.operation.kind !== 'area') return null;
  return { operation: checked.value.operation, values: checked.value.values, whole, part };
}

const random = fc.record({
  picture: fc
    .record({
      width: fc.integer({ min: 1, max: 24 }),
      height: fc.integer({ min: 1, max: 20 }),
      channels: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
      depth: fc.constantFrom(8 as const, 16 as const),
    })
    .chain((shape) => fc.nat(999).map((seed) => sharedNoise(shape, seed))),
  params: fc.record({
    kernel: matrices(6),
    operation: fc.constantFrom('convolution', 'correlation'),
    divisor: fc.constantFrom(1, 3, -2.5, 'auto'),
    offset: fc.constantFrom(0, 128, -7.5),
    response: fc.constantFrom('clamp', 'absolute'),
    boundary: fc.constantFrom(...BOUNDARIES),
    constant: fc.constantFrom(0, 77, 0.5),
    mode: fc.constantFrom('same', 'valid'),
    stride: fc.integer({ min: 1, max: 4 }),
  }),
  /** Where the part lies, as shares of the picture. */
  place: fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99), fc.nat(99)),
});

function partIn({ width, height }: Shape, [left, top, right, bottom]: readonly number[]): Rectangle {
  const x = Math.floor((left / 100) * width);
  const y = Math.floor((top / 100) * height);
  return {
    x,
    y,
    width: 1 + Math.floor((right / 100) * (width - x)),
    height: 1 + Math.floor((bottom / 100) * (height - y)),
  };
}

describe('every cell that the torch leaves behind', () => {
  it('is the level that the engine stores there, in the picture and in the part alone', async () => {
    await fc.assert(
      fc.asyncProperty(random, async ({ picture, params, place }) => {
        const part = partIn(picture, place);
        const inPlace = sceneFor(params, picture, part);
        if (inPlace !== null) await expectStored(inPlace, picture, params);
        const alone = inPlace && aloneIn(inPlace);
        if (alone) await expectStored(alone, cut(picture, part), params);
      }),
      { numRuns: 60 },
    );
  });

  async function expectStored(scene: TorchScene, picture: Raster, params: GivenValues): Promise<void> {
    const cells = torchCells(scene);
    // The part alone may be smaller than the kernel.
    if (!cells.ok || isEmpty(cells.value)) return;
    const { x, y, width, height } = cells.value;
    const input = regionOf(picture, torchNeeds(scene, cells.value));
    const map = torchMap(scene, cells.value, input);
    const truth = await rendered(picture, params);
    expect([...map.data]).toEqual([...cut(truth, cells.value).data]);
    const middle = { x: x + Math.floor(width / 2), y: y + Math.floor(height / 2) };
    for (const at of [{ x, y }, middle, { x: x + width - 1, y: y + height - 1 }]) {
      const { stored, from, arithmetic } = explainResult(scene, input, at.x, at.y);
      const start = (at.y * truth.width + at.x) * truth.channels;
      expect(stored).toEqual([...truth.data.subarray(start, start + truth.channels)]);
      expect(from.x).toBeGreaterThanOrEqual(scene.part.x);
      expect(from.x).toBeLessThan(scene.part.x + scene.part.width);
      // What lies under the window is what the explanation multiplies.
      const ground = torchGround(scene, cells.value);
      const window = torchWindow(scene, at.x, at.y);
      arithmetic.slice(0, colourChannelsOf(picture)).forEach((own, channel) => {
        const levels = groundCells(scene, ground, input, channel);
        const under = Array.from({ length: window.width * window.height }, (_, index) => {
          const column = window.x - ground.x + (index % window.width);
          const row = window.y - ground.y + Math.floor(index / window.width);
          return levels[row * ground.width + column].level;
        });
        expect(under).toEqual(own.window?.levels);
      });
    }
  }
});

describe('the cells', () => {
  const shape = { width: 100, height: 80, channels: 1, depth: 8 } as const;
  const part = { x: 10, y: 20, width: 32, height: 32 };

  it('are as many as the formula says, where the part is a picture of its own', () => {
    const count = (params: GivenValues): readonly number[] => {
      const scene = sceneFor(params, shape, part);
      const cells = scene && torchCells(aloneIn(scene));
      return cells?.ok === true ? [cells.value.width, cells.value.height] : [];
    };
    expect(count({ kernel: 'sharpen', mode: 'valid' })).toEqual([30, 30]);
    expect(count({ kernel: 'sharpen', mode: 'valid', stride: 2 })).toEqual([15, 15]);
    expect(count({ kernel: 'sharpen' })).toEqual([32, 32]);
    expect(count({ kernel: 'sharpen', stride: 5 })).toEqual([7, 7]);
  });

  it('are those whose windows are centred on the part, where it lies in the picture', () => {
    const scene = sceneFor({ kernel: 'sharpen', mode: 'valid', stride: 3 }, shape, part);
    if (scene === null) throw new Error('no scene');
    // Windows are centred on columns 1, 4, 7 …: 10, 13, … 40.
    expect(torchCells(scene)).toEqual({ ok: true, value: { x: 3, y: 7, width: 11, height: 10 } });
  });

  it('are none where the part is smaller than a kernel that must lie inside it', () => {
    const kernel = Array.from({ length: 33 }, () => [1]);
    const scene = sceneFor({ kernel, mode: 'valid' }, shape, part);
    expect(scene && torchCells(aloneIn(scene)).ok).toBe(false);
  });
});

describe('the ground', () => {
  it('is continued by the boundary rule and says where', () => {
    const picture = sharedNoise({ width: 4, height: 3, channels: 1, depth: 8 }, 1);
    const params = { kernel: 'box3', boundary: 'constant', constant: 9 };
    const scene = sceneFor(params, picture, { x: 0, y: 0, width: 1, height: 1 });
    if (scene === null) throw new Error('no scene');
    const ground = torchGround(scene, { x: 0, y: 0, width: 1, height: 1 });
    expect(ground).toEqual({ x: -1, y: -1, width: 3, height: 3 });
    const cells = groundCells(scene, ground, { raster: picture, rectangle: wholeOf(picture) }, 0);
    expect(cells.map(({ outside }) => outside)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      true,
      false,
      false,
    ]);
    expect(cells.filter(({ outside }) => outside).map(({ level }) => level)).toEqual([9, 9, 9, 9, 9]);
  });
});
