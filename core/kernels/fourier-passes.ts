/**
 * The passes of a Fourier transform, one a factor of its length (J. W. Cooley, J. W. Tukey 1965; in the order of T. Stockham 1966, which
 * needs no sorting). Four sequences go through at once, side by side: an entry is eight doubles, the real parts of the four, then their imaginary
 * parts, which is a line of the processor's cache. wasm/assembly/fourier.ts does the same to two of them with one instruction, operation by
 * operation, so that both give the same bits.
 *
 * A pass reads entries `i + inner·(j + radix·k)` and writes `i + inner·(k + outer·j)`, for i below `inner`, k below `outer`; the product of the
 * three numbers is the length. What it writes is turned by exp(−2πi·j·i/(radix·inner)), which stand in `turns` from `at`: (radix − 1) pairs
 * for every i.
 */

/** Doubles an entry. */
export const ENTRY = 8;
/** Sequences, and how many doubles behind its real part the imaginary part of one lies. */
export const SEQUENCES = 4;

export interface Pass {
  readonly radix: number;
  readonly inner: number;
  readonly outer: number;
  /** Where its turns begin among those of its transform. */
  readonly at: number;
}

/** The tables of a transform: turns of all passes, and for odd radices their own roots of unity, from `roots(radix)` on. */
export type Turns = Float64Array;

/** Rounded correctly, which the functions of a JavaScript engine need not be. */
const SIN_60 = 0.8660254037844386;
const COS_72 = 0.30901699437494745;
const SIN_72 = 0.9510565162951535;
const COS_144 = -0.8090169943749475;
const SIN_144 = 0.5877852522924731;

/** Stores a number turned by the pair at `turn`. */
function turned(to: Float64Array, at: number, re: number, im: number, turns: Turns, turn: number): void {
  const cos = turns[turn];
  const sin = turns[turn + 1];
  to[at] = re * cos - im * sin;
  to[at + SEQUENCES] = im * cos + re * sin;
}

export function plainPass2(from: Float64Array, to: Float64Array, pass: Pass, turns: Turns): void {
  const { inner, outer, at } = pass;
  const step = inner * ENTRY;
  const stride = step * outer;
  for (let k = 0; k < outer; k++) {
    for (let i = 0; i < inner; i++) {
      const turn = at + 2 * i;
      const source = (i + inner * 2 * k) * ENTRY;
      const target = (i + inner * k) * ENTRY;
      for (let lane = 0; lane < SEQUENCES; lane++) {
        const a = source + lane;
        const b = a + step;
        const c = target + lane;
        to[c] = from[a] + from[b];
        to[c + SEQUENCES] = from[a + SEQUENCES] + from[b + SEQUENCES];
        turned(to, c + stride, from[a] - from[b], from[a + SEQUENCES] - from[b + SEQUENCES], turns, turn);
      }
    }
  }
}

export function plainPass3(from: Float64Array, to: Float64Array, pass: Pass, turns: Turns): void {
  const { inner, outer, at } = pass;
  const step = inner * ENTRY;
  const stride = step * outer;
  for (let k = 0; k < outer; k++) {
    for (let i = 0; i < inner; i++) {
      const turn = at + 4 * i;
      const source = (i + inner * 3 * k) * ENTRY;
      const target = (i + inner * k) * ENTRY;
      for (let lane = 0; lane < SEQUENCES; lane++) {
        const a = source + lane;
        const b = a + step;
        const c = b + step;
        const o = target + lane;
        const sumRe = from[b] + from[c];
        const sumIm = from[b + SEQUENCES] + from[c + SEQUENCES];
        const lessRe = (from[b] - from[c]) * SIN_60;
        const lessIm = (from[b + SEQUENCES] - from[c + SEQUENCES]) * SIN_60;
        const middleRe = from[a] - sumRe * 0.5;
        const middleIm = from[a + SEQUENCES] - sumIm * 0.5;
        to[o] = from[a] + sumRe;
        to[o + SEQUENCES] = from[a + SEQUENCES] + sumIm;
        turned(to, o + stride, middleRe + lessIm, middleIm - lessRe, turns, turn);
        turned(to, o + 2 * stride, middleRe - lessIm, middleIm + lessRe, turns, turn + 2);
      }
    }
  }
}

export function plainPass4(from: Float64Array, to: Float64Array, pass: Pass, turns: Turns): void {
  const { inner, outer, at } = pass;
  const step = inner * ENTRY;
  const stride = step * outer;
  for (let k = 0; k < outer; k++) {
    for (let i = 0; i < inner; i++) {
      const turn = at + 6 * i;
      const source = (i + inner * 4 * k) * ENTRY;
      const target = (i + inner * k) * ENTRY;
      for (let lane = 0; lane < SEQUENCES; lane++) {
        const a = source + lane;
        const b = a + step;
        const c = b + step;
        const d = c + step;
        const o = target + lane;
        const evenRe = from[a] + from[c];
        const evenIm = from[a + SEQUENCES] + from[c + SEQUENCES];
        const oddRe = from[b] + from[d];
        const oddIm = from[b + SEQUENCES] + from[d + SEQUENCES];
        const halfRe = from[a] - from[c];
        const halfIm = from[a + SEQUENCES] - from[c + SEQUENCES];
        const quarterRe = from[b] - from[d];
        const quarterIm = from[b + SEQUENCES] - from[d + SEQUENCES];
        to[o] = evenRe + oddRe;
        to[o + SEQUENCES] = evenIm + oddIm;
        turned(to, o + stride, halfRe + quarterIm, halfIm - quarterRe, turns, turn);
        turned(to, o + 2 * stride, evenRe - oddRe, evenIm - oddIm, turns, turn + 2);
        turned(to, o + 3 * stride, halfRe - quarterIm, halfIm + quarterRe, turns, turn + 4);
      }
    }
  }
}

