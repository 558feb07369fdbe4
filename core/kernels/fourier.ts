/**
 * The discrete Fourier transform of any length in double precision. Powers of two by halving (J. W. Cooley and J. W. Tukey 1965);
 * other lengths are a convolution with a chirp (L. Bluestein 1970), which is done by transforms of a power of two.
 */

export interface Transform {
  readonly length: number;
  /** Replaces (re + i·im)[n] by Σ x[n]·exp(−2πi·kn/N). */
  forward(re: Float64Array, im: Float64Array): void;
  /** The inverse, divided by N. */
  inverse(re: Float64Array, im: Float64Array): void;
}

/** cos and sin of 2π·k/n for k below `count`. */
function circle(count: number, n: number): { readonly cos: Float64Array; readonly sin: Float64Array } {
  const cos = new Float64Array(count);
  const sin = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    cos[k] = Math.cos((2 * Math.PI * k) / n);
    sin[k] = Math.sin((2 * Math.PI * k) / n);
  }
  return { cos, sin };
}

function reverseBits(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    const r = re[i];
    re[i] = re[j];
    re[j] = r;
    const m = im[i];
    im[i] = im[j];
    im[j] = m;
  }
}

function powerOfTwo(n: number): (re: Float64Array, im: Float64Array) => void {
  const { cos, sin } = circle(n >> 1, n);
  return (re, im) => {
    reverseBits(re, im);
    for (let half = 1; half < n; half *= 2) {
      const step = n / (2 * half);
      for (let start = 0; start < n; start += 2 * half) {
        for (let k = 0; k < half; k++) {
          const a = start + k;
          const b = a + half;
          const c = cos[k * step];
          const s = sin[k * step];
          const real = re[b] * c + im[b] * s;
          const imaginary = im[b] * c - re[b] * s;
          re[b] = re[a] - real;
          im[b] = im[a] - imaginary;
          re[a] += real;
          im[a] += imaginary;
        }
      }
    }
  };
}

function chirped(n: number): (re: Float64Array, im: Float64Array) => void {
  let size = 1;
  while (size < 2 * n - 1) size *= 2;
  const transform = powerOfTwo(size);
  // exp(iπ·k²/n), with k² taken modulo 2n so that the angle stays small and exact.
  const full = circle(2 * n, 2 * n);
  const cos = new Float64Array(n);
  const sin = new Float64Array(n);
  const chirpRe = new Float64Array(size);
  const chirpIm = new Float64Array(size);
  for (let k = 0; k < n; k++) {
    const angle = (k * k) % (2 * n);
    cos[k] = full.cos[angle];
    sin[k] = full.sin[angle];
    chirpRe[k] = cos[k];
    chirpIm[k] = sin[k];
    if (k > 0) {
      chirpRe[size - k] = cos[k];
      chirpIm[size - k] = sin[k];
    }
  }
  transform(chirpRe, chirpIm);
  const workRe = new Float64Array(size);
  const workIm = new Float64Array(size);
  return (re, im) => {
    workRe.fill(0);
    workIm.fill(0);
    for (let k = 0; k < n; k++) {
      workRe[k] = re[k] * cos[k] + im[k] * sin[k];
      workIm[k] = im[k] * cos[k] - re[k] * sin[k];
    }
    transform(workRe, workIm);
    for (let k = 0; k < size; k++) {
      const real = workRe[k] * chirpRe[k] - workIm[k] * chirpIm[k];
      // Conjugated, so that a second forward transform is the inverse one.
      workIm[k] = -(workRe[k] * chirpIm[k] + workIm[k] * chirpRe[k]);
      workRe[k] = real;
    }
    transform(workRe, workIm);
    for (let k = 0; k < n; k++) {
      const real = workRe[k] / size;
      const imaginary = -workIm[k] / size;
      re[k] = real * cos[k] + imaginary * sin[k];
      im[k] = imaginary * cos[k] - real * sin[k];
    }
  };
}

/** Tables for transforms of `length` ≥ 1 numbers; not to be used by two callers at once. */
export function transformOf(length: number): Transform {
  const isPower = Number.isInteger(Math.log2(length));
  const forward = isPower ? powerOfTwo(length) : chirped(length);
  return {
    length,
    forward,
    inverse: (re, im) => {
      // Real and imaginary parts exchanged, the forward transform is the inverse one.
      forward(im, re);
      for (let i = 0; i < length; i++) {
        re[i] /= length;
        im[i] /= length;
      }
    },
  };
}

export interface CosineTransform {
  /** Replaces x[n] by Σ x[n]·cos(π·k·(2n + 1)/(2N)), a type-II cosine transform. */
  forward(x: Float64Array): void;
  /** The inverse. */
  inverse(x: Float64Array): void;
}

/** By a Fourier transform of the same length (J. Makhoul 1980): even entries, then the odd ones backward. */
export function cosineTransformOf(length: number): CosineTransform {
  const transform = transformOf(length);
  const re = new Float64Array(length);
  const im = new Float64Array(length);
  const { cos, sin } = circle(length, 4 * length);
  const place = (n: number): number => (n % 2 === 0 ? n / 2 : length - (n + 1) / 2);
  return {
    forward: (x) => {
      for (let n = 0; n < length; n++) re[place(n)] = x[n];
      im.fill(0);
      transform.forward(re, im);
      for (let k = 0; k < length; k++) x[k] = re[k] * cos[k] + im[k] * sin[k];
    },
    inverse: (x) => {
      for (let k = 0; k < length; k++) {
        const mirrored = k === 0 ? 0 : x[length - k];
        re[k] = x[k] * cos[k] + mirrored * sin[k];
        im[k] = x[k] * sin[k] - mirrored * cos[k];
      }
      transform.inverse(re, im);
      for (let n = 0; n < length; n++) x[n] = re[place(n)];
    },
  };
}
