// The directory of a foreign file: what it may cost to read one that says it is enormous.
import { describe, expect, it } from 'vitest';
import { readDirectory, type TiffField } from '../../../../core/node/codec/tiff-directory';
import { layDirectory, tiffHeader } from '../../../../core/node/codec/tiff-laying';

describe('the directory of a file', () => {
  it('is read up to a bounded size, however much its entries say there is', async () => {
    const MANY = 500;
    const LONGEST = 2 ** 24;
    // Each of them says that its value is as long as a value may be, and that it lies in the same place.
    const fields: TiffField[] = Array.from({ length: MANY }, (_, tag) => ({
      tag,
      type: 1,
      count: 4,
      value: Uint8Array.of(16, 0, 0, 0),
    }));
    const directory = Buffer.from(layDirectory(fields, 8, true));
    for (let index = 0; index < MANY; index++) directory.writeUInt32LE(LONGEST, 2 + 12 * index + 4);
    const start = Buffer.concat([tiffHeader(true), directory]);
    let read = 0;
    const found = await readDirectory(async (position, length) => {
      read += length;
      const bytes = Buffer.alloc(length);
      start.copy(bytes, 0, position);
      return bytes;
    });
    expect(found?.fields.size).toBe(3);
    expect(read).toBeLessThan(4 * LONGEST);
  });
});
