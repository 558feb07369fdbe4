/** The pixels of a line by their rule, and the promises that follow from it. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  linePieces,
  linePixels,
  pixelCount,
  pixelOn,
  profileChannels,
} from '../../../core/derive/line-profile';
import { randomLine } from '../../support/random-selection';

const size = { width: 300, height: 200 };

/** from + (i/n)·d rounded halves up, in whole numbers of BigInt: nothing is lost to a fraction. */
function exactPlace(from: number, to: number, at: number, n: number): number {
  const [twice, whole] = [2n * BigInt(n) * BigInt(from) + 2n * BigInt(at) * BigInt(to - from), BigInt(n)];
  const shifted = twice + whole;
  const down = shifted / (2n * whole);
  return Number(shifted % (2n * whole) < 0n ? down - 1n : down);
}

describe('the pixels of a line', () => {
  it('are its n + 1 equally spaced points, each rounded to a pixel', () => {
    fc.assert(
      fc.property(randomLine(size), (line) => {
        const { from, to } = line;
        const n = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y));
        const pixels = linePixels(line);
        expect(pixels).toHaveLength(n + 1);
        expect(pixelCount(line)).toBe(n + 1);
        pixels.forEach(({ x, y }, at) => {
          if (n === 0) expect({ x, y }).toEqual(from);
          else expect([x, y]).toEqual([exactPlace(from.x, to.x, at, n), exactPlace(from.y, to.y, at, n)]);
          expect(pixelOn(line, at)).toEqual({ x, y });
        });
      }),
    );
  });

  it('begin and end where the line does, and each is a neighbour of the next', () => {
    fc.assert(
      fc.property(randomLine(size), (line) => {
        const pixels = linePixels(line);
        expect([pixels[0], pixels.at(-1)]).toEqual([line.from, line.to]);
        pixels.slice(1).forEach(({ x, y }, at) => {
          expect(Math.max(Math.abs(x - pixels[at].x), Math.abs(y - pixels[at].y))).toBe(1);
        });
      }),
    );
  });

  it('come in pieces that hold all of them in order, each within its rectangle', () => {
    fc.assert(
      fc.property(randomLine(size), fc.integer({ min: 1, max: 90 }), (line, length) => {
        const pieces = linePieces(line, length);
        expect(pieces.flatMap(({ pixels }) => pixels)).toEqual(linePixels(line));
        for (const { pixels, around } of pieces) {
          expect(pixels.length).toBeLessThanOrEqual(length);
          expect(Math.max(around.width, around.height)).toBe(pixels.length);
          for (const { x, y } of pixels) {
            expect(x >= around.x && x < around.x + around.width).toBe(true);
            expect(y >= around.y && y < around.y + around.height).toBe(true);
          }
        }
      }),
    );
  });
});

describe('the channels of a profile', () => {
  it('are those of the picture; a colour has its rounded luma besides, before alpha', () => {
    const levels = [10, 20, 30, 255, 255, 0, 0, 128];
    expect(profileChannels({ channels: 4, depth: 8, levels })).toEqual([
      { name: 'R', levels: [10, 255] },
      { name: 'G', levels: [20, 0] },
      { name: 'B', levels: [30, 0] },
      // 0.299·10 + 0.587·20 + 0.114·30 = 18.15; 0.299·255 = 76.245.
      { name: 'Luma', levels: [18, 76] },
      { name: 'A', levels: [255, 128] },
    ]);
    expect(profileChannels({ channels: 1, depth: 16, levels: [7, 65_535] })).toEqual([
      { name: 'Grey', levels: [7, 65_535] },
    ]);
  });
});
