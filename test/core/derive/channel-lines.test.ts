/**
 * The arithmetic that is told of a pixel, of every operation with random values on pictures of every layout and depth: it gives the unrounded
 * result, which is stored as the level that is stored, and what is written out as arithmetic comes to what is said to come of it.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelLines, sharedLines } from '../../../core/derive/channel-lines';
import type { Explanation } from '../../../core/derive/explanation';
import { explainPixel } from '../../../core/node/pixels/pixel-story';
import { evaluate } from '../../../core/operation/formula/evaluate';
import { parseFormula } from '../../../core/operation/formula/parse';
import { exactNumber, shortNumber, type FilledLine } from '../../../core/operation/formula/print';
import { kmeansQuantize } from '../../../core/operations/kmeans-quantize';
import { operations } from '../../../core/operations';
import { createRaster, topOf } from '../../../core/raster/raster';
import { store } from '../../../core/raster/rounding';
import { sharedNoise } from '../../support/documents';
import { explainedPixel } from '../../support/explained';
import { plainScene } from '../../support/plain-scene';
import { documentOf, randomStep } from '../../support/random-step';
import { shapes } from '../../support/rasters';

const SHAPES = shapes([23, 17]);
const STEPS = 10;

/** The number that a written arithmetic gives; null where it says in words what cannot be written out. */
function valueOf(text: string): number | null {
  const formula = text
    .replace(/√\(/g, 'sqrt(')
    .replace(/²/g, '^2')
    .replace(/^\|(.*)\|$/, 'abs($1)')
    .replace(/^(\d+(?:\.\d+)?)·\|(.*)\|$/, '$1*abs($2)');
  try {
    return evaluate(parseFormula(formula), { T: 255 });
  } catch {
    return null;
  }
}

/** Numbers in a line have six significant digits, which a sum of large products of both signs may all lose. */
function expectSame({ text, value }: FilledLine): void {
  const written = valueOf(text);
  if (written === null || !Number.isFinite(written) || /store|hash|bit/.test(text)) return;
  const size = Math.max(1, ...(text.match(/\d+(?:\.\d+)?/g) ?? []).map(Number));
  expect(Math.abs(written - value), `${text} is ${written}, not ${value}`).toBeLessThan(size * size * 1e-3);
}

async function explained(index: number, id: string): Promise<readonly Explanation[]> {
  const operation = operations.find((each) => each.id === id);
  if (operation === undefined) throw new Error(id);
  const shape = SHAPES[index % SHAPES.length];
  const pictures = { first: sharedNoise(shape, 2 * index), second: sharedNoise(shape, 2 * index + 1) };
  const document = documentOf(randomStep(operation, shape, 'second', index), pictures);
  const [{ x, y }] = fc.sample(fc.record({ x: fc.nat(5), y: fc.nat(5) }), { numRuns: 1, seed: index });
  const scene = plainScene(pictures);
  const story = await explainPixel(scene, document, { x: 0, y: 0 });
  const other = await explainPixel(scene, document, { x, y }).catch(() => story);
  return [story, other].flatMap(({ layers }) => layers[0].steps.map(({ explanation }) => explanation));
}

/** Only the level, as it is or in words: nothing of how it came about. */
function tellsNothing({ text, value, because }: FilledLine): boolean {
  return (
    because === undefined &&
    (/^from /.test(text) || text === exactNumber(value) || text === shortNumber(value))
  );
}

/** A level that came from somewhere else, and of which no line tells how. Alpha is not computed by these. */
function fromNowhere(explanation: Explanation, channel: number): boolean {
  const { stored, in: before } = explanation;
  const isAlpha = stored.length % 2 === 0 && channel === stored.length - 1;
  if (isAlpha || stored[channel] === before[channel]) return false;
  return channelLines(explanation, channel).every(tellsNothing);
}

describe('the arithmetic of a pixel', () => {
  it.each(operations.map(({ id }) => id))('%s', async (id) => {
    for (let index = 0; index < STEPS; index++) {
      for (const explanation of await explained(index, id)) {
        const { depth } = SHAPES[index % SHAPES.length];
        explanation.stored.forEach((stored, channel) => {
          const lines = channelLines(explanation, channel);
          const last = lines[lines.length - 1];
          expect(lines.filter(({ name }) => name === null)).toEqual([last]);
          expect(last.value).toBe(explanation.unrounded[channel]);
          // The lines' own result, not only what the explanation says beside them.
          const own = explanation.arithmetic[channel]?.lines.at(-1);
          if (own !== undefined) expect(store(own.value, topOf(depth))).toBe(stored);
          expect(fromNowhere(explanation, channel), JSON.stringify(lines)).toBe(false);
          expect(store(last.value, topOf(depth))).toBe(stored);
          lines.forEach(expectSame);
        });
      }
    }
  });

  it.each([
    ['convolve', 'sum'],
    ['boxBlur', 'sum'],
    ['bilateral', 'sum'],
    ['pixelate', 'sum'],
    ['gradient', 'g'],
    ['unsharpMask', 'mean'],
    ['clarity', 'mean'],
    ['chain', 'v1'],
    ['equalize', 'C('],
    ['clahe', 'bin of'],
    ['canny', 'gx'],
    ['fourierFilter', 'H(0)'],
    ['morphology', 'v₁'],
  ])('%s begins with %s', async (id, name) => {
    for (let index = 0; index < STEPS; index++) {
      for (const explanation of await explained(index, id)) {
        if (channelLines(explanation, 0)[0].name?.startsWith(name) === true) return;
      }
    }
    expect.unreachable(`no line of ${id} begins with ${name}`);
  });

  it('of k-means names the centre that the pixel takes', () => {
    const raster = createRaster({ width: 4, height: 1, channels: 3, depth: 8 });
    raster.data.set([0, 0, 0, 10, 0, 0, 200, 90, 1, 210, 90, 2]);
    const told = explainedPixel(kmeansQuantize, { colors: 2 }, raster, 2, 0);
    expect(channelLines(told, 0)).toEqual([
      { name: 'k', text: '2', value: 2 },
      { name: 'distance²', text: '(200 − 205)² + (90 − 90)² + (1 − 1.5)²', value: 25.25 },
      { name: null, text: 'centre 2 of 2', value: 205 },
    ]);
  });
});

describe('what all channels have in common', () => {
  const line = (name: string | null, text: string): FilledLine => ({ name, text, value: text.length });

  it('is told of none of them: the first lines that are the same, never a result', () => {
    const [v, p, q, end] = [line('V', '9'), line('p', '1'), line('p', '2'), line(null, '5')];
    expect(
      sharedLines([
        [v, p, end],
        [v, q, end],
        [v, p, end],
      ]),
    ).toBe(1);
    expect(
      sharedLines([
        [v, p, end],
        [v, p, end],
      ]),
    ).toBe(2);
    expect(sharedLines([[end], [end]])).toBe(0);
    expect(sharedLines([[v, end]])).toBe(0);
  });
});
