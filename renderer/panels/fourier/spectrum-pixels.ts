/**
 * A spectrum as pixels to be drawn: RGBA by ln(1 + |F|), from black for the weakest cell to white for the strongest beside zero frequency, which is
 * far above all others and white in any case.
 */

import type { SpectrumView } from '../../../core/derive/spectrum-view';

export function spectrumPixels({
  width,
  height,
  magnitudes,
}: Pick<SpectrumView, 'width' | 'height' | 'magnitudes'>): Uint8ClampedArray {
  const zero = (height >> 1) * width + (width >> 1);
  let [least, most] = [Infinity, 0];
  const logarithms = magnitudes.map((value, at) => {
    const logarithm = Math.log1p(value);
    if (logarithm < least) least = logarithm;
    if (at !== zero && logarithm > most) most = logarithm;
    return logarithm;
  });
  const span = most - least > 0 ? most - least : 1;
  const pixels = new Uint8ClampedArray(magnitudes.length * 4).fill(255);
  logarithms.forEach((value, at) => pixels.fill((255 * (value - least)) / span, at * 4, at * 4 + 3));
  return pixels;
}
