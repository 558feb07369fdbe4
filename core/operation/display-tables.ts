/**
 * Tables and what a screen shows in one pass: from samples in their own layout and depth straight to RGBA, four bytes written
 * at once. The plain way is `applyPoint`, then `toDisplay`; this gives the same bytes.
 */

import { byteOfLevel } from '../raster/convert';
import { colourChannelsOf, hasAlpha, type Raster, type Samples } from '../raster/raster';

const littleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** The table's bytes, shifted to where the channel stands in a pixel. */
function shifted(table: Samples, bits: number): Uint32Array {
  const words = new Uint32Array(table.length);
  const bytes = table instanceof Uint16Array ? byteOfLevel() : null;
  for (let level = 0; level < words.length; level++) {
    const byte = bytes === null ? table[level] : bytes[table[level]];
    words[level] = byte << bits;
  }
  return words;
}

/** The table that changes nothing, for alpha. */
function identity({ depth }: Raster): Samples {
  const levels = depth === 8 ? 256 : 65_536;
  const table = depth === 8 ? new Uint8Array(levels) : new Uint16Array(levels);
  for (let level = 0; level < levels; level++) table[level] = level;
  return table;
}

const OPAQUE = 0xff000000;

/**
 * Writes every pixel of `input`, its colours through `tables` (one a colour channel), as RGBA to `target`, which holds as many
 * pixels and begins at a multiple of four bytes. False where this machine orders its bytes otherwise; then nothing is written.
 */
export function displayThroughTables(
  input: Raster,
  tables: readonly Samples[],
  target: Uint8Array | Uint8ClampedArray,
): boolean {
  if (!littleEndian) return false;
  const pixels = input.width * input.height;
  const words = new Uint32Array(target.buffer, target.byteOffset, pixels);
  const { data, channels } = input;
  const alpha = hasAlpha(input) ? shifted(identity(input), 24) : null;
  const grey = colourChannelsOf(input) === 1;
  const red = shifted(tables[0], 0);
  const green = shifted(tables[grey ? 0 : 1], 8);
  const blue = shifted(tables[grey ? 0 : 2], 16);
  if (grey) throughGrey(data, channels, red, green, blue, alpha, words);
  else if (alpha === null) throughColours(data, red, green, blue, words);
  else throughColoursWithAlpha(data, red, green, blue, alpha, words);
  return true;
}

function throughColours(
  data: Samples,
  red: Uint32Array,
  green: Uint32Array,
  blue: Uint32Array,
  words: Uint32Array,
): void {
  for (let i = 0, at = 0; i < words.length; i++, at += 3) {
    words[i] = red[data[at]] | green[data[at + 1]] | blue[data[at + 2]] | OPAQUE;
  }
}

function throughColoursWithAlpha(
  data: Samples,
  red: Uint32Array,
  green: Uint32Array,
  blue: Uint32Array,
  alpha: Uint32Array,
  words: Uint32Array,
): void {
  for (let i = 0, at = 0; i < words.length; i++, at += 4) {
    words[i] = red[data[at]] | green[data[at + 1]] | blue[data[at + 2]] | alpha[data[at + 3]];
  }
}

function throughGrey(
  data: Samples,
  channels: number,
  red: Uint32Array,
  green: Uint32Array,
  blue: Uint32Array,
  alpha: Uint32Array | null,
  words: Uint32Array,
): void {
  const all = red.map((word, level) => word | green[level] | blue[level]);
  for (let i = 0, at = 0; i < words.length; i++, at += channels) {
    words[i] = all[data[at]] | (alpha === null ? OPAQUE : alpha[data[at + 1]]);
  }
}
