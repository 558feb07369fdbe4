/**
 * An independent oracle: negative, gamma, box blur and a multiplied second picture, in plain arithmetic, written from the
 * published definitions and sharing no code with the program. It takes decoded 8-bit RGB samples and gives 8-bit RGB samples.
 *
 * Deliberately another method wherever there is one: the blur uses a summed-area table, the program running sums; gamma and
 * blending are evaluated at every sample, the program uses tables and tiles.
 */

const round = (x) => Math.min(255, Math.max(0, Math.floor(x + 0.5 + 2 ** -20)));

/** @param {{width: number, height: number, data: Uint8Array}} picture RGB */
export function negative({ width, height, data }) {
  return { width, height, data: Uint8Array.from(data, (v) => 255 - v) };
}

export function gamma({ width, height, data }, exponent) {
  return { width, height, data: Uint8Array.from(data, (v) => round(255 * (v / 255) ** (1 / exponent))) };
}

/** Mean of the size × size window, edges mirrored with the edge sample repeated; even windows reach further up and left. */
export function boxBlur({ width, height, data }, size) {
  const before = Math.floor(size / 2);
  const mirrored = (i, n) => {
    const j = ((i % (2 * n)) + 2 * n) % (2 * n);
    return j < n ? j : 2 * n - 1 - j;
  };
  const padded = { width: width + size - 1, height: height + size - 1 };
  const result = new Uint8Array(data.length);
  const sums = new Float64Array((padded.width + 1) * (padded.height + 1));
  const row = padded.width + 1;
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < padded.height; y++) {
      const line = mirrored(y - before, height) * width;
      let along = 0;
      for (let x = 0; x < padded.width; x++) {
        along += data[(line + mirrored(x - before, width)) * 3 + channel];
        sums[(y + 1) * row + x + 1] = sums[y * row + x + 1] + along;
      }
    }
    const area = size * size;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const sum =
          sums[(y + size) * row + x + size] -
          sums[y * row + x + size] -
          sums[(y + size) * row + x] +
          sums[y * row + x];
        result[(y * width + x) * 3 + channel] = Math.floor((2 * sum + area) / (2 * area));
      }
    }
  }
  return { width, height, data: result };
}

/** `source` multiplied over the centre of `backdrop` at `opacity`. */
export function multiplyOver(backdrop, source, opacity) {
  const left = Math.floor((backdrop.width - source.width) / 2);
  const top = Math.floor((backdrop.height - source.height) / 2);
  const data = Uint8Array.from(backdrop.data);
  for (let y = 0; y < backdrop.height; y++) {
    for (let x = 0; x < backdrop.width; x++) {
      const sx = x - left;
      const sy = y - top;
      if (sx < 0 || sy < 0 || sx >= source.width || sy >= source.height) continue;
      for (let channel = 0; channel < 3; channel++) {
        const at = (y * backdrop.width + x) * 3 + channel;
        const b = backdrop.data[at] / 255;
        const s = source.data[(sy * source.width + sx) * 3 + channel] / 255;
        data[at] = round(255 * (opacity * (b * s) + (1 - opacity) * b));
      }
    }
  }
  return { width: backdrop.width, height: backdrop.height, data };
}
