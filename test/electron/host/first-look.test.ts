import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCodec, type Codec } from '../../../core/node/codec/codec';
import { firstLook } from '../../../electron/host/first-look';
import { FrameShelf } from '../../../electron/host/frame-shelf';

let codec: Codec;
let large: Buffer;

beforeAll(async () => {
  codec = startCodec({ processes: 1 });
  const drawing = `<svg width="2600" height="1700"><rect width="1300" height="1700" fill="#804020"/>
    <rect x="1300" width="1300" height="1700" fill="#2060a0"/></svg>`;
  large = await sharp(Buffer.from(drawing)).jpeg({ quality: 95 }).toBuffer();
});
afterAll(() => codec.close());

const look = (bytes: Uint8Array, needless = () => false, shelf = new FrameShelf(1e9)) =>
  firstLook('a.jpg', bytes, codec, shelf, needless);

describe('the first look at a picture', () => {
  it('is the whole of it, halved a few times, on the shelf', async () => {
    const shelf = new FrameShelf(1e9);
    const frame = await look(large, () => false, shelf);
    expect(frame).toMatchObject({
      name: 'a.jpg',
      level: 2,
      region: { x: 0, y: 0, width: 650, height: 425 },
      full: { width: 2600, height: 1700 },
    });
    const pixels = shelf.pixels(frame?.key ?? '');
    if (pixels === undefined) throw new Error('nothing on the shelf');
    expect(pixels).toHaveLength(650 * 425 * 4);
    const at = (x: number, y: number): number[] => [
      ...pixels.subarray((y * 650 + x) * 4, (y * 650 + x) * 4 + 4),
    ];
    for (const [found, wanted] of [
      [at(100, 200), [128, 64, 32, 255]],
      [at(500, 200), [32, 96, 160, 255]],
    ]) {
      found.forEach((level, channel) => expect(Math.abs(level - wanted[channel])).toBeLessThan(6));
    }
  });

  it('is upright, as the picture is', async () => {
    const turned = await sharp(large).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(await look(turned)).toMatchObject({
      level: 2,
      whole: { width: 425, height: 650 },
      full: { width: 1700, height: 2600 },
    });
  });

  it('is taken from the smaller copy that a TIFF file holds of itself', async () => {
    const bytes = await sharp(large).tiff({ pyramid: true, tile: true, compression: 'deflate' }).toBuffer();
    const shelf = new FrameShelf(1e9);
    const frame = await look(bytes, () => false, shelf);
    expect(frame).toMatchObject({
      level: 2,
      whole: { width: 650, height: 425 },
      full: { width: 2600, height: 1700 },
    });
    const pixels = shelf.pixels(frame?.key ?? '') ?? [];
    expect(pixels).toHaveLength(650 * 425 * 4);
    const at = (200 * 650 + 100) * 4;
    [...pixels.slice(at, at + 4)].forEach((level, channel) =>
      expect(Math.abs(level - [128, 64, 32, 255][channel])).toBeLessThan(6),
    );
    const plain = await sharp(large).tiff({ tile: true }).toBuffer();
    expect(await look(plain)).toBeNull();
  });

  it('is not taken at small pictures, at formats that are not shrunk while they are read, or at no picture', async () => {
    const small = await sharp(large).resize(800).jpeg().toBuffer();
    const png = await sharp(large).png({ compressionLevel: 1 }).toBuffer();
    for (const bytes of [small, png, Buffer.from('no picture')]) expect(await look(bytes)).toBeNull();
  });

  it('is given up where the picture itself is there', async () => {
    expect(await look(large, () => true)).toBeNull();
  });
});
