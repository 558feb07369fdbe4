/**
 * Gaussian means at 8 bit in whole numbers of 16 bits, two output rows at a time (wasm/assembly/gaussian-pairs.ts). What their error leaves in
 * doubt, some 1 % of the samples, is computed again more precisely, in up to four steps (wasm/assembly/gaussian-doubts.ts).
 * How far a mean can be off says gaussian-pair-plan.ts.
 */

import { withRealMeans, wordsOf, mostOneByOne, settler, levelsAt, write, STRIP } from './gaussian-definition';
import { boundsFor, type Task } from './gaussian-definition';
import { BLOCK, GROUP, pairLayout, pixelTurns } from './gaussian-layout';
import type { MeanMix } from './mean-mix';
import { planFor, TYPICAL } from './gaussian-pair-plan';
import { TURN, turnTable } from './gaussian-pair-weights';
import { wholeWeights } from './gaussian-weights';
import { inBands } from './wasm/in-bands';
import { fill, withParts, type Part } from './wasm/with-parts';

/** For narrower windows the same work in single precision (gaussian-fast.ts) is no more. */
const NARROWEST = 8;
/** Wider windows do not fit the processor's cache as pairs of rows, and exact columns would be wanted nearly everywhere. */
const WIDEST = 40;
/** Where more than this is in doubt on either side of an edge, in levels, computing again costs more than is saved. */
const MOST_DOUBT = 0.03;
/** Bytes of woven rows. */
const CACHE = 2 ** 18;
/** A band has to be high for its window, whose rows are put together anew for it: this is 5 ms of work. */
const BAND = 2 ** 21;

/** What a bound on the mean is to the mix, as base + slope · R. */
function boundOf(
  mix: MeanMix,
  error: number,
  slope: number,
): { readonly base: number; readonly slope: number } {
  const base = boundsFor(mix, error, 0).bound;
  return { base, slope: boundsFor(mix, error + slope, 0).bound - base };
}

/** Samples of a row that are computed at a time, so that the pairs of rows of their windows stay in the processor's second cache. */
function stripFor(pairs: number): number {
  return Math.floor(Math.min(4080, CACHE / (4 * pairs)) / GROUP) * GROUP;
}

