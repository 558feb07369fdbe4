/**
 * Operations on brightness that keep hue and saturation (OPERATIONS.md 2.3): a number V′ is found for V, the largest channel,
 * and every channel is multiplied by V′/V. Or every channel is such a plane by itself.
 */

import { colourChannelsOf, topOf, type Raster, type Region } from '../raster/raster';
import { store } from '../raster/rounding';
import { checkpoint, type Signal } from '../raster/signal';

export type ColorMode = 'value' | 'perChannel';

/** How many planes a picture has in a mode. */
export function planeCount(mode: ColorMode, raster: Pick<Raster, 'channels'>): number {
  return mode === 'value' ? 1 : colourChannelsOf(raster);
}

/** The level of a plane at a sample index, where a pixel begins. */
export function planeLevel(mode: ColorMode, { data, channels }: Raster, at: number, plane: number): number {
  if (mode === 'perChannel' || channels <= 2) return data[at + plane];
  return Math.max(data[at], data[at + 1], data[at + 2]);
}

/** Counts of the levels of a plane. */
export function planeHistogram(mode: ColorMode, raster: Raster, plane: number): Float64Array {
  const counts = new Uint32Array(topOf(raster.depth) + 1);
  countPlane(mode, raster, plane, 0, raster.width * raster.height, null, counts);
  return Float64Array.from(counts);
}

/**
 * Adds to `counts` the levels of a plane, or what `places` says of them, in `count` pixels from pixel number `pixel` on. Written out
 * by layout, because nothing else happens in these loops.
 */
export function countPlane(
  mode: ColorMode,
  { data, channels }: Raster,
  plane: number,
  pixel: number,
  count: number,
  places: Uint16Array | null,
  counts: Uint32Array,
): void {
  const first = pixel * channels;
  const end = first + count * channels;
  if (mode === 'perChannel' || channels <= 2) {
    if (places === null) for (let at = first + plane; at < end; at += channels) counts[data[at]]++;
    else for (let at = first + plane; at < end; at += channels) counts[places[data[at]]]++;
    return;
  }
  for (let at = first; at < end; at += channels) {
    const red = data[at];
    const green = data[at + 1];
    const blue = data[at + 2];
    const most = red > green ? red : green;
    const value = most > blue ? most : blue;
    counts[places === null ? value : places[value]]++;
  }
}

/**
 * Fills the colour channels of `output` from the same pixels of `input`, where `changed` gives the unrounded number for a level of
 * a plane; x and y are the picture's.
 */
export function mapPlanes(
  mode: ColorMode,
  input: Region,
  output: Region,
  changed: (level: number, plane: number, x: number, y: number) => number,
  signal: Signal,
): void {
  const { raster, rectangle } = output;
  const { channels, width, height, depth, data } = raster;
  const colours = colourChannelsOf(raster);
  const top = topOf(depth);
  for (let row = 0; row < height; row++) {
    checkpoint(signal);
    const y = rectangle.y + row;
    const line = (y - input.rectangle.y) * input.raster.width;
    let from = (line + rectangle.x - input.rectangle.x) * channels;
    let at = row * width * channels;
    for (let column = 0; column < width; column++, from += channels, at += channels) {
      const x = rectangle.x + column;
      if (mode === 'perChannel' || colours === 1) {
        for (let c = 0; c < colours; c++)
          data[at + c] = store(changed(input.raster.data[from + c], c, x, y), top);
        continue;
      }
      const value = planeLevel(mode, input.raster, from, 0);
      const result = changed(value, 0, x, y);
      for (let c = 0; c < 3; c++) {
        data[at + c] = store(value === 0 ? result : (input.raster.data[from + c] * result) / value, top);
      }
    }
  }
}
