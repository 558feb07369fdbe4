/**
 * What a weighted sum does to waves: a wave of u cycles a pixel across and v down comes out as the same wave, |H(u, v)| times as high,
 *
 *     H(u, v) = 1/D · Σ w(dx, dy) · e^(2πi(u·dx + v·dy)),
 *
 * with the weights as they lie on the picture, counted from the window's centre, and D the divisor. Turning the kernel by 180° makes
 * H its conjugate, so |H| is the same for convolution and correlation. It holds before the offset, the rounding and the clamping, and
 * before a stride leaves results out.
 */

import type { Matrix } from '../operation/parameter';

/** A kernel as it lies on the picture. */
export interface LyingKernel {
  readonly matrix: Matrix;
  readonly divisor: number;
}

/** A complex number. */
interface Complex {
  readonly re: number;
  readonly im: number;
}

/** H at one frequency, in cycles a pixel. */
export function responseAt({ matrix, divisor }: LyingKernel, u: number, v: number): Complex {
  const left = Math.floor(matrix[0].length / 2);
  const top = Math.floor(matrix.length / 2);
  let re = 0;
  let im = 0;
  matrix.forEach((row, y) =>
    row.forEach((weight, x) => {
      const phase = 2 * Math.PI * (u * (x - left) + v * (y - top));
      re += weight * Math.cos(phase);
      im += weight * Math.sin(phase);
    }),
  );
  return { re: re / divisor, im: im / divisor };
}

/** |H| at one frequency. */
export function gainAt(kernel: LyingKernel, u: number, v: number): number {
  const { re, im } = responseAt(kernel, u, v);
  return Math.hypot(re, im);
}

/** Every frequency that a picture can hold is in −½ … ½ cycles a pixel: so many of them, evenly, both ends included. */
export function frequencies(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, at) => at / (count - 1) - 0.5);
}

/**
 * |H| for `count` × `count` frequencies, row by row: v from −½ in the first row to ½ in the last, u likewise from left to right. The sum
 * over the columns of a row is made once for each u, so it takes rows · columns · count + rows · count² steps.
 */
export function frequencyResponse({ matrix, divisor }: LyingKernel, count: number): Float64Array {
  const rows = matrix.length;
  const across = waves(matrix[0].length, count);
  const down = waves(rows, count);
  const re = new Float64Array(rows * count);
  const im = new Float64Array(rows * count);
  matrix.forEach((row, y) =>
    row.forEach((weight, x) => {
      for (let at = 0; at < count; at++) {
        re[y * count + at] += weight * across.cosines[x * count + at];
        im[y * count + at] += weight * across.sines[x * count + at];
      }
    }),
  );
  const gains = new Float64Array(count * count);
  for (let j = 0; j < count; j++) {
    for (let i = 0; i < count; i++) {
      let [real, imaginary] = [0, 0];
      for (let y = 0; y < rows; y++) {
        const [cosine, sine] = [down.cosines[y * count + j], down.sines[y * count + j]];
        real += re[y * count + i] * cosine - im[y * count + i] * sine;
        imaginary += re[y * count + i] * sine + im[y * count + i] * cosine;
      }
      gains[j * count + i] = Math.hypot(real, imaginary) / Math.abs(divisor);
    }
  }
  return gains;
}

/** The waves at each place of a window of so many, counted from its centre, for each frequency. */
function waves(
  length: number,
  count: number,
): { readonly cosines: Float64Array; readonly sines: Float64Array } {
  const all = frequencies(count);
  const phases = Float64Array.from({ length: length * count }, (_, at) => {
    const place = Math.floor(at / count) - Math.floor(length / 2);
    return 2 * Math.PI * place * all[at % count];
  });
  return { cosines: phases.map((phase) => Math.cos(phase)), sines: phases.map((phase) => Math.sin(phase)) };
}
