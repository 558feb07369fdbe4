/**
 * A directory of a TIFF file laid down as a small file of the classic kind. Values stay the bytes that they are, in the file's own byte
 * order, so nothing has to be known of an entry to carry it over.
 */

import { LONG, type TiffField } from './tiff-directory';

/** A field of 32-bit numbers. */
export function longField(tag: number, values: readonly number[], little: boolean): TiffField {
  const value = new Uint8Array(4 * values.length);
  const view = new DataView(value.buffer);
  values.forEach((each, index) => view.setUint32(4 * index, each, little));
  return { tag, type: LONG, count: values.length, value };
}

const even = (length: number): number => length + (length & 1);

/** Bytes of a directory of the classic kind with its values. */
export function directoryLength(fields: readonly TiffField[]): number {
  const values = fields.reduce((sum, { value }) => sum + (value.length > 4 ? even(value.length) : 0), 0);
  return even(2 + 12 * fields.length + 4) + values;
}

/** The header of a file of the classic kind whose first directory begins right behind it. */
export function tiffHeader(little: boolean): Uint8Array {
  const header = new Uint8Array(8);
  const view = new DataView(header.buffer);
  header.fill((little ? 'I' : 'M').charCodeAt(0), 0, 2);
  view.setUint16(2, 42, little);
  view.setUint32(4, header.length, little);
  return header;
}

/** A directory of the classic kind as it lies at `start`, the last one of its file. */
export function layDirectory(fields: readonly TiffField[], start: number, little: boolean): Uint8Array {
  const bytes = new Uint8Array(directoryLength(fields));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, fields.length, little);
  let free = even(2 + 12 * fields.length + 4);
  [...fields]
    .sort((a, b) => a.tag - b.tag)
    .forEach(({ tag, type, count, value }, index) => {
      const at = 2 + 12 * index;
      view.setUint16(at, tag, little);
      view.setUint16(at + 2, type, little);
      view.setUint32(at + 4, count, little);
      if (value.length <= 4) return bytes.set(value, at + 8);
      view.setUint32(at + 8, start + free, little);
      bytes.set(value, free);
      free += even(value.length);
    });
  return bytes;
}
