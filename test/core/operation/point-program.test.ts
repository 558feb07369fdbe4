import { describe, expect, it } from 'vitest';
import { definePoint } from '../../../core/operation/define';
import { evaluatePixel, pointFormula } from '../../../core/operation/point-formula';
import { parseFormula } from '../../../core/operation/formula/parse';
import { plainLoop, runLoop } from '../../../core/operation/point-loop';
import {
  applyPoint,
  composeTables,
  limitTables,
  pointProgram,
  type PointProgram,
  type TableProgram,
} from '../../../core/operation/point-program';
import { createTable, fillPlainly, makeTable } from '../../../core/operation/point-table';
import { gamma } from '../../../core/operations/gamma';
import { grayscale } from '../../../core/operations/grayscale';
import { levels } from '../../../core/operations/levels';
import { negative } from '../../../core/operations/negative';
import { Cancelled, neverAborted } from '../../../core/raster/signal';
import { createRaster, type Raster, type Shape } from '../../../core/raster/raster';
import { wholeOf, type Rectangle } from '../../../core/raster/rectangle';
import { noise, shapes, shapeText } from '../../support/rasters';

const grey: Shape = { width: 5, height: 3, channels: 1, depth: 8 };
const colour: Shape = { width: 5, height: 3, channels: 3, depth: 8 };
const levelsOfGreen = {
  inBlack: 20,
  inWhite: 200,
  gamma: 2,
  outBlack: 0,
  outWhite: 255,
  channel: 'g',
} as const;

/** Uses every fixed name, a definition of every scale, and constants that differ by channel. */
const everything = definePoint({
  id: 'everything',
  summary: 'Uses every name that a formula has.',
  category: 'Intensity',
  parameters: { amount: { kind: 'number', min: 0, max: 9, step: 1, default: 2, help: 'How much.' } },
  formula: () =>
    'once = amount*K + L/2; pixel = (R + 2*G + 3*B + Y)/7 + once/100; own = u*gain + pixel; ' +
    'channel == 1 and r > T/2 ? own*K + A/10 : pixel - r/3',
  constants: (_, { channels }) => ({ gain: channels <= 2 ? [0.5] : [0.5, 1.5, 2] }),
  examples: [],
  sources: ['this test'],
});

function tableProgram(program: PointProgram): TableProgram {
  if (program.kind !== 'table') throw new Error('expected tables');
  return program;
}

function applied(program: PointProgram, input: Raster, part: Rectangle = wholeOf(input)): Raster {
  const raster = { ...input, data: input.data.slice() };
  applyPoint(program, raster, part, neverAborted);
  return raster;
}

