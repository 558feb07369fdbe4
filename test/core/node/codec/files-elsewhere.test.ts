// Files that the codec reads and leaves where they lie: they are the same pictures as when their bytes are handed over.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCodec, type Codec } from '../../../../core/node/codec/codec';
import { wholeOf } from '../../../../core/node/files/bytes-elsewhere';
import { fail, FaultError } from '../../../../core/raster/fault';
import { Cancelled } from '../../../../core/raster/signal';
import { valueOf } from '../../../core/document/sample';
import { sharedNoise } from '../../../support/documents';

const raster = sharedNoise({ width: 97, height: 61, channels: 3, depth: 8 }, 7);

let codec: Codec;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-elsewhere-'));
  codec = startCodec({ processes: 1, limits: { fileBytes: 50_000 } });
});
afterAll(async () => {
  await codec.close();
  await rm(folder, { recursive: true, force: true });
});

/** The file with this content, by its place. */
async function placed(name: string, bytes: Uint8Array): Promise<{ path: string; size: number }> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return { path, size: bytes.byteLength };
}

const drawing = Buffer.from(
  '<?xml version="1.0"?><!-- a drawing --><svg xmlns="http://www.w3.org/2000/svg" width="9" height="4"/>',
);

describe('a file that stays where it lies', () => {
  it.each(['png', 'webp', 'svg'] as const)('is the same picture: %s', async (format) => {
    const pixels = sharp(Buffer.from(raster.data.slice()), { raw: raster });
    const bytes = format === 'svg' ? drawing : await pixels.toFormat(format).toBuffer();
    const place = await placed(`picture.${format}`, bytes);
    const [there, here] = [valueOf(await codec.decode(place)), valueOf(await codec.decode(bytes))];
    expect(there.info).toEqual(here.info);
    expect(Buffer.from(there.raster.data).equals(Buffer.from(here.raster.data))).toBe(true);
    expect(await codec.info(place)).toEqual(await codec.info(bytes));
    // Nothing of the user's is moved or removed.
    expect((await stat(place.path)).size).toBe(bytes.byteLength);
  });

  it('is refused for what its bytes would be refused for, and told of where it is gone', async () => {
    for (const bytes of [new Uint8Array(), Buffer.from('no picture'), Buffer.alloc(50_001)]) {
      const place = await placed('refused', bytes);
      expect(await codec.decode(place)).toEqual(await codec.decode(bytes));
    }
    expect(await codec.decode({ path: join(folder, 'gone'), size: 9 })).toMatchObject({ ok: false });
  });
});

describe('a file that is left where it was written', () => {
  it('has the bytes that would have been handed over, and is gone once it is closed', async () => {
    const options = { format: 'png', metadata: 'none' } as const;
    const file = valueOf(await codec.encodeToFile(raster, null, options));
    const bytes = valueOf(await codec.encode(raster, null, options));
    expect(file.size).toBe(bytes.byteLength);
    // Any number of times.
    for (let time = 0; time < 2; time++) expect(Buffer.from(await wholeOf(file)).equals(bytes)).toBe(true);
    file.close();
    await expect.poll(() => wholeOf(file).catch(() => 'gone')).toBe('gone');
  });

  it('is refused where the format cannot hold the picture', async () => {
    const wide = sharedNoise({ width: 16_384, height: 1, channels: 3, depth: 8 }, 1);
    expect(await codec.encodeToFile(wide, null, { format: 'webp' })).toMatchObject({
      ok: false,
      fault: { code: 'too-large' },
    });
  });
});

describe('bytes that are kept', () => {
  const pieces = [raster.data.subarray(0, 9), raster.data.subarray(9)].map((each) => Uint8Array.from(each));

  it.each([
    ['in memory', 0],
    ['on the disk', Infinity],
  ])('are there to be read by their place, %s', async (_, size) => {
    const kept = valueOf(await codec.keep(pieces, size));
    expect(kept.size).toBe(Buffer.concat(pieces).length);
    expect((await readFile(kept.path)).equals(Buffer.concat(pieces))).toBe(true);
    expect(Buffer.from(await wholeOf(kept)).equals(Buffer.concat(pieces))).toBe(true);
    kept.close();
    await expect.poll(() => stat(kept.path).catch(() => 'gone')).toBe('gone');
  });

  it('leave nothing where they cannot be had to their end', async () => {
    const kept = valueOf(await codec.keep(pieces, 0));
    const before = await readdir(dirname(kept.path));
    const full = fail('no-space', 'there is no room').fault;
    const stop = new AbortController();
    const broken = async function* (end: () => void): AsyncGenerator<Uint8Array, void> {
      yield* pieces;
      end();
      yield* pieces;
    };
    const throws = (error: unknown) => () => {
      throw error;
    };
    expect(await codec.keep(broken(throws(new FaultError(full))), 0)).toEqual({ ok: false, fault: full });
    await expect(codec.keep(broken(throws(new TypeError('a bug'))), 0)).rejects.toThrow(TypeError);
    const stopped = codec.keep(
      broken(() => stop.abort()),
      Infinity,
      stop.signal,
    );
    await expect(stopped).rejects.toThrow(Cancelled);
    await expect.poll(() => readdir(dirname(kept.path))).toEqual(before);
    kept.close();
  });
});
