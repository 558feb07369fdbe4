/** What the histogram panel draws and says of each channel. Pure. */

import { channelName } from '../../../core/derive/explanation';
import type { PictureHistogram } from '../../../core/derive/histogram-statistics';
import { luma } from '../../../core/raster/luma';
import { levelsOf, topOf, type ChannelCount, type Depth } from '../../../core/raster/raster';
import { store } from '../../../core/raster/rounding';

/** Bars side by side: of a picture of 16 bit, 256 levels are one bar. */
export const STOPS = 256;

const TITLES = { R: 'Red', G: 'Green', B: 'Blue', Grey: 'Grey', Luma: 'Luma', A: 'Alpha' } as const;
export type PlotName = keyof typeof TITLES;

export interface PlotChannel {
  readonly name: PlotName;
  readonly title: string;
  /** One a level. */
  readonly counts: Float64Array;
  /** One a bar. */
  readonly bars: Float64Array;
}

/** Levels from … to, both included. */
export interface LevelRange {
  readonly from: number;
  readonly to: number;
}

/** Colours, luma, alpha: as many as there are. */
export function plotChannels({ channels, bins, luma: own }: PictureHistogram): readonly PlotChannel[] {
  const named = bins.map((counts, at) => plotted(channelName(channels, at) as PlotName, counts));
  if (own !== null) named.splice(3, 0, plotted('Luma', own));
  return named;
}

function plotted(name: PlotName, given: readonly number[]): PlotChannel {
  const counts = Float64Array.from(given);
  const perStop = counts.length / STOPS;
  const bars = new Float64Array(STOPS);
  counts.forEach((count, level) => (bars[Math.floor(level / perStop)] += count));
  return { name, title: TITLES[name], counts, bars };
}

/**
 * The count that reaches the top of the plot: the highest of all bars but the two at the ends, for a clipped picture's would press
 * all others flat; of those where there is nothing between them.
 */
export function highest(all: readonly PlotChannel[]): number {
  const between = Math.max(0, ...all.map(({ bars }) => Math.max(...bars.subarray(1, STOPS - 1))));
  return between > 0 ? between : Math.max(1, ...all.map(({ bars }) => Math.max(...bars)));
}

/** An outline of stairs over 0 … 256 with its base at `height`; bars that are too high end at the top. */
export function stairs({ bars }: PlotChannel, most: number, logarithmic: boolean, height: number): string {
  const part = (count: number): number => (logarithmic ? Math.log1p(count) / Math.log1p(most) : count / most);
  let path = `M0 ${height}`;
  bars.forEach((count, at) => {
    path += `V${(height * (1 - Math.min(1, part(count)))).toFixed(2)}H${at + 1}`;
  });
  return `${path}V${height}`;
}

/** The middle of a level's place on the axis, 0 … 256. */
export function placeOf(level: number, depth: Depth): number {
  return ((level + 0.5) * STOPS) / levelsOf(depth);
}

/** The levels of the bars between two places on the axis, in either order. */
export function rangeBetween(a: number, b: number, depth: Depth): LevelRange {
  const stop = (place: number): number => Math.min(STOPS - 1, Math.max(0, Math.floor(place)));
  const perStop = levelsOf(depth) / STOPS;
  return {
    from: stop(Math.min(a, b)) * perStop,
    to: (stop(Math.max(a, b)) + 1) * perStop - 1,
  };
}

/** A pixel's stored level of a channel; null where its picture has none. */
export function levelOf(
  name: PlotName,
  { channels, depth, levels }: { channels: ChannelCount; depth: Depth; levels: readonly number[] },
): number | null {
  if (name === 'Luma') {
    return channels < 3 ? null : store(luma(levels[0], levels[1], levels[2]), topOf(depth));
  }
  return levels.find((_, at) => channelName(channels, at) === name) ?? null;
}

/** A share 0 … 1 in percent; what is there is never told to be nothing. */
export function percent(share: number): string {
  if (share > 0 && share < 0.00005) return '<0.01';
  return (share * 100).toFixed(2);
}