describe('a point program', () => {
  it('is one shared table where all channels are treated alike', () => {
    const { tables } = tableProgram(pointProgram(gamma, { gamma: 2.2 }, colour, null));
    expect(tables).toHaveLength(3);
    expect(new Set(tables).size).toBe(1);
    expect(tables[0]).toHaveLength(256);
    expect(tables[0].buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('has a table a channel where they differ', () => {
    const { tables } = tableProgram(pointProgram(levels, levelsOfGreen, colour, null));
    expect([...tables[0]]).toEqual([...tables[2]]);
    expect([...tables[1]]).not.toEqual([...tables[0]]);
  });

  it('is a loop where the formula mixes channels, and a table in a grey picture', () => {
    expect(pointProgram(grayscale, { method: 'average' }, colour, null).kind).toBe('loop');
    expect(pointProgram(grayscale, { method: 'average' }, grey, null).kind).toBe('table');
    expect(pointProgram(everything, { amount: 2 }, grey, null).kind).toBe('table');
    expect(pointProgram(everything, { amount: 2 }, { ...grey, channels: 2 }, null).kind).toBe('loop');
  });

  it.each(shapes([5, 3], [1, 1]).map((shape) => [shapeText(shape), shape] as const))(
    'gives what its formula gives, pixel by pixel: %s',
    (_, shape) => {
      const input = noise(shape);
      const values = { amount: 3 };
      const point = pointFormula(everything, values, shape, null);
      const result = applied(pointProgram(everything, values, shape, null), input);
      for (let at = 0; at < input.data.length; at += shape.channels) {
        const pixel = [...input.data.subarray(at, at + shape.channels)];
        const stored = [...result.data.subarray(at, at + shape.channels)];
        const index = at / shape.channels;
        const place = { x: index % shape.width, y: Math.floor(index / shape.width) };
        expect(stored).toEqual(evaluatePixel(point, pixel, shape, place).stored);
      }
    },
  );

  it.each(shapes([7, 4]).map((shape) => [shapeText(shape), shape] as const))(
    'leaves everything outside the part as it was: %s',
    (_, shape) => {
      const input = noise(shape);
      const part = { x: 2, y: 1, width: 3, height: 2 };
      for (const program of [
        pointProgram(negative, {}, shape, null),
        pointProgram(everything, { amount: 2 }, shape, null),
      ]) {
        const whole = applied(program, input);
        const result = applied(program, input, part);
        input.data.forEach((before, at) => {
          const x = Math.floor(at / shape.channels) % shape.width;
          const y = Math.floor(at / shape.channels / shape.width);
          const inside = x >= 2 && x < 5 && y >= 1 && y < 3;
          expect(result.data[at]).toBe(inside ? whole.data[at] : before);
        });
      }
    },
  );

  it('stops when it is aborted', () => {
    const program = pointProgram(negative, {}, grey, null);
    expect(() => applyPoint(program, noise(grey), wholeOf(grey), { aborted: true })).toThrow(Cancelled);
  });
});

describe('the table of pairs', () => {
  it.each([
    ['rows of an odd length', { x: 0, y: 0, width: 301, height: 701 }, 0],
    ['rows that begin and end within the picture', { x: 1, y: 1, width: 300, height: 699 }, 0],
    ['an odd address', { x: 0, y: 0, width: 301, height: 701 }, 1],
  ])('gives the bytes of the plain table: %s', (_, part, offset) => {
    const shape: Shape = { width: 301, height: 701, channels: 3, depth: 8 };
    const input = noise(shape);
    const memory = new Uint8Array(input.data.length + offset);
    const raster: Raster = { ...shape, data: memory.subarray(offset) };
    raster.data.set(input.data);
    const program = tableProgram(pointProgram(gamma, { gamma: 2.2 }, shape, null));
    applyPoint(program, raster, part, neverAborted);
    const wanted = input.data.map((sample, at) => {
      const x = Math.floor(at / 3) % shape.width;
      const y = Math.floor(at / 3 / shape.width);
      const inside = x >= part.x && x < part.x + part.width && y >= part.y && y < part.y + part.height;
      return inside ? program.tables[0][sample] : sample;
    });
    expect(Buffer.compare(Buffer.from(raster.data), Buffer.from(wanted))).toBe(0);
  });
});

describe('where a page refuses compiled code', () => {
  it('tables are the same', () => {
    for (const depth of [8, 16] as const) {
      const shape: Shape = { ...grey, depth };
      const formula = parseFormula('p = r/T; Y < T/2 ? p^0.5*T : (R + G + B)/3 - u*amount');
      const scope = {
        amount: 0.25,
        channel: 0,
        T: depth === 8 ? 255 : 65_535,
        K: depth === 8 ? 1 : 257,
        L: 1,
      };
      const plain = createTable(shape);
      fillPlainly(formula, plain, scope, shape);
      expect(makeTable(formula, scope, shape)).toEqual(plain);
    }
  });

  it.each(shapes([6, 2]).map((shape) => [shapeText(shape), shape] as const))(
    'loops give the same: %s',
    (_, shape) => {
      const { text, formula, constants } = pointFormula(everything, { amount: 3 }, shape, null);
      const compiled = noise(shape);
      const plain = noise(shape);
      runLoop(text, constants, compiled)(compiled.data, 0, compiled.data.length, 3, 4);
      plainLoop(formula, constants, shape.channels, shape.depth)(plain.data, 0, plain.data.length, 3, 4);
      expect(compiled.data).toEqual(plain.data);
    },
  );
});

describe('composed tables', () => {
  it.each(shapes([9, 2]).map((shape) => [shapeText(shape), shape] as const))(
    'give the samples of one after the other: %s',
    (_, shape) => {
      const input = noise(shape);
      const first = tableProgram(pointProgram(levels, levelsOfGreen, shape, null));
      const second = tableProgram(pointProgram(gamma, { gamma: 1.7 }, shape, null));
      const oneByOne = applied(second, applied(first, input));
      expect(applied(composeTables(first, second, shape), input)).toEqual(oneByOne);
    },
  );

  it('share what is equal', () => {
    const once = tableProgram(pointProgram(gamma, { gamma: 2 }, colour, null));
    expect(new Set(composeTables(once, once, colour).tables).size).toBe(1);
  });
});

describe('limited tables', () => {
  const program = pointProgram(negative, {}, colour, null);
  const pixel: Raster = {
    ...createRaster({ ...colour, width: 1, height: 1 }),
    data: Uint8Array.of(10, 100, 200),
  };
  const limited = (channels: 'rgb' | 'r' | 'g' | 'b', opacity: number): readonly number[] => {
    const tables = limitTables(program, channels, opacity, colour);
    return tables === null ? [] : [...applied(tables, pixel).data];
  };

  it('change the chosen channel alone', () => {
    expect(limited('g', 1)).toEqual([10, 155, 200]);
    expect(limited('b', 1)).toEqual([10, 100, 55]);
  });

  it('mix the result with the input, and round once more', () => {
    // 10 + 0.3·235 = 80.5 goes up; 100 + 0.3·55 = 116.5; 200 − 0.3·145 = 156.5.
    expect(limited('rgb', 0.3)).toEqual([81, 117, 157]);
    expect(limited('r', 0)).toEqual([10, 100, 200]);
  });

  it('mean the grey channel whichever is chosen', () => {
    const tables = limitTables(pointProgram(negative, {}, grey, null), 'b', 1, grey);
    expect(tables?.tables[0][0]).toBe(255);
  });

  it('are none where the whole pixel decides', () => {
    expect(limitTables(program, 'luma', 1, colour)).toBeNull();
    expect(
      limitTables(pointProgram(grayscale, { method: 'bt601' }, colour, null), 'r', 1, colour),
    ).toBeNull();
  });
});
