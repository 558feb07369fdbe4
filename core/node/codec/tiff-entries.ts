/**
 * libvips writes XMP and the profile into TIFF files, but neither EXIF nor IPTC. Both are entries of the
 * first directory, so that directory is written once more, with them, at the end of the file, and the header
 * made to point there; every offset in the file stays what it was.
 */

import { layExif, TAG, type Exif, type ExifEntry } from './exif';

const emptyExif: Exif = { main: [], exposure: [], position: [] };

/** The raw entries of the first directory: those of libvips are in place, their offsets true of this file. */
function storedEntries(file: Buffer): ExifEntry[] {
  const at = file.readUInt32LE(4);
  const count = file.readUInt16LE(at);
  return Array.from({ length: count }, (_, i) => {
    const entry = at + 2 + 12 * i;
    return {
      tag: file.readUInt16LE(entry),
      type: file.readUInt16LE(entry + 2),
      count: file.readUInt32LE(entry + 4),
      // Four bytes, value or offset: laid down again as they are.
      value: Uint8Array.from(file.subarray(entry + 8, entry + 12)),
    };
  });
}

/**
 * The TIFF file that libvips wrote, with EXIF and IPTC; as it was where it is not a little-endian file of the
 * classic kind.
 */
export function tiffWith(tiff: Uint8Array, exif: Exif | null, iptc: Uint8Array | null): Uint8Array {
  const file = Buffer.from(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  if (file.toString('latin1', 0, 4) !== 'II*\0' || (exif === null && iptc === null)) return tiff;
  const besides = storedEntries(file);
  if (iptc !== null) besides.push({ tag: TAG.iptc, type: 7, count: iptc.length, value: iptc });
  const start = file.length + (file.length & 1);
  const directories = layExif(exif ?? emptyExif, start, besides);
  const header = Buffer.from(file.subarray(0, 8));
  header.writeUInt32LE(start, 4);
  return Buffer.concat([header, file.subarray(8), Buffer.alloc(start - file.length), directories]);
}
