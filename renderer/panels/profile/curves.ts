/** What the line profile draws and copies. Pure. */

import { pixelOn, type Line, type ProfileChannel } from '../../../core/derive/line-profile';
import type { Depth } from '../../../core/raster/raster';
import { topOf } from '../../../core/raster/raster';

/** Units of the plot's height. */
export const HEIGHT = 100;

/** A stair a pixel, over 0 … the number of pixels: every level is as wide as its pixel, and nothing is drawn between two of them. */
export function stairs(levels: readonly number[], depth: Depth): string {
  const top = topOf(depth);
  let path = '';
  levels.forEach((level, at) => {
    const y = (HEIGHT * (1 - level / top)).toFixed(2);
    path += at === 0 ? `M0 ${y}H1` : `V${y}H${at + 1}`;
  });
  return path;
}

export const TITLES: Readonly<Record<ProfileChannel['name'], string>> = {
  R: 'Red',
  G: 'Green',
  B: 'Blue',
  Grey: 'Grey',
  Luma: 'Luma',
  A: 'Alpha',
};

/** "R 12, G 40, B 7": the stored levels of one pixel. */
export function levelsText(channels: readonly ProfileChannel[], at: number): string {
  return channels.map(({ name, levels }) => `${name} ${levels[at]}`).join(', ');
}

/**
 * As comma-separated values: a line a pixel, in order, with its number, its place and its levels; those before any step in columns
 * of their own, where they are known.
 */
export function profileCsv(
  line: Line,
  after: readonly ProfileChannel[],
  before: readonly ProfileChannel[],
): string {
  const head = [
    'pixel',
    'x',
    'y',
    ...after.map(({ name }) => name),
    ...before.map(({ name }) => `before ${name}`),
  ];
  const count = after[0].levels.length;
  const rows = Array.from({ length: count }, (_, at) => {
    const { x, y } = pixelOn(line, at);
    return [at, x, y, ...[...after, ...before].map(({ levels }) => levels[at])].join(',');
  });
  return `${[head.join(','), ...rows].join('\n')}\n`;
}
