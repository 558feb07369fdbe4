/** A bit plane as pixels to be drawn: RGBA, white where the bit is set, black where it is not. */
export function planePixels(levels: readonly number[], plane: number): Uint8ClampedArray {
  const pixels = new Uint8ClampedArray(levels.length * 4).fill(255);
  levels.forEach((level, at) => {
    if (((level >> plane) & 1) === 0) pixels.fill(0, at * 4, at * 4 + 3);
  });
  return pixels;
}
