/**
 * A spectrum as pixels to be drawn: RGBA by ln(1 + |F|), from black for the weakest cell to white. White are zero frequency, which is far above
 * all others, and the strongest thousandth of the rest: a picture's lowest frequencies are so strong that everything else would be dark beside them.
 */

import type { SpectrumView } from '../../../core/derive/spectrum-view';

/** Share of the cells beside zero that are not white for their strength. */
const BELOW_WHITE = 0.999;

export function spectrumPixels({
  width,
  height,
  magnitudes,
}: Pick<SpectrumView, 'width' | 'height' | 'magnitudes'>): Uint8ClampedArray {
  const logarithms = Float64Array.from(magnitudes, Math.log1p);
  const zero = (height >> 1) * width + (width >> 1);
  const others = logarithms.filter((_, at) => at !== zero).sort();
  const least = others.length > 0 ? Math.min(others[0], logarithms[zero]) : 0;
  const most = others.length > 0 ? others[Math.ceil(others.length * BELOW_WHITE) - 1] : logarithms[zero];
  const span = most - least > 0 ? most - least : 1;
  const pixels = new Uint8ClampedArray(magnitudes.length * 4).fill(255);
  logarithms.forEach((value, at) => pixels.fill((255 * (value - least)) / span, at * 4, at * 4 + 3));
  return pixels;
}
