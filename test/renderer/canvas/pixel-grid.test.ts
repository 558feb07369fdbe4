import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LARGEST_READ, type PixelBlock } from '../../../core/protocol/reading-calls';
import { inkOn } from '../../../renderer/canvas/ink';
import { numbersOf, partsOver, visiblePixels } from '../../../renderer/canvas/pixel-grid';

describe('the pixels that are to be seen', () => {
  it('are those of the picture that lie on the canvas at least in part', () => {
    const scene = {
      viewport: { zoom: 32, x: -1.5, y: 2.25 },
      canvas: { width: 320, height: 64 },
      picture: { width: 5, height: 100 },
    };
    expect(visiblePixels(scene)).toEqual({ x: 0, y: 2, width: 5, height: 3 });
  });

  it('are read in parts that cover them, none larger than may be read, at places that stay', () => {
    const random = fc.record({
      x: fc.nat(500),
      y: fc.nat(500),
      width: fc.integer({ min: 1, max: 130 }),
      height: fc.integer({ min: 1, max: 130 }),
    });
    fc.assert(
      fc.property(random, (pixels) => {
        const parts = partsOver(pixels);
        for (const part of parts) {
          expect(Math.max(part.width, part.height)).toBeLessThanOrEqual(LARGEST_READ);
          expect([part.x % part.width, part.y % part.height]).toEqual([0, 0]);
        }
        for (const [x, y] of [
          [pixels.x, pixels.y],
          [pixels.x + pixels.width - 1, pixels.y + pixels.height - 1],
        ]) {
          const holding = parts.filter(
            (part) => x >= part.x && y >= part.y && x < part.x + part.width && y < part.y + part.height,
          );
          expect(holding).toHaveLength(1);
        }
      }),
    );
  });
});

describe('the numbers of a cell', () => {
  const block = (levels: readonly number[], channels: PixelBlock['channels']): PixelBlock => ({
    x: 0,
    y: 0,
    width: 1,
    height: 1,
    channels,
    depth: 8,
    levels,
  });

  it.each([
    [[1, 2, 3], 'All', ['1', '2', '3']],
    [[7, 7, 7], 'All', ['7']],
    [[1, 2, 3, 255], 'All', ['1', '2', '3']],
    [[1, 2, 3, 128], 'All', ['1', '2', '3', 'α128']],
    [[9, 40], 'All', ['9', 'α40']],
    [[1, 2, 3], 'G', ['2']],
    [[255, 0, 0], 'Grey', ['76']],
    [[44], 'B', ['44']],
  ] as const)('%j, %s: %j', (levels, show, texts) => {
    const channels = levels.length as PixelBlock['channels'];
    expect(numbersOf(block(levels, channels), levels, show)).toEqual(texts);
  });
});

describe('ink', () => {
  it('has at least 4.5 : 1 on every grey and on colours', () => {
    const linear = (level: number): number =>
      level <= 10 ? level / 255 / 12.92 : ((level / 255 + 0.055) / 1.055) ** 2.4;
    fc.assert(
      fc.property(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)), ([r, g, b]) => {
        const ground = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
        const ratio = inkOn([r, g, b], 255) === 'black' ? (ground + 0.05) / 0.05 : 1.05 / (ground + 0.05);
        expect(ratio).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});
