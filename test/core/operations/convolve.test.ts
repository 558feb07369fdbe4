import { describe, expect, it } from 'vitest';
import { checkValues } from '../../../core/operation/check';
import { KERNEL_NAMES, kernelOf } from '../../../core/operation/named-kernels';
import type { AreaOperation } from '../../../core/operation/operation';
import type { GivenValues } from '../../../core/operation/parameter';
import { runOperation } from '../../../core/operation/run';
import { convolve as defined } from '../../../core/operations/convolve';
import { sentence } from '../../../core/raster/fault';
import type { Raster } from '../../../core/raster/raster';
import { noise } from '../../support/rasters';

/** As callers meet it, who know no particular operation. */
const convolve: AreaOperation = defined;

function run(given: GivenValues, input: Raster): Raster {
  const checked = checkValues(convolve, given, input);
  if (!checked.ok) throw new Error(checked.fault.message);
  return runOperation(convolve, checked.value, input).raster;
}

function shapeOf(given: GivenValues, width: number, height: number): string {
  const checked = checkValues(convolve, given, null);
  if (!checked.ok) throw new Error(checked.fault.message);
  const shape = convolve.shape?.(checked.value, { width, height, channels: 1, depth: 8 });
  if (!shape) throw new Error('convolve knows its shape');
  return shape.ok ? `${shape.value.width} × ${shape.value.height}` : sentence(shape.fault);
}

function grey(width: number, levels: readonly number[]): Raster {
  return { width, height: levels.length / width, channels: 1, depth: 8, data: Uint8Array.from(levels) };
}

const five = grey(5, [3, 3, 2, 1, 0, 0, 0, 1, 3, 1, 3, 1, 2, 2, 3, 2, 0, 0, 2, 2, 2, 0, 0, 0, 1]);
const own = [
  [0, 1, 2],
  [2, 2, 0],
  [0, 1, 2],
];

describe('the worked example', () => {
  it.each([
    ['correlation', [12, 12, 17, 10, 17, 19, 9, 6, 14]],
    ['convolution', [18, 20, 19, 10, 9, 17, 11, 8, 14]],
  ])('gives both results: %s', (operation, expected) => {
    expect([...run({ kernel: own, operation, mode: 'valid' }, five).data]).toEqual(expected);
  });
});

describe('the size of the result', () => {
  it.each([
    [{ kernel: 'box3' }, '32 × 32'],
    [{ kernel: 'box3', mode: 'valid' }, '30 × 30'],
    [{ kernel: 'box3', mode: 'valid', stride: 2 }, '15 × 15'],
    [{ kernel: 'gaussian5', stride: 3 }, '11 × 11'],
    [{ kernel: [[1, 2, 3, 4]], mode: 'valid' }, '29 × 32'],
    [{ kernel: 'box3', stride: 16 }, '2 × 2'],
  ])('of %j on 32 × 32 is %s', (given, expected) => {
    expect(shapeOf(given, 32, 32)).toBe(expected);
  });

  it('does not exist where no window fits into the picture', () => {
    expect(shapeOf({ kernel: 'gaussian5', mode: 'valid' }, 9, 4)).toBe(
      'the 5 × 5 kernel is larger than the picture of 9 × 4 pixels, so mode "valid" leaves nothing; ' +
        'use mode "same" or a smaller kernel',
    );
    expect(shapeOf({ kernel: 'gaussian5' }, 9, 4)).toBe('9 × 4');
  });
});

describe('the divisor', () => {
  const flat = grey(3, new Array<number>(9).fill(80));

  it('is the named kernel’s own, 1 for a matrix, and any number that is given', () => {
    expect(run({ kernel: 'box3' }, flat).data[4]).toBe(80);
    expect(run({ kernel: 'box3', divisor: 18 }, flat).data[4]).toBe(40);
    expect(run({ kernel: [[1, 1]] }, flat).data[4]).toBe(160);
    expect(run({ kernel: 'box3', divisor: -9, offset: 100 }, flat).data[4]).toBe(20);
  });

  it('is the sum of the weights for auto, and 1 where that is 0 but for rounding', () => {
    expect(run({ kernel: [[2, 6]], divisor: 'auto' }, flat).data[4]).toBe(80);
    expect(run({ kernel: 'outline', divisor: 'auto', offset: 30 }, flat).data[4]).toBe(30);
    // 0.1 + 0.2 − 0.3 is 5.6e-17 in double precision.
    expect(run({ kernel: [[0.1, 0.2, -0.3]], divisor: 'auto', offset: 30 }, flat).data[4]).toBe(30);
  });
});

