import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCodec, type Codec } from '../../../../core/node/codec/codec';
import { formatOf } from '../../../../core/node/codec/format';
import { isWholeGif } from '../../../../core/node/codec/gif';
import { noise } from '../../../support/rasters';
import { faultOf, fileOf, open, raster, save } from './files';
import { greyPng, pngWith } from './handmade';

let codec: Codec;
beforeAll(() => {
  codec = startCodec();
});
afterAll(() => codec.close());

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1');
const reads = 'JPEG, PNG, WebP, TIFF, AVIF, GIF and SVG';

describe('a file that cannot be opened is refused in one sentence', () => {
  it.each([
    ['an empty file', ascii(''), 'unreadable', 'the file is empty'],
    ['text', ascii('Dear Ada,\nthis is a letter.'), 'unsupported', 'this kind of file is not supported'],
    [
      'a PDF file',
      ascii('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj'),
      'unsupported',
      'PDF files are not supported',
    ],
    [
      'a HEIC picture',
      ascii('\0\0\0\x18ftypheic\0\0\0\0mif1heic'),
      'unsupported',
      'HEIC pictures are not supported',
    ],
    ['a BMP picture', ascii(`BM${'\0'.repeat(60)}`), 'unsupported', 'BMP pictures are not supported'],
    [
      'a PSD picture',
      ascii(`8BPS\0\x01${'\0'.repeat(40)}`),
      'unsupported',
      'Photoshop (PSD) pictures are not supported',
    ],
    [
      'a web page',
      ascii('<!DOCTYPE html><html><body><svg/></body></html>'),
      'unsupported',
      'this kind of file is not supported',
    ],
    [
      'the start of a JPEG',
      ascii('\xff\xd8\xff\xe0\0\x10JFIF\0'),
      'damaged',
      'the JPEG file is damaged and cannot be read',
    ],
    [
      'the start of a PNG',
      ascii('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'),
      'damaged',
      'the PNG file is damaged and cannot be read',
    ],
    [
      'an SVG that is not closed',
      ascii('<svg width="3"'),
      'damaged',
      'the SVG file is damaged and cannot be read',
    ],
  ])('%s', async (_, bytes, code, message) => {
    const fault = faultOf(await codec.decode(bytes));
    expect([fault.code, fault.message]).toEqual([code, message]);
    expect(fault.remedy).not.toBe('');
    expect(faultOf(await codec.info(bytes))).toEqual(fault);
  });

  it('whatever is cut off, and never by a crash', async () => {
    const whole = await save(codec, noise({ width: 40, height: 30, channels: 3, depth: 8 }), {
      format: 'webp',
    });
    for (let length = 1; length < whole.length; length += 97) {
      const outcome = await codec.decode(whole.subarray(0, length));
      if (outcome.ok) expect(outcome.value.notices.length).toBeGreaterThan(0);
      else expect(['damaged', 'unsupported']).toContain(outcome.fault.code);
    }
  });
});

describe('a damaged file', () => {
  it.each(['jpeg', 'png', 'tiff'] as const)(
    'shows what can be read of it, and says so: %s',
    async (format) => {
      const file = await save(codec, noise({ width: 90, height: 80, channels: 3, depth: 8 }), {
        format,
        metadata: 'none',
        profile: 'none',
      });
      const bytes = Buffer.from(file);
      if (format === 'tiff') bytes.fill(0x55, 2000, 9000);
      const outcome = await codec.decode(
        format === 'tiff' ? bytes : bytes.subarray(0, (bytes.length * 2) / 3),
      );
      if (!outcome.ok) throw new Error(outcome.fault.message);
      expect(outcome.value.notices).toEqual(['This file is damaged; what could be read is shown.']);
      expect([outcome.value.raster.width, outcome.value.raster.height]).toEqual([90, 80]);
    },
  );

  it('with odd notes only is not called damaged', async () => {
    const png = pngWith(greyPng(4, [1, 2, 3]), ['hIST', Buffer.of(0, 1)]);
    expect((await open(codec, png)).notices).toEqual([
      'Some notes in this file are not as they should be; the picture itself is whole.',
    ]);
  });

  it('of GIF is known by its chain of blocks', async () => {
    const gif = await fileOf(noise({ width: 60, height: 50, channels: 3, depth: 8 }))
      .gif()
      .toBuffer();
    expect(isWholeGif(gif)).toBe(true);
    expect((await open(codec, gif)).notices).toEqual([]);
    for (let length = 0; length < gif.length - 1; length += 11)
      expect(isWholeGif(gif.subarray(0, length))).toBe(false);
  });
});

