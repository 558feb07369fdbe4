/**
 * IPTC-IIM records stand bare in TIFF files, and in JPEG files as one resource of a Photoshop block (Adobe,
 * "Photoshop File Formats", image resources; 0x0404). libvips hands over either as it found it and writes
 * neither from pixels alone, so the records are taken out of the block here, and put back into a JPEG file.
 */

const SIGNATURE = Buffer.from('Photoshop 3.0\0', 'latin1');
const RESOURCE = Buffer.from('8BIM', 'latin1');
const IPTC_RESOURCE = 0x0404;
/** A JPEG segment holds 65,533 bytes. */
const MOST_BYTES = 65_000;

const even = (length: number): number => length + (length & 1);

/** The bare records; null where the bytes hold none. */
export function iptcRecords(bytes: Uint8Array): Uint8Array | null {
  const block = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!block.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return bytes[0] === 0x1c ? bytes : null;
  let at = SIGNATURE.length;
  while (at + 12 <= block.length && block.subarray(at, at + 4).equals(RESOURCE)) {
    const id = block.readUInt16BE(at + 4);
    const nameLength = even(1 + block.readUInt8(at + 6));
    const start = at + 6 + nameLength + 4;
    if (start > block.length) return null;
    const length = block.readUInt32BE(start - 4);
    if (id === IPTC_RESOURCE) return block.subarray(start, Math.min(start + length, block.length));
    at = start + even(length);
  }
  return null;
}

/** The JPEG file with the records in a segment of their own, after those that must come first. */
export function jpegWithIptc(jpeg: Uint8Array, records: Uint8Array): Uint8Array {
  if (records.length > MOST_BYTES) return jpeg;
  const head = Buffer.alloc(4 + SIGNATURE.length + 12);
  const padded = even(records.length);
  head.writeUInt16BE(0xffed, 0);
  head.writeUInt16BE(head.length - 2 + padded, 2);
  SIGNATURE.copy(head, 4);
  RESOURCE.copy(head, 4 + SIGNATURE.length);
  head.writeUInt16BE(IPTC_RESOURCE, 8 + SIGNATURE.length);
  head.writeUInt32BE(records.length, head.length - 4);
  // JFIF and EXIF ask to be first: the new segment goes behind every APP0 and APP1.
  const view = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  let at = 2;
  while (view.readUInt16BE(at) === 0xffe0 || view.readUInt16BE(at) === 0xffe1)
    at += 2 + view.readUInt16BE(at + 2);
  const padding = Buffer.alloc(padded - records.length);
  return Buffer.concat([view.subarray(0, at), head, records, padding, view.subarray(at)]);
}
