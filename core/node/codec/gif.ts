/**
 * libvips shows a GIF file as far as it goes and does not tell whether that was its end. A file is whole when
 * its blocks lead one after another to the trailer (GIF89a, section 12 to 27).
 */

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;

/** Bytes of the colour table that a packed field announces. */
function tableLength(packed: number): number {
  return (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1);
}

/** Where the chain of sub-blocks from `at` ends; beyond the file where it does not. */
function afterSubBlocks(bytes: Uint8Array, at: number): number {
  let place = at;
  while (place < bytes.length) {
    const length = bytes[place] ?? 0;
    place += 1 + length;
    if (length === 0) return place;
  }
  return bytes.length + 1;
}

export function isWholeGif(bytes: Uint8Array): boolean {
  let at = 13 + tableLength(bytes[10] ?? 0);
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === TRAILER) return true;
    if (block === EXTENSION) at = afterSubBlocks(bytes, at + 2);
    else if (block === IMAGE) at = afterSubBlocks(bytes, at + 11 + tableLength(bytes[at + 9] ?? 0));
    else return false;
  }
  return false;
}
