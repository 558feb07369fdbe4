/**
 * The job with which the tutorials begin, on a smaller picture: `boxBlur` 9, 15, 30 and 60 with the symmetric boundary is what
 * `scipy.signal.convolve2d(mode='same', boundary='symm')` gives, before rounding. 60 is nearly as high as the picture, so the windows
 * reach far beyond its edges. Time is measured by `npm run bench -- --only P9`.
 */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { explainArea } from '../../core/derive/explain-area';
import { checkValues } from '../../core/operation/check';
import type { AnyValues } from '../../core/operation/operation';
import { runOperation } from '../../core/operation/run';
import { boxBlur } from '../../core/operations/box-blur';
import type { Raster } from '../../core/raster/raster';
import { wholeOf } from '../../core/raster/rectangle';
import { makePhoto } from '../support/make-photo.mjs';
import { findPython } from '../support/python';

const SIZES = [9, 15, 30, 60];
const picture: Raster = { ...makePhoto(113, 67), channels: 3, depth: 8 };

interface Convolved {
  /** Of whole numbers, so exact. */
  readonly sums: readonly number[];
  /** As the tutorials compute them. */
  readonly means: readonly number[];
}

function convolved(python: string): ReadonlyMap<number, Convolved> {
  const folder = mkdtempSync(join(tmpdir(), 'burnish-tutorial-'));
  try {
    const raw = join(folder, 'picture.raw');
    const output = join(folder, 'sums');
    writeFileSync(raw, picture.data);
    const script = join(import.meta.dirname, 'tutorial_sums.py');
    const { width, height } = picture;
    execFileSync(python, [script, raw, ...[width, height].map(String), output, ...SIZES.map(String)]);
    const bytes = readFileSync(output);
    const count = picture.data.length;
    expect(bytes.length).toBe(SIZES.length * 2 * 8 * count);
    return new Map(
      SIZES.map((size, at) => {
        const start = at * 16 * count;
        const places = Array.from({ length: count }, (_, i) => start + i * 8);
        const sums = places.map((place) => Number(bytes.readBigInt64LE(place)));
        return [size, { sums, means: places.map((place) => bytes.readDoubleLE(place + 8 * count)) }];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function valuesFor(size: number): AnyValues {
  const checked = checkValues(boxBlur, { size, boundary: 'symmetric' }, picture);
  if (!checked.ok) throw new Error(checked.fault.message);
  return checked.value;
}

/** The unrounded means of a pixel's channels, as `burnish explain` gives them. */
function unroundedAt(size: number, x: number, y: number): readonly number[] {
  return explainArea(boxBlur, {
    operation: boxBlur,
    values: valuesFor(size),
    channels: 'rgb',
    opacity: 1,
    mask: null,
    whole: picture,
    x,
    y,
    input: { raster: picture, rectangle: wholeOf(picture) },
    measured: null,
    outcome: null,
    second: null,
  }).unrounded;
}

it('boxBlur 9, 15, 30 and 60 are the sums of convolve2d over k², before rounding and after', (context) => {
  const python = findPython('numpy', 'scipy');
  if (python === null) return context.skip('skipped: no Python with numpy and scipy');
  const { width, height } = picture;
  for (const [size, { sums, means }] of convolved(python)) {
    const area = size * size;
    // Corners, edges and a scatter of others; every sample below.
    const places = [0, width - 1, (height - 1) * width, height * width - 1, 40, 33 * width + 56];
    for (const place of [...places, ...Array.from({ length: 60 }, (_, i) => (i * 1009) % (width * height))]) {
      const own = sums.slice(place * 3, place * 3 + 3).map((sum) => sum / area);
      expect(unroundedAt(size, place % width, Math.floor(place / width)), `${size}`).toEqual(own);
    }
    const { data } = runOperation(boxBlur, valuesFor(size), picture).raster;
    expect(Array.from(data), `${size}, stored`).toEqual(
      sums.map((sum) => Math.floor((2 * sum + area) / (2 * area))),
    );
    // The tutorials' kernel of 1/k² has an error of its own: at most k² products of up to 255, each wrong by half a unit in the
    // last place of 1/k² and of the sum. 2^-30 of a level is far above that and far below any rounding.
    const largest = Math.max(...means.map((mean, at) => Math.abs(mean - sums[at] / area)));
    expect(largest, `${size}, with 1/k²`).toBeLessThan(2 ** -30);
  }
});