describe('limits', () => {
  const limited = startCodec({
    processes: 1,
    limits: { pixels: 100, frames: 2, fileBytes: 5000, decodedBytes: 250 },
  });
  afterAll(() => limited.close());

  it.each([
    [
      'pixels',
      raster(20, 6, 1, Array<number>(120).fill(1)),
      'the picture has 120 pixels; Burnish opens up to 100',
    ],
    [
      'bytes of pixels',
      raster(10, 9, 3, Array<number>(270).fill(1)),
      'the picture has 270 bytes of pixels; Burnish opens up to 250',
    ],
  ])('of %s', async (_, picture, message) => {
    const space = picture.channels === 1 ? 'b-w' : 'srgb';
    const file = await fileOf(picture).toColourspace(space).png().toBuffer();
    expect(faultOf(await limited.decode(file))).toMatchObject({ code: 'too-large', message });
  });

  it('of the file', async () => {
    const fault = faultOf(await limited.decode(new Uint8Array(5001)));
    expect([fault.code, fault.message]).toEqual([
      'too-large',
      'the file has 5,001 bytes; Burnish opens up to 5,000',
    ]);
  });

  it('of what a format can hold', async () => {
    const wide = raster(17_000, 1, 1, Array<number>(17_000).fill(1));
    const fault = faultOf(await limited.encode(wide, null, { format: 'webp' }));
    expect(fault.code).toBe('too-large');
    expect(fault.message).toBe(
      'WebP pictures are at most 16,383 pixels wide and high; this one is 17000 × 1',
    );
  });

  it('of a bomb, by its header alone', async () => {
    const bomb = Buffer.from(greyPng(1, [1]));
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    const fault = faultOf(await codec.decode(bomb));
    expect(['too-large', 'damaged']).toContain(fault.code);
  });
});

describe('the format', () => {
  it.each([
    ['JPEG', '\xff\xd8\xff\xdb'],
    ['TIFF', 'II+\0'],
    ['AVIF', '\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf'],
    ['SVG', '  <!-- x --><?xml-stylesheet?>\n<s:svg xmlns:s="http://www.w3.org/2000/svg"/>'],
    ['SVG', '\xff\xfe<\0s\0v\0g\0>\0'],
  ])('%s is told by the first bytes', (format, start) => {
    expect(formatOf(ascii(start))).toBe(format);
  });

  it('is told in no time from text made to mislead', () => {
    const begun = performance.now();
    for (const text of [
      '<!--'.repeat(20_000),
      '<!---->'.repeat(9000),
      `<!doctype a [${']'.repeat(60_000)}`,
      '<?'.repeat(30_000),
    ]) {
      expect(formatOf(ascii(text))).toBeNull();
    }
    // Exponential work would not end; this is no measurement of speed.
    expect(performance.now() - begun).toBeLessThan(20_000);
  });

  it.each(['HEIC, HEIF', '<html><svg>', 'GIF', 'RIFF____WAVE', ''])(
    'is not taken for one of ours: %s',
    (text) => {
      expect(formatOf(ascii(text))).toBeNull();
    },
  );
});

it('names what is read in every remedy', async () => {
  expect(faultOf(await codec.decode(ascii('hello'))).remedy).toBe(`Burnish opens ${reads}`);
});
