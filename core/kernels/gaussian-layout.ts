/**
 * How the samples of a row lie while its means are summed up in pairs (wasm/assembly/gaussian-pairs.ts): 24 samples are an even number of
 * pixels of one to four channels; those of the even pixels come first, then those of the odd ones.
 */

import type { ChannelCount } from '../raster/raster';

/** Samples that go together. */
export const GROUP = 24;

/** What a swizzle makes nothing of. */
const NONE = 255;

/** The samples of even pixels, and those of odd ones. */
function inPairs(channels: ChannelCount): readonly [number[], number[]] {
  const evens = Array.from({ length: GROUP / 2 }, (_, lane) => {
    const pixel = Math.floor(lane / channels);
    return 2 * pixel * channels + (lane % channels);
  });
  return [evens, evens.map((sample) => sample + channels)];
}

/**
 * Where the first even sample of each four lies in a row of narrow column sums, in bytes; then masks for swizzles, 16 bytes each: from there
 * to the low halves of four lanes, three times, and to the high halves; bytes of the row's first 16 from evens and odds, its last 8;
 * evens from the row's first 16 bytes and its last 8, odds likewise.
 */
export function pairLayout(channels: ChannelCount): Uint8Array<ArrayBuffer> {
  const [evens, odds] = inPairs(channels);
  const starts = [0, 4, 8].map((lane) => evens[lane]);
  const places = new Uint8Array(Int32Array.of(...starts.map((sample) => 2 * sample), 0).buffer);
  const halves = (shift: 0 | 2): number[][] =>
    starts.map((start, four) => {
      const mask = Array.from({ length: 16 }, () => NONE);
      for (let lane = 0; lane < 4; lane++) {
        const from = 2 * (evens[4 * four + lane] - start);
        mask.splice(4 * lane + shift, 2, from, from + 1);
      }
      return mask;
    });
  /** Where each of 16 bytes from `first` on lies in a list. */
  const found = (list: readonly number[], first: number): number[] =>
    Array.from({ length: 16 }, (_, at) => {
      const place = list.indexOf(first + at);
      return place < 0 ? NONE : place;
    });
  const picked = (list: readonly number[], first: number): number[] =>
    Array.from({ length: 16 }, (_, lane) => {
      const at = (list[lane] ?? -1) - first;
      return at >= 0 && at < 16 ? at : NONE;
    });
  const masks = [
    ...[...halves(0), ...halves(2)],
    ...[found(evens, 0), found(odds, 0), found(evens, 16), found(odds, 16)],
    ...[picked(evens, 0), picked(evens, 16), picked(odds, 0), picked(odds, 16)],
  ];
  return Uint8Array.of(...places, ...masks.flat());
}

/**
 * Four tables, 64 entries each, that put a word of 24 bits, those of even samples and then those of odd ones, in the order of the row: six of
 * the bits by each.
 */
export function bitOrders(channels: ChannelCount): Uint32Array<ArrayBuffer> {
  const samples = inPairs(channels).flat();
  return Uint32Array.from({ length: 256 }, (_, entry) => {
    const bits = entry % 64;
    return samples
      .slice(Math.floor(entry / 64) * 6)
      .reduce((word, sample, at) => word | (((bits >> at) & 1) << sample), 0);
  });
}

/** Samples of a row whose least and largest levels are kept together (wasm/assembly/gaussian-contrast.ts). */
export const BLOCK = 48;

/** Masks for swizzles that turn twelve samples by one, two, four and eight pixels. */
export function pixelTurns(channels: ChannelCount): Uint8Array<ArrayBuffer> {
  const lanes = Array.from({ length: 16 }, (_, lane) => lane);
  return Uint8Array.from(
    [1, 2, 4, 8].flatMap((pixels) => lanes.map((lane) => (lane + pixels * channels) % 12)),
  );
}

interface Layout {
  readonly pairs: Uint8Array<ArrayBuffer>;
  readonly turns: Uint8Array<ArrayBuffer>;
  readonly orders: Uint32Array<ArrayBuffer>;
}

const layouts = new Map<ChannelCount, Layout>();

/** All of that, made once: pictures are computed in many pieces. */
export function layoutFor(channels: ChannelCount): Layout {
  const known = layouts.get(channels);
  if (known !== undefined) return known;
  const made = {
    pairs: pairLayout(channels),
    turns: pixelTurns(channels),
    orders: bitOrders(channels),
  };
  layouts.set(channels, made);
  return made;
}