export function plainPass5(from: Float64Array, to: Float64Array, pass: Pass, turns: Turns): void {
  const { inner, outer, at } = pass;
  const step = inner * ENTRY;
  const stride = step * outer;
  for (let k = 0; k < outer; k++) {
    for (let i = 0; i < inner; i++) {
      const turn = at + 8 * i;
      const source = (i + inner * 5 * k) * ENTRY;
      const target = (i + inner * k) * ENTRY;
      for (let lane = 0; lane < SEQUENCES; lane++) {
        const a = source + lane;
        const b = a + step;
        const c = b + step;
        const d = c + step;
        const e = d + step;
        const o = target + lane;
        const re = from[a];
        const im = from[a + SEQUENCES];
        const nearRe = from[b] + from[e];
        const nearIm = from[b + SEQUENCES] + from[e + SEQUENCES];
        const farRe = from[c] + from[d];
        const farIm = from[c + SEQUENCES] + from[d + SEQUENCES];
        const acrossRe = from[b] - from[e];
        const acrossIm = from[b + SEQUENCES] - from[e + SEQUENCES];
        const beyondRe = from[c] - from[d];
        const beyondIm = from[c + SEQUENCES] - from[d + SEQUENCES];
        to[o] = re + nearRe + farRe;
        to[o + SEQUENCES] = im + nearIm + farIm;
        const oneRe = re + nearRe * COS_72 + farRe * COS_144;
        const oneIm = im + nearIm * COS_72 + farIm * COS_144;
        const twoRe = re + nearRe * COS_144 + farRe * COS_72;
        const twoIm = im + nearIm * COS_144 + farIm * COS_72;
        const oneX = acrossRe * SIN_72 + beyondRe * SIN_144;
        const oneY = acrossIm * SIN_72 + beyondIm * SIN_144;
        const twoX = acrossRe * SIN_144 - beyondRe * SIN_72;
        const twoY = acrossIm * SIN_144 - beyondIm * SIN_72;
        turned(to, o + stride, oneRe + oneY, oneIm - oneX, turns, turn);
        turned(to, o + 2 * stride, twoRe + twoY, twoIm - twoX, turns, turn + 2);
        turned(to, o + 3 * stride, twoRe - twoY, twoIm + twoX, turns, turn + 4);
        turned(to, o + 4 * stride, oneRe - oneY, oneIm + oneX, turns, turn + 6);
      }
    }
  }
}

/** Any odd radix, by the definition: sums and differences of opposite entries times the roots of unity of `radix`, from `roots` on. */
export function plainPassOdd(
  from: Float64Array,
  to: Float64Array,
  { radix, inner, outer, at }: Pass,
  turns: Turns,
  roots: number,
): void {
  const step = inner * ENTRY;
  const stride = step * outer;
  const half = (radix - 1) / 2;
  for (let k = 0; k < outer; k++) {
    for (let i = 0; i < inner; i++) {
      const turn = at + 2 * (radix - 1) * i;
      for (let lane = 0; lane < SEQUENCES; lane++) {
        const first = (i + inner * radix * k) * ENTRY + lane;
        const target = (i + inner * k) * ENTRY + lane;
        let re = from[first];
        let im = from[first + SEQUENCES];
        for (let j = 1; j < radix; j++) {
          re += from[first + j * step];
          im += from[first + j * step + SEQUENCES];
        }
        to[target] = re;
        to[target + SEQUENCES] = im;
        for (let q = 1; q <= half; q++) {
          let evenRe = from[first];
          let evenIm = from[first + SEQUENCES];
          let oddRe = 0;
          let oddIm = 0;
          for (let j = 1, power = q; j <= half; j++) {
            const near = first + j * step;
            const far = first + (radix - j) * step;
            const cos = turns[roots + 2 * power];
            const sin = turns[roots + 2 * power + 1];
            evenRe += (from[near] + from[far]) * cos;
            evenIm += (from[near + SEQUENCES] + from[far + SEQUENCES]) * cos;
            oddRe += (from[near] - from[far]) * sin;
            oddIm += (from[near + SEQUENCES] - from[far + SEQUENCES]) * sin;
            power += q;
            if (power >= radix) power -= radix;
          }
          turned(to, target + q * stride, evenRe - oddIm, evenIm + oddRe, turns, turn + 2 * (q - 1));
          const other = radix - q;
          turned(to, target + other * stride, evenRe + oddIm, evenIm - oddRe, turns, turn + 2 * (other - 1));
        }
      }
    }
  }
}