/** Says whether it could. */
export function mixInPairs(task: Task): boolean {
  const { fast, input, output, weights, mix, signal } = task;
  const radius = (weights.length - 1) / 2;
  const plan = radius < NARROWEST || radius > WIDEST ? null : planFor(weights);
  if (plan === null) return false;
  const whole = wholeWeights(weights);
  const coarse = boundOf(mix, plan.error, (plan.down.error + plan.across.error) / 2);
  if (coarse.base + coarse.slope * TYPICAL > MOST_DOUBT) return false;
  const fine = boundOf(mix, plan.wideError + whole.singleError, plan.down.error / 2);
  const { exactBound } = boundsFor(mix, 0, whole.error);
  // In doubles the base is less; what the levels' contrast adds is the same.
  const surer = fine.base - boundsFor(mix, 0, plan.doubleError).exactBound;
  const { kind, amount, least } = wordsOf(mix);
  const { channels } = output;
  const { down, across } = plan;
  const pairs = radius + 1;
  const halo = 2 * radius * channels;
  const row = output.width * channels;
  const line = input.width * channels;
  const strip = Math.min(stripFor(pairs), Math.ceil(row / GROUP) * GROUP);
  const columns = Math.ceil((strip + halo) / GROUP) * GROUP + GROUP;
  const pitch = Math.ceil((columns + 16) / 16) * 64;
  const groups = strip / GROUP;
  const blocks = Math.ceil((strip + halo) / BLOCK);
  // Extremes are kept of four rows at a time, as many as a window and a pair reach into.
  const fours = (pairs >> 1) + 1;
  const most = mostOneByOne(weights);
  const rooms = [
    ...[
      pairs * pitch,
      columns * 4,
      columns * 4,
      columns * 2,
      columns * 2,
      columns * 2,
      columns * 4,
      columns * 4,
    ],
    ...[columns * 4, columns / 16 + 1, (strip + GROUP) * 4, pairs * TURN, 12, pairs * TURN, 12, 240],
    ...[whole.pairs.byteLength, pairs * 8, pairs * 4, groups * 4, pairs * 8],
    ...[64, fours * blocks * 32, blocks * 32, groups * 4, groups * 4],
  ];
  return withParts(fast, rooms, (parts) => {
    const [woven, wideEven, wideOdd, narrowEven, narrowOdd, paired, high, low] = parts;
    const [scratch, done, listPart, downTurns, downEnds, acrossTurns, acrossEnds, layout] = parts.slice(8);
    const [wholePart, exactTaps, singleTaps, doubts, doubleTaps] = parts.slice(16);
    const [turnsPart, extremes, contrasts, coarsePart, finePart] = parts.slice(21);
    // Down the columns pairs lie in a ring, and the kernel says where each is.
    fill(
      downTurns,
      turnTable(down, () => 0),
    );
    fill(
      acrossTurns,
      turnTable(across, (pair) => pair * channels * 4),
    );
    fill(
      downEnds,
      Int32Array.from(down.ends, (end) => downTurns.address + end * TURN),
    );
    fill(
      acrossEnds,
      Int32Array.from(across.ends, (end) => acrossTurns.address + end * TURN),
    );
    fill(layout, pairLayout(channels));
    fill(turnsPart, pixelTurns(channels));
    fill(wholePart, whole.pairs);
    const outward = weights.subarray(radius);
    fill(
      exactTaps,
      outward.map((weight) => weight * 2 ** (whole.bits - whole.exponent)),
    );
    fill(singleTaps, Float32Array.from(outward));
    fill(doubleTaps, outward);
    // What is taken away, and half of what is cut off when the sums are stored in 16 bits.
    const rests = down.sums.map((sum) => Math.round(-127.5 * sum) + 128);
    const list = new Int32Array(listPart.buffer, listPart.byteOffset, strip + GROUP);
    const settle = settler(task);
    return withRealMeans(task, (meansFrom) => {
      const source = { data: input.data, line, reach: 2 * radius };
      const target = { data: output.data, line: row, overwritten: true };
      const work = (y: number, rows: number, into: number, from: number): void => {
        const lines = rows + 2 * radius;
        for (let x = 0; x < row; x += strip) {
          const count = Math.min(strip, row - x);
          const upperOf = (pair: number): number => from + 2 * pair * line + x;
          const lowerOf = (pair: number): number => upperOf(pair) + (2 * pair + 1 < lines ? line : 0);
          /** Puts pair `pair` of the band's rows in its place of the ring. */
          const weave = (pair: number): void => {
            const slot = woven.address + (pair % pairs) * pitch;
            fast.gaussianWeave8(upperOf(pair), lowerOf(pair), count + halo, slot);
          };
          const lookAt = (pair: number): void => {
            const at = extremes.address + ((pair >> 1) % fours) * blocks * 32;
            fast.gaussianExtremes8(upperOf(pair), lowerOf(pair), count + halo, at, pair % 2 === 0 ? 0 : 1);
          };
          for (let pair = 0; pair < radius; pair++) {
            weave(pair);
            lookAt(pair);
          }
          for (let i = 0; i < rows; i += 2) {
            const last = i / 2 + radius;
            weave(last);
            fast.gaussianColumnPairs8(
              woven.address,
              pitch,
              (i / 2) % pairs,
              pairs,
              count + halo,
              downTurns.address,
              downEnds.address,
              down.ends.length,
              rests[0],
              rests[1],
              wideEven.address,
              wideOdd.address,
              narrowEven.address,
              narrowOdd.address,
            );
            if (i % 4 === 0) {
              // For four rows at a time.
              const furthest = 2 * last + 2 < lines ? last + 1 : last;
              for (let pair = last; pair <= furthest; pair++) lookAt(pair);
              fast.gaussianBounds8(
                extremes.address,
                blocks * 32,
                Math.min(fours, (furthest >> 1) + 1),
                Math.ceil((count + halo) / BLOCK),
                turnsPart.address,
                Math.ceil(count / GROUP),
                halo,
                coarse.base,
                coarse.slope,
                fine.base,
                fine.slope,
                contrasts.address,
                coarsePart.address,
                finePart.address,
              );
            }
            alongRow(i, narrowEven, wideEven, down.sums[0]);
            if (i + 1 < rows) alongRow(i + 1, narrowOdd, wideOdd, down.sums[1]);
          }

          function alongRow(at: number, narrow: Part, wide: Part, sum: number): void {
            const levels = from + (at + radius) * line + x + radius * channels;
            const written = into + at * row + x;
            fast.gaussianPairs8(
              narrow.address,
              count + halo + GROUP,
              channels,
              layout.address,
              paired.address,
            );
            fast.gaussianRowPairs8(
              paired.address,
              count,
              acrossTurns.address,
              acrossEnds.address,
              across.ends.length,
              256 / sum / across.sums[0],
              256 / sum / across.sums[1],
              layout.address,
              levels,
              written,
              kind,
              amount,
              least,
              coarsePart.address,
              doubts.address,
            );
            let found = fast.gaussianSingles8(
              doubts.address,
              count,
              listPart.address,
              wide.address,
              singleTaps.address,
              1 / sum,
              127.5 - 128 / sum,
              radius,
              channels,
              levels,
              written,
              kind,
              amount,
              least,
              finePart.address,
            );
            if (found === 0) return;
            found = fast.gaussianDoubles8(
              listPart.address,
              found,
              wide.address,
              doubleTaps.address,
              1 / sum,
              127.5 - 128 / sum,
              radius,
              channels,
              levels,
              written,
              kind,
              amount,
              least,
              finePart.address,
              surer,
            );
            if (found === 0) return;
            found = fast.gaussianExact8(
              listPart.address,
              found,
              from + (at + radius) * line + x,
              line,
              count + halo,
              wholePart.address,
              radius,
              high.address,
              low.address,
              scratch.address,
              done.address,
              exactTaps.address,
              2 ** -whole.bits,
              channels,
              levels,
              written,
              kind,
              amount,
              least,
              exactBound,
              most,
            );
            if (found === 0) return;
            const stored = levelsAt(task, scratch, into, y, at * row + x, count);
            if (found <= most) {
              for (const place of list.subarray(0, found)) stored[place] = settle(x + place, y + at);
            } else {
              for (let begin = 0; begin < count; begin += STRIP) {
                const part = stored.subarray(begin, begin + STRIP);
                const means = meansFrom(from + at * line + x + begin, part.length);
                write(task, means, x + begin, y + at, part);
              }
            }
          }
        }
      };
      return inBands(fast, output.height, target, [source], signal, work, BAND);
    });
  });
}
