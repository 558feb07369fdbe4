/** Looks into a part of the picture that was read. */

import { channelName } from '../../core/derive/explanation';
import { luma } from '../../core/raster/luma';
import type { PixelBlock } from '../../core/protocol/reading-calls';
import { topOf } from '../../core/raster/raster';
import { store } from '../../core/raster/rounding';

/** The stored levels of a pixel of the picture; null where the block does not hold it. */
export function levelsIn(block: PixelBlock, x: number, y: number): readonly number[] | null {
  const { width, height, channels, levels } = block;
  const [column, row] = [x - block.x, y - block.y];
  if (column < 0 || row < 0 || column >= width || row >= height) return null;
  const at = (row * width + column) * channels;
  return levels.slice(at, at + channels);
}

/** The level that a colour has in grey: its rounded luma. */
function greyOf(levels: readonly number[], depth: PixelBlock['depth']): number {
  return levels.length < 3 ? levels[0] : store(luma(levels[0], levels[1], levels[2]), topOf(depth));
}

/** The rounded luma of a colour picture. */
export const GREY = 'Grey';

/** What the channels of a block are called; a colour has a grey besides. */
export function channelNames({ channels }: Pick<PixelBlock, 'channels'>): readonly string[] {
  const own = Array.from({ length: channels }, (_, channel) => channelName(channels, channel));
  return channels < 3 ? own : [...own.slice(0, 3), GREY, ...own.slice(3)];
}

/** A pixel's number in a channel of that name; in a picture without it, its grey. */
export function levelOf(block: PixelBlock, levels: readonly number[], channel: string): number {
  const at = levels.findIndex((_, index) => channelName(block.channels, index) === channel);
  return at < 0 ? greyOf(levels, block.depth) : levels[at];
}