describe('named kernels', () => {
  it.each(KERNEL_NAMES)('%s keeps a flat picture at its level times the sum of the weights', (name) => {
    const { matrix, divisor } = kernelOf(name);
    const sum = matrix.flat().reduce((total, weight) => total + weight, 0) / divisor;
    const flat = noise({ width: 6, height: 5, channels: 3, depth: 16 });
    flat.data.fill(4321);
    expect(run({ kernel: name }, flat).data.every((level) => level === Math.round(4321 * sum))).toBe(true);
    // Smoothing and sharpening keep the brightness, emboss does too, and edges of a flat picture are none.
    expect(sum).toBe(/outline|edge|sobel/.test(name) ? 0 : 1);
  });

  it('of Sobel look towards their side: the brighter top is bright in sobelTop when laid on as written', () => {
    const step = grey(3, [200, 200, 200, 100, 100, 100, 0, 0, 0]);
    expect(run({ kernel: 'sobelTop', operation: 'correlation' }, step).data[4]).toBe(255);
    expect(run({ kernel: 'sobelTop', operation: 'convolution' }, step).data[4]).toBe(0);
    expect(run({ kernel: 'sobelBottom', operation: 'convolution' }, step).data[4]).toBe(255);
  });
});

describe('the response', () => {
  it('is cut at black, or counts by its size', () => {
    const step = grey(3, [10, 10, 60]);
    expect([...run({ kernel: [[-1, 0, 1]], operation: 'correlation' }, step).data]).toEqual([0, 50, 50]);
    expect([...run({ kernel: [[1, 0, -1]], operation: 'correlation' }, step).data]).toEqual([0, 0, 0]);
    const absolute = { kernel: [[1, 0, -1]], operation: 'correlation', response: 'absolute' };
    expect([...run(absolute, step).data]).toEqual([0, 50, 50]);
  });

  it('takes offset and constant on the 255 scale at 16 bit', () => {
    const deep: Raster = { width: 1, height: 1, channels: 1, depth: 16, data: Uint16Array.of(1000) };
    expect([...run({ kernel: 'edge4', offset: 128 }, deep).data]).toEqual([128 * 257]);
    const given = { kernel: [[1, 1, 0]], operation: 'correlation', boundary: 'constant', constant: 10 };
    expect([...run(given, deep).data]).toEqual([1000 + 2570]);
    expect([...run({ ...given, constant: 10.001 }, deep).data]).toEqual([1000 + 2570]);
    expect([...run({ ...given, constant: 10.002 }, deep).data]).toEqual([1000 + 2571]);
  });

  it('adds fractions of a level beyond the edge before it rounds', () => {
    const black = grey(1, [0]);
    const given = { kernel: [[1, 0, 1]], boundary: 'constant', constant: 0.25 };
    expect([...run(given, black).data]).toEqual([1]);
    expect([...run({ ...given, constant: 0.24 }, black).data]).toEqual([0]);
  });
});

describe('the formula', () => {
  it('says what is summed', () => {
    const formula = (given: GivenValues): string => {
      const checked = checkValues(convolve, given, null);
      if (!checked.ok) throw new Error(checked.fault.message);
      return convolve.formula(checked.value);
    };
    expect(formula({ kernel: 'gaussian3', operation: 'correlation' })).toBe(
      'Σ kernel[i][j] · v(x + j − 1, y + i − 1) / 16',
    );
    expect(formula({ kernel: 'emboss', offset: -128, response: 'absolute' })).toBe(
      '|Σ kernel[2 − i][2 − j] · v(x + j − 1, y + i − 1) − 128·K|',
    );
  });
});
