/** A spectrum as pixels to be drawn: RGBA, from black for the weakest frequency to white for the strongest. */
export function spectrumPixels(logarithms: readonly number[]): Uint8ClampedArray {
  let [least, most] = [Infinity, -Infinity];
  for (const value of logarithms) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const span = most - least || 1;
  const pixels = new Uint8ClampedArray(logarithms.length * 4).fill(255);
  logarithms.forEach((value, at) => pixels.fill((255 * (value - least)) / span, at * 4, at * 4 + 3));
  return pixels;
}
