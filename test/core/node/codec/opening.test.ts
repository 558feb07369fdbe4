import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCodec, type Codec } from '../../../../core/node/codec/codec';
import { fileOf, open, plain, raster, valueOf } from './files';
import { greyPng, tiffOf } from './handmade';

let codec: Codec;
beforeAll(() => {
  codec = startCodec();
});
afterAll(() => codec.close());

describe('a file opens as its user expects', () => {
  it.each([1, 2, 4] as const)('with %i bits of grey as 8 bits of grey', async (bits) => {
    const top = 2 ** bits - 1;
    const { raster: opened, info } = await open(
      codec,
      greyPng(
        bits,
        Array.from({ length: top + 1 }, (_, i) => i),
      ),
    );
    const levels = Array.from({ length: top + 1 }, (_, i) => Math.round((i * 255) / top));
    expect(plain(opened)).toEqual(raster(top + 1, 1, 1, levels));
    expect(info).toMatchObject({ format: 'PNG', channels: 1, depth: 8, colourSpace: 'grey', profile: null });
  });

  it('with a palette as RGB, and with alpha where an entry is transparent', async () => {
    const colours = raster(4, 1, 3, [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9]);
    const { raster: opened } = await open(codec, await fileOf(colours).png({ palette: true }).toBuffer());
    expect(plain(opened)).toEqual(colours);
    const clear = raster(2, 1, 4, [255, 0, 0, 255, 0, 0, 0, 0]);
    const { raster: opened4 } = await open(codec, await fileOf(clear).png({ palette: true }).toBuffer());
    // The colour of a transparent entry is the encoder's own business.
    expect([opened4.channels, ...opened4.data.subarray(0, 4), opened4.data[7]]).toEqual([
      4, 255, 0, 0, 255, 0,
    ]);
  });

  it('from GIF, of several frames the first', async () => {
    const frames = raster(
      4,
      6,
      3,
      Array.from({ length: 72 }, (_, i) => (i < 36 ? 200 : 10)),
    );
    const gif = await sharp(frames.data, { raw: { width: 4, height: 6, channels: 3, pageHeight: 3 } })
      .gif({ delay: [100, 100] })
      .toBuffer();
    const { raster: opened, info, notices } = await open(codec, gif);
    expect([...opened.data.subarray(0, 4)]).toEqual([200, 200, 200, 255]);
    expect([info.format, info.frames, info.width, info.height]).toEqual(['GIF', 2, 4, 3]);
    expect(notices).toEqual(['This is the first of 2 frames in the file.']);
  });

  it('from AVIF of 12 bits with white as the top level', async () => {
    const white = { ...raster(16, 16, 3, []), data: new Uint16Array(768).fill(65_535) };
    const avif = await sharp(white.data, { raw: { width: 16, height: 16, channels: 3 } })
      .toColourspace('rgb16')
      .avif({ bitdepth: 12, lossless: true })
      .toBuffer();
    const { raster: opened } = await open(codec, avif);
    expect(opened.depth).toBe(16);
    expect(Math.max(...opened.data)).toBe(65_535);
  });

  it('from SVG, in a child of its own', async () => {
    const svg = Buffer.from(
      '<?xml version="1.0"?>\n<!-- a > b -->\n<!DOCTYPE svg [ <!ENTITY c "red"> ]>\n' +
        '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"><rect width="3" height="2" fill="&c;"/></svg>',
    );
    const { raster: opened, info } = await open(codec, svg);
    expect(plain(opened)).toEqual(
      raster(
        3,
        2,
        4,
        Array.from({ length: 24 }, (_, i) => (i % 4 === 0 || i % 4 === 3 ? 255 : 0)),
      ),
    );
    expect(info).toMatchObject({ format: 'SVG', width: 3, height: 2, channels: 4, depth: 8 });
  });

  it.each([
    ['floating point', 'float32', [0, 0.5, 1], [0, 32_768, 65_535]],
    ['double precision', 'float64', [0.25, 1], [16_384, 65_535]],
    ['32-bit integers', 'uint32', [0, 65_537 * 1000, 4_294_967_295], [0, 1000, 65_535]],
    ['signed 16-bit integers', 'int16', [-5, 0, 32_767], [0, 0, 32_767]],
  ] as const)('from TIFF with %s as 16 bits', async (_, format, samples, levels) => {
    const tiff = tiffOf(format, samples);
    const decoded = await codec.decode(tiff);
    // libvips does not read doubles from TIFF; then the file is refused by name.
    if (!decoded.ok) {
      expect([format, decoded.fault.code]).toEqual(['float64', 'unsupported']);
      return;
    }
    expect([...decoded.value.raster.data]).toEqual(levels);
    expect(decoded.value.raster.depth).toBe(16);
    expect(valueOf(await codec.info(tiff))).toEqual(decoded.value.info);
  });

  it('from TIFF with floating point beyond 0 to 1, and says what became of it', async () => {
    const { raster: opened, notices } = await open(codec, tiffOf('float32', [-1, 2, Number.NaN]));
    expect([...opened.data]).toEqual([0, 65_535, 0]);
    expect(notices).toEqual([
      'This file holds floating-point samples outside 0 to 1; they are shown as black or white.',
    ]);
  });

  it('with content that its name does not tell, because the name is never asked', async () => {
    const info = valueOf(
      await codec.info(
        await fileOf(raster(1, 1, 3, [1, 2, 3]))
          .webp()
          .toBuffer(),
      ),
    );
    expect(info.format).toBe('WebP');
  });
});

describe('a reduced picture', () => {
  it('fits into the size asked for and is never larger than the file', async () => {
    const jpeg = await fileOf(raster(320, 200, 3, Array<number>(192_000).fill(77)))
      .jpeg()
      .toBuffer();
    const small = await open(codec, jpeg, { reducedTo: { width: 64, height: 64 } });
    expect([small.raster.width, small.raster.height]).toEqual([64, 40]);
    expect([small.info.width, small.info.height]).toEqual([320, 200]);
    const same = await open(codec, jpeg, { reducedTo: { width: 5000, height: 5000 } });
    expect([same.raster.width, same.raster.height]).toEqual([320, 200]);
  });
});

it('hands pixels over in shared memory', async () => {
  const { raster: opened } = await open(
    codec,
    await fileOf(raster(1, 1, 3, [1, 2, 3]))
      .png()
      .toBuffer(),
  );
  expect(opened.data.buffer).toBeInstanceOf(SharedArrayBuffer);
});
