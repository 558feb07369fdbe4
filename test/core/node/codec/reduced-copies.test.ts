// Smaller copies in TIFF files: which one is taken, and that it is the samples that stand in the file.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readDirectory } from '../../../../core/node/codec/tiff-directory';
import { layDirectory, longField, tiffHeader } from '../../../../core/node/codec/tiff-laying';
import { reducedCopy } from '../../../../core/node/codec/tiff-reduced';
import { startCodec } from '../../../../core/node/codec/codec';
import { readerOver } from '../../../../core/node/files/bytes-elsewhere';
import { valueOf } from '../../../core/document/sample';

const FULL = { width: 3000, height: 2001 };
const samples = Buffer.from(
  Uint8Array.from(
    { length: FULL.width * FULL.height },
    (_, at) => ((at % FULL.width) * 7 + at / 9_000) & 255,
  ),
);
const picture = () => sharp(samples, { raw: { ...FULL, channels: 1 } });

const pyramid = (options: Parameters<ReturnType<typeof picture>['tiff']>[0] = {}): Promise<Buffer> =>
  picture()
    .tiff({ pyramid: true, tile: true, tileWidth: 128, tileHeight: 128, compression: 'deflate', ...options })
    .toBuffer();

const copyOf = (bytes: Uint8Array, side: number) => reducedCopy(readerOver(bytes), bytes.length, side);

/** The samples of a page of a file. */
const pageOf = (bytes: Uint8Array, page: number): Promise<Buffer> => sharp(bytes, { page }).raw().toBuffer();

interface Small {
  readonly width: number;
  readonly height: number;
  readonly kind?: number;
}

/**
 * Grey pictures, plain in one strip each, in a file: the first has the others beneath it or after it in the chain. The further ones
 * are marked as reduced unless they say otherwise.
 */
function fileOf(
  full: Small,
  others: readonly Small[],
  beneath: boolean,
  more: readonly [number, number][] = [],
): Buffer {
  const parts: Uint8Array[] = [tiffHeader(true)];
  let at = 8;
  const put = (bytes: Uint8Array): number => {
    const start = at;
    const padded = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]);
    parts.push(padded);
    at += padded.length;
    return start;
  };
  const fieldsOf = ({ width, height }: Small, kind: number, start: number) =>
    (
      [
        [254, kind],
        [256, width],
        [257, height],
        [258, 8],
        [259, 1],
        [262, 1],
        [273, start],
        [277, 1],
        [278, height],
        [279, width * height],
      ] as const
    ).map(([tag, value]) => longField(tag, [value], true));
  const pixelsOf = ({ width, height }: Small): number => put(Buffer.alloc(width * height, width & 255));
  // From the last to the first, because each names the place of the next.
  const directories: number[] = [];
  const nextAt: number[] = [];
  for (const other of others) {
    const fields = fieldsOf(other, other.kind ?? 1, pixelsOf(other));
    directories.push(put(layDirectory(fields, at, true)));
    nextAt.push(directories[directories.length - 1] + 2 + 12 * fields.length);
  }
  const start = pixelsOf(full);
  const own = fieldsOf(full, full.kind ?? 0, start);
  for (const [tag, value] of more) own.push(longField(tag, [value], true));
  if (beneath) own.push(longField(330, directories, true));
  const first = put(layDirectory(own, at, true));
  const file = Buffer.concat(parts);
  file.writeUInt32LE(first, 4);
  if (!beneath) {
    const links = [first + 2 + 12 * own.length, ...nextAt];
    directories.forEach((place, index) => file.writeUInt32LE(place, links[index]));
  }
  return file;
}

