// Files that no library here writes, made byte by byte.
import { crc32, deflateSync } from 'node:zlib';

function chunk(type: string, data: Uint8Array): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(4), Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  bytes.writeUInt32BE(data.length, 0);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, -4)), bytes.length - 4);
  return bytes;
}

/** A PNG file with more chunks behind its header. */
export function pngWith(
  png: Uint8Array,
  ...chunks: readonly (readonly [type: string, data: Uint8Array])[]
): Buffer {
  return Buffer.concat([
    png.subarray(0, 33),
    ...chunks.map(([type, data]) => chunk(type, data)),
    png.subarray(33),
  ]);
}

/** A grey PNG file of one row with 1, 2, 4, 8 or 16 bits a sample. */
export function greyPng(bits: 1 | 2 | 4, samples: readonly number[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(samples.length, 0);
  header.writeUInt32BE(1, 4);
  header.writeUInt8(bits, 8);
  // A filter byte, then the samples from the high bits down.
  const row = Buffer.alloc(1 + Math.ceil((samples.length * bits) / 8));
  samples.forEach((sample, i) => {
    const bit = i * bits;
    row[1 + (bit >> 3)] |= sample << (8 - bits - (bit & 7));
  });
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(row)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const numbers = {
  uint32: { type: Uint32Array, sampleFormat: 1 },
  int16: { type: Int16Array, sampleFormat: 2 },
  float32: { type: Float32Array, sampleFormat: 3 },
  float64: { type: Float64Array, sampleFormat: 3 },
} as const;

/**
 * An uncompressed grey TIFF file of one row with any kind of number; little-endian, as the machine that runs
 * the test.
 */
export function tiffOf(format: keyof typeof numbers, samples: readonly number[]): Buffer {
  const { type, sampleFormat } = numbers[format];
  const data = Buffer.from(type.from(samples).buffer);
  const entries: readonly (readonly [tag: number, type: 3 | 4, value: number])[] = [
    [256, 3, samples.length],
    [257, 3, 1],
    [258, 3, type.BYTES_PER_ELEMENT * 8],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 8],
    [277, 3, 1],
    [278, 3, 1],
    [279, 4, data.length],
    [339, 3, sampleFormat],
  ];
  const directory = Buffer.alloc(2 + 12 * entries.length + 4);
  directory.writeUInt16LE(entries.length, 0);
  entries.forEach(([tag, kind, value], i) => {
    directory.writeUInt16LE(tag, 2 + 12 * i);
    directory.writeUInt16LE(kind, 4 + 12 * i);
    directory.writeUInt32LE(1, 6 + 12 * i);
    directory.writeUInt32LE(value, 10 + 12 * i);
  });
  const header = Buffer.from('II*\0\0\0\0\0', 'latin1');
  header.writeUInt32LE(8 + data.length, 4);
  return Buffer.concat([header, data, directory]);
}
