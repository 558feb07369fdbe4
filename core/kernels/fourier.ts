/**
 * The discrete Fourier transform of any length in double precision: factor by factor, or, where a factor is a large prime, as a convolution
 * with a chirp (L. Bluestein 1970), which is done by transforms of a length without one. Four sequences are transformed at once, laid side
 * by side as fourier-passes.ts says; of real lines each of them carries two (real-lines.ts).
 */

import { withScratch } from '../raster/scratch';
import { convolutionLength, radicesOf, rootsOfUnity } from './fourier-lengths';
import {
  ENTRY,
  plainPass2,
  plainPass3,
  plainPass4,
  plainPass5,
  plainPassOdd,
  SEQUENCES,
  type Pass,
} from './fourier-passes';
import { fastKernels, type FastKernels } from './wasm/fast-kernels';

/** Memory for transforms of one length, for as long as it is lent. */
export interface Lines {
  /** Entries to be transformed, as many as the length; whoever has the lines writes them. Contents unknown. */
  readonly input: Float64Array;
  /**
   * Transforms what `input` holds, X[k] = Σ x[n]·exp(−2πi·kn/N), and answers where the entries of the result lie, which may be `input` or not.
   * Written to `input` in the order 0, N − 1, N − 2 … 1, what is transformed gives N times the inverse.
   */
  transform(): Float64Array;
}

/** A transform of one length: its tables, computed once. */
export interface Transform {
  readonly length: number;
  /** Lends memory for it; calls may not nest. */
  withLines<T>(use: (lines: Lines) => T): T;
}

/** For `length` ≥ 1 entries. */
export function transformOf(length: number): Transform {
  const size = convolutionLength(length);
  return size === null ? direct(length) : convolved(length, size);
}

/** The passes of a length with their turns one after the other, and the roots of unity of its odd radices. */
interface Passes {
  readonly passes: readonly Pass[];
  readonly turns: Float64Array;
  /** Where the roots of an odd radix begin. */
  readonly roots: ReadonlyMap<number, number>;
}

function passesOf(length: number): Passes {
  const unity = rootsOfUnity(length);
  const passes: Pass[] = [];
  const turns: number[] = [];
  let outer = 1;
  for (const radix of radicesOf(length)) {
    const inner = length / outer / radix;
    passes.push({ radix, inner, outer, at: turns.length });
    for (let i = 0; i < inner; i++) {
      for (let j = 1; j < radix; j++) {
        const k = j * i * outer;
        turns.push(unity[2 * k], unity[2 * k + 1]);
      }
    }
    outer *= radix;
  }
  const roots = new Map<number, number>();
  for (const radix of new Set(passes.map((pass) => pass.radix).filter((prime) => prime > 5))) {
    roots.set(radix, turns.length);
    turns.push(...rootsOfUnity(radix));
  }
  return { passes, turns: Float64Array.from(turns), roots };
}

function direct(length: number): Transform {
  const made = passesOf(length);
  return {
    length,
    withLines: (use) =>
      withPasses(made, length, (input, other, run) => use({ input, transform: () => run(input, other) })),
  };
}

/** Carries passes out, beginning at the first memory; answers which of both holds the result. */
type Run = (first: Float64Array, second: Float64Array) => Float64Array;

/** Lends two memories of `length` entries and what carries the passes out, on the fast kernels where both lie in their memory. */
function withPasses<T>(
  made: Passes,
  length: number,
  use: (first: Float64Array, second: Float64Array, run: Run) => T,
): T {
  const count = length * ENTRY;
  return withScratch((2 * count + made.turns.length) * 8, ({ buffer, byteOffset }) => {
    const part = (start: number, size: number): Float64Array =>
      new Float64Array(buffer, byteOffset + start * 8, size);
    const [first, second] = [part(0, count), part(count, count)];
    const turns = part(2 * count, made.turns.length);
    turns.set(made.turns);
    const fast = fastKernels();
    const run =
      fast !== null && fast.addressOf(first) >= 0 ? fastRun(fast, made, turns) : plainRun(made, turns);
    return use(first, second, run);
  });
}

