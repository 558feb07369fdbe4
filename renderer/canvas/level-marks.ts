/** Which pixels of a frame have levels in a range, painted over it. Pure. */

import { spansIn } from '../../core/kernels/selected';
import { luma } from '../../core/raster/luma';
import { scaleOf, type Depth } from '../../core/raster/raster';
import type { Rectangle } from '../../core/raster/rectangle';
import { store } from '../../core/raster/rounding';
import type { SelectedArea } from '../../core/raster/selection';

export interface MarkedLevels {
  /** Stored levels, both included. */
  readonly from: number;
  readonly to: number;
  readonly depth: Depth;
  /** A pixel is marked where one of them is in the range. */
  readonly channels: readonly ('R' | 'G' | 'B' | 'Grey' | 'Luma' | 'A')[];
  /** Of which pixels; null: of all. */
  readonly area: SelectedArea | null;
}

/** The accent of the dark theme, nearly opaque: it lies on the picture, which no theme changes. */
const MARK = [232, 151, 82, 230] as const;
const VEIL = [0, 0, 0, 140] as const;

/**
 * Makes of a frame's samples (RGBA, 8 bit, 4 a pixel) the marks on it: an opaque colour on pixels in the range, a veil on all others.
 * Returns how many are marked.
 */
export function markLevels(
  samples: Uint8ClampedArray,
  { from, to, depth, channels }: Omit<MarkedLevels, 'area'>,
): number {
  const scale = scaleOf(depth);
  const [low, high] = [from / scale, to / scale];
  const places = channels.flatMap((name) => (name === 'Luma' ? [] : [Math.max(0, 'RGBA'.indexOf(name))]));
  const byLuma = channels.includes('Luma');
  let marked = 0;
  for (let at = 0; at < samples.length; at += 4) {
    let inside = false;
    for (const place of places) {
      const level = samples[at + place];
      inside ||= level >= low && level <= high;
    }
    if (byLuma && !inside) {
      const level = store(luma(samples[at], samples[at + 1], samples[at + 2]), 255);
      inside = level >= low && level <= high;
    }
    if (inside) marked++;
    samples.set(inside ? MARK : VEIL, at);
  }
  return marked;
}

/**
 * Takes marks and veil off what is not selected. The samples are those of a frame's region, in pixels of its level; a pixel of a reduced
 * frame is taken for the one in its middle.
 */
export function clearUnselected(
  samples: Uint8ClampedArray,
  { region, level }: { readonly region: Rectangle; readonly level: number },
  area: SelectedArea,
): void {
  const { x, y, width, height } = region;
  const spanOf = spansIn(area);
  const scale = 2 ** level;
  const pixel = (place: number): number => Math.floor((place + 0.5) * scale);
  /** A pixel at once. */
  const whole = new Uint32Array(samples.buffer, samples.byteOffset, width * height);
  for (let row = 0; row < height; row++) {
    const { from, to } = spanOf(pixel(y + row));
    for (let column = 0; column < width; column++) {
      const at = pixel(x + column);
      const isInside = at >= from && at < to;
      if (isInside === area.inverted) whole[row * width + column] = 0;
    }
  }
}
