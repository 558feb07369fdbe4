/**
 * Gaussian means at 8 bit in whole numbers of 16 bits, two output rows at a time (wasm/assembly/gaussian-strip.ts). What their error leaves in
 * doubt, some 1 % of the samples, is computed again more precisely, in up to four steps (wasm/assembly/gaussian-doubts.ts).
 * How far a mean can be off says gaussian-pair-plan.ts.
 */

import { checkpoint } from '../raster/signal';
import { withRealMeans, wordsOf, mostOneByOne, settler, levelsAt, write, STRIP } from './gaussian-definition';
import { boundsFor, type Task } from './gaussian-definition';
import { BLOCK, GROUP, layoutFor } from './gaussian-layout';
import type { MeanMix } from './mean-mix';
import { ASIDE, planFor, TYPICAL } from './gaussian-pair-plan';
import { TURN, turnTable } from './gaussian-pair-weights';
import { inBands } from './wasm/in-bands';
import { bytesOfStrip, FOUND, STRIP_BYTES, type Strip } from './gaussian-strip';
import { addressesOf, fill, withNamedParts, type Part } from './wasm/with-parts';

/** For narrower windows the same work in single precision (gaussian-fast.ts) is no more. */
const NARROWEST = 8;
/** Wider windows do not fit the processor's cache as pairs of rows, and exact columns would be wanted nearly everywhere. */
const WIDEST = 40;
/** Where more than this is in doubt on either side of an edge, in levels, computing again costs more than is saved. */
const MOST_DOUBT = 0.03;
/** Bytes of woven rows. */
const CACHE = 2 ** 18;
/** Bytes behind the pairs and the means of a strip, which are read and written two groups at a time. */
const BESIDE = 4 * GROUP;
/** A band has to be high for its window, whose rows are put together anew for it. */
const BAND = 2 ** 22;

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
  const { down, across, whole } = plan;
  const isBetween = plan.between !== null;
  const { error, slope } = plan.between ?? plan;
  const coarse = boundOf(mix, error, slope);
  if (coarse.base + coarse.slope * TYPICAL > MOST_DOUBT) return false;
  const fine = boundOf(mix, plan.wideError + whole.singleError, plan.down.error / 2);
  const { exactBound } = boundsFor(mix, 0, whole.error);
  const { kind, amount, least } = wordsOf(mix);
  const { channels } = output;
  const pairs = radius + 1;
  const halo = 2 * radius * channels;
  const row = output.width * channels;
  const line = input.width * channels;
  const width = Math.min(stripFor(pairs), Math.ceil(row / GROUP) * GROUP);
  const columns = Math.ceil((width + halo) / GROUP) * GROUP + GROUP;
  const groups = width / GROUP;
  const blocks = Math.ceil((width + halo) / BLOCK);
  const pitch = Math.ceil((columns + 16) / 16) * 64;
  // Extremes are kept of four rows at a time, as many as the windows of eight rows reach into.
  const fours = ((pairs + 2) >> 1) + 1;
  const room = mostOneByOne(weights);
  const layout = layoutFor(channels);
  const rooms = {
    strip: STRIP_BYTES,
    woven: pairs * pitch,
    ...{ upperWide: columns * 4, lowerWide: columns * 4, upperNarrow: columns * 2, lowerNarrow: columns * 2 },
    ...{ paired: columns * 2 + BESIDE, evens: isBetween ? width * 2 + BESIDE : 0 },
    ...{ downTurns: pairs * TURN, downEnds: 4 * down.ends.length },
    ...{ acrossTurns: pairs * TURN, acrossEnds: 4 * across.ends.length },
    ...{ layout: layout.pairs.byteLength, turns: layout.turns.byteLength, orders: layout.orders.byteLength },
    ...{ extremes: fours * blocks * 32, contrasts: blocks * 32, coarse: groups * 4, fine: groups * 4 },
    ...{ doubts: groups * 4, list: (width + GROUP) * 4 },
    ...{ singleTaps: pairs * 4, doubleTaps: pairs * 8, exactTaps: pairs * 8, whole: whole.pairs.byteLength },
    ...{ high: columns * 4, low: columns * 4, scratch: columns * 4, done: columns / 16 + 1 },
  };
  return withNamedParts(fast, rooms, (parts) => {
    // Down the columns pairs lie in a ring, and the kernel says where each is.
    fill(
      parts.downTurns,
      turnTable(down, () => 0),
    );
    fill(
      parts.acrossTurns,
      turnTable(across, (pair) => pair * channels * 4),
    );
    const endsFrom = (turns: Part) => (end: number) => turns.address + end * TURN;
    fill(parts.downEnds, Int32Array.from(down.ends, endsFrom(parts.downTurns)));
    fill(parts.acrossEnds, Int32Array.from(across.ends, endsFrom(parts.acrossTurns)));
    fill(parts.layout, layout.pairs);
    fill(parts.turns, layout.turns);
    fill(parts.orders, layout.orders);
    const outward = weights.subarray(radius);
    fill(parts.singleTaps, Float32Array.from(outward));
    fill(parts.doubleTaps, outward);
    fill(
      parts.exactTaps,
      outward.map((weight) => weight * 2 ** (whole.bits - whole.exponent)),
    );
    fill(parts.whole, whole.pairs);
    const [upper, lower] = down.sums;
    const strip: Strip = {
      ...addressesOf(parts),
      ...{ amount, least, mix: kind },
      ...{ coarseBase: coarse.base, coarseSlope: coarse.slope, fineBase: fine.base, fineSlope: fine.slope },
      // In doubles the base is less; what the levels' contrast adds is the same.
      surer: fine.base - boundsFor(mix, 0, plan.doubleError).exactBound,
      ...{ exactBound, ratio: 2 ** -whole.bits },
      // 127.5 is taken away from every level, and half of what is cut off when the sums are stored in 16 bits added.
      ...{ upperCut: Math.round(-127.5 * upper) + 128, lowerCut: Math.round(-127.5 * lower) + 128 },
      ...{ upperUnit: 1 / upper, lowerUnit: 1 / lower },
      ...{ upperRest: 127.5 - 128 / upper, lowerRest: 127.5 - 128 / lower },
      ...{ evenUnit: 1 / across.sums[0], oddUnit: 1 / across.sums[1] },
      ...{ downStages: down.ends.length, acrossStages: across.ends.length },
      ...{ radius, channels, line, row, pitch, fours, blocks, room },
      aside: isBetween ? ASIDE * channels : 0,
      found: 0,
    };
    fill(parts.strip, bytesOfStrip(strip));
    const list = new Int32Array(parts.list.buffer, parts.list.byteOffset, width + GROUP);
    const found = new Int32Array(parts.strip.buffer, parts.strip.byteOffset + FOUND, 1);
    const settle = settler(task);
    return withRealMeans(task, (meansFrom) => {
      const source = { data: input.data, line, reach: 2 * radius };
      const target = { data: output.data, line: row, overwritten: true };
      const work = (y: number, rows: number, into: number, from: number): void => {
        for (let x = 0; x < row; x += width) {
          checkpoint(signal);
          const count = Math.min(width, row - x);
          for (let at = 0; ; at++) {
            at = fast.gaussianStrip8(parts.strip.address, at, rows, count, from + x, into + x);
            if (at >= rows) break;
            const stored = levelsAt(task, parts.strip, into, y, at * row + x, count);
            if (found[0] <= room) {
              for (const place of list.subarray(0, found[0])) stored[place] = settle(x + place, y + at);
              continue;
            }
            for (let begin = 0; begin < count; begin += STRIP) {
              const part = stored.subarray(begin, begin + STRIP);
              const means = meansFrom(from + at * line + x + begin, part.length);
              write(task, means, x + begin, y + at, part);
            }
          }
        }
      };
      return inBands(fast, output.height, target, [source], signal, work, BAND);
    });
  });
}