function plainRun({ passes, roots }: Passes, turns: Float64Array): Run {
  return (first, second) => {
    let [from, to] = [first, second];
    for (const pass of passes) {
      if (pass.radix === 4) plainPass4(from, to, pass, turns);
      else if (pass.radix === 2) plainPass2(from, to, pass, turns);
      else if (pass.radix === 3) plainPass3(from, to, pass, turns);
      else if (pass.radix === 5) plainPass5(from, to, pass, turns);
      else plainPassOdd(from, to, pass, turns, roots.get(pass.radix) ?? 0);
      [from, to] = [to, from];
    }
    return from;
  };
}

function fastRun(fast: FastKernels, { passes, roots }: Passes, turns: Float64Array): Run {
  const table = fast.addressOf(turns);
  return (first, second) => {
    let [from, to] = [first, second];
    for (const { radix, inner, outer, at } of passes) {
      const [source, target] = [fast.addressOf(from), fast.addressOf(to)];
      const own = table + at * 8;
      if (radix === 4) fast.fourierPass4(source, target, inner, outer, own);
      else if (radix === 2) fast.fourierPass2(source, target, inner, outer, own);
      else if (radix === 3) fast.fourierPass3(source, target, inner, outer, own);
      else if (radix === 5) fast.fourierPass5(source, target, inner, outer, own);
      else fast.fourierPassOdd(source, target, radix, inner, outer, own, table + (roots.get(radix) ?? 0) * 8);
      [from, to] = [to, from];
    }
    return from;
  };
}

/** exp(−iπ·k²/n) for k below n: real parts, imaginary parts. */
function chirpOf(n: number): Float64Array {
  const unity = rootsOfUnity(2 * n);
  const chirp = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) {
    // Modulo 2n, so that the angle stays small and exact.
    const turn = (k * k) % (2 * n);
    chirp[2 * k] = unity[2 * turn];
    chirp[2 * k + 1] = unity[2 * turn + 1];
  }
  return chirp;
}

function convolved(length: number, size: number): Transform {
  const made = passesOf(size);
  const chirp = chirpOf(length);
  // The transform of the chirp that sequences are convolved with, by the size, so that nothing need be divided later.
  const spectrum = withPasses(made, size, (first, second, run) => {
    first.fill(0);
    for (let k = 0; k < length; k++) {
      for (const at of [k, (size - k) % size]) {
        first[at * ENTRY] = chirp[2 * k] / size;
        first[at * ENTRY + SEQUENCES] = -chirp[2 * k + 1] / size;
      }
    }
    const result = run(first, second);
    const found = new Float64Array(2 * size);
    for (let k = 0; k < size; k++) {
      found[2 * k] = result[k * ENTRY];
      found[2 * k + 1] = result[k * ENTRY + SEQUENCES];
    }
    return found;
  });
  return {
    length,
    withLines: (use) =>
      withPasses(made, size, (first, second, run) => {
        const transform = (): Float64Array => {
          multiply(first, first, chirp, length);
          first.fill(0, length * ENTRY);
          const found = run(first, second);
          // In reverse order, so that the second transform is the inverse one.
          const other = found === first ? second : first;
          multiplyReversed(found, other, spectrum, size);
          const result = run(other, found);
          multiply(result, first, chirp, length);
          return first;
        };
        return use({ input: first, transform });
      }),
  };
}

/** Multiplies `count` entries by a complex number each; source and target may be the same. */
function multiply(from: Float64Array, to: Float64Array, factors: Float64Array, count: number): void {
  for (let k = 0; k < count; k++) {
    const re = factors[2 * k];
    const im = factors[2 * k + 1];
    for (let at = k * ENTRY; at < k * ENTRY + SEQUENCES; at++) {
      const a = from[at];
      const b = from[at + SEQUENCES];
      to[at] = a * re - b * im;
      to[at + SEQUENCES] = b * re + a * im;
    }
  }
}

/** The same to the order 0, N − 1 … 1, into other memory. */
function multiplyReversed(from: Float64Array, to: Float64Array, factors: Float64Array, count: number): void {
  for (let k = 0; k < count; k++) {
    const re = factors[2 * k];
    const im = factors[2 * k + 1];
    const target = ((count - k) % count) * ENTRY;
    for (let lane = 0; lane < SEQUENCES; lane++) {
      const a = from[k * ENTRY + lane];
      const b = from[k * ENTRY + SEQUENCES + lane];
      to[target + lane] = a * re - b * im;
      to[target + SEQUENCES + lane] = b * re + a * im;
    }
  }
}