describe('a smaller copy', () => {
  it.each([
    [200, 3],
    [375, 3],
    [376, 2],
    [1_024, 1],
    // None is as large: the largest there is.
    [2_000, 1],
  ])('with %i pixels or more on its longer side is page %i of a pyramid', async (side, page) => {
    const bytes = await pyramid();
    const copy = await copyOf(bytes, side);
    if (copy === null) throw new Error('there is none');
    const { data, info } = await sharp(copy.bytes).raw().toBuffer({ resolveWithObject: true });
    expect(copy.full).toEqual(FULL);
    expect({ width: info.width, height: info.height }).toEqual(copy.size);
    expect(data.equals(await pageOf(bytes, page))).toBe(true);
  });

  it('of a picture that lies on its side is upright, as the picture is', async () => {
    const bytes = await picture()
      .withMetadata({ orientation: 6 })
      .tiff({ pyramid: true, tile: true, tileWidth: 128, tileHeight: 128 })
      .toBuffer();
    const copy = await copyOf(bytes, 700);
    expect(copy?.full).toEqual({ width: FULL.height, height: FULL.width });
    expect(copy?.size.height).toBe(750);
    const { orientation } = await sharp(copy?.bytes).metadata();
    expect(orientation).toBe(6);
  });

  it('is found beneath the picture and after it, and nothing else is taken for one', async () => {
    const full = { width: 1200, height: 800 };
    const half = { width: 600, height: 400 };
    const quarter = { width: 300, height: 200 };
    for (const beneath of [true, false]) {
      const copy = await copyOf(fileOf(full, [half, quarter], beneath), 200);
      expect(copy).toMatchObject({ full, size: quarter });
      const taken = await sharp(copy?.bytes).toColourspace('b-w').raw().toBuffer();
      expect(taken.equals(Buffer.alloc(300 * 200, 300 & 255))).toBe(true);
      for (const [others, more] of [
        // Another page; a mask of a smaller copy; one of another shape; one too small to be looked at.
        [[{ ...half, kind: 0 }], []],
        [[{ ...half, kind: 5 }], []],
        [[{ width: 600, height: 600 }], []],
        [[{ width: 120, height: 80 }], []],
        // What a raw file holds.
        [[half], [[50_706, 1]]],
      ] as const)
        expect(
          await copyOf(
            fileOf(
              full,
              others,
              beneath,
              [...more].map(([tag, value]) => [tag, value]),
            ),
            200,
          ),
        ).toBeNull();
    }
    expect(await copyOf(fileOf({ ...full, kind: 1 }, [half], true), 200)).toBeNull();
  });

  it('is no page of the file, wherever the picture is read from', async () => {
    const paged = await sharp({
      create: { width: 20, height: 40, channels: 3, background: 'red', pageHeight: 10 },
    })
      .tiff()
      .toBuffer();
    const codecs = [startCodec({ processes: 1 }), startCodec({ processes: 1, limits: { wholePixels: 0 } })];
    const folder = await mkdtemp(join(tmpdir(), 'burnish-reduced-'));
    try {
      for (const [bytes, frames] of [
        [await pyramid(), 1],
        [paged, 4],
      ] as const) {
        const path = join(folder, 'picture.tif');
        await writeFile(path, bytes);
        const [whole, inFile] = [
          valueOf(await codecs[0].decode(bytes)),
          valueOf(await codecs[1].regions(path)),
        ];
        for (const { info, notices } of [whole, inFile ?? whole]) {
          expect(info.frames).toBe(frames);
          expect(notices).toEqual(frames === 1 ? [] : ['This is the first of 4 pages in the file.']);
        }
        expect(inFile).not.toBeNull();
      }
    } finally {
      for (const codec of codecs) await codec.close();
      await rm(folder, { recursive: true });
    }
  });

  it('is none in other files, in cut ones, and where directories lead in a circle', async () => {
    const plain = await picture().tiff().toBuffer();
    const png = await sharp(samples.subarray(0, 100), { raw: { width: 10, height: 10, channels: 1 } })
      .png()
      .toBuffer();
    for (const bytes of [plain, png, new Uint8Array(), Buffer.from('II*\0')])
      expect(await copyOf(bytes, 100)).toBeNull();
    const whole = fileOf({ width: 1200, height: 800 }, [{ width: 600, height: 400 }], false);
    for (let length = 0; length < whole.length; length += 997)
      expect(await copyOf(whole.subarray(0, length), 200)).toBeNull();
    const first = await readDirectory(readerOver(whole));
    const circle = Buffer.from(whole);
    const at = whole.readUInt32LE(4) + 2 + 12 * (first?.fields.size ?? 0);
    circle.writeUInt32LE(whole.readUInt32LE(4), at);
    expect(await copyOf(circle, 200)).toBeNull();
  });
});
