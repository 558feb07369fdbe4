import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  EXPORT_FORMATS,
  startCodec,
  type Codec,
  type DecodedPicture,
} from '../../../../core/node/codec/codec';
import { readExif } from '../../../../core/node/codec/exif';
import { iptcRecords, jpegWithIptc } from '../../../../core/node/codec/iptc';
import { carriedMetadata, withoutPosition } from '../../../../core/node/codec/policy';
import { noise } from '../../../support/rasters';
import { fileOf, open, plainly, save, valueOf } from './files';

let codec: Codec;
let photo: DecodedPicture;

const XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:drone="x:drone/"
  exif:GPSLatitude="48,12.5N" tiff:Orientation="6" dc:format="image/jpeg">
<exif:GPSLongitude>16,22.1E</exif:GPSLongitude><drone:GpsAltitude/>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© Ada &amp; Co</rdf:li></rdf:Alt></dc:rights>
</rdf:Description></rdf:RDF></x:xmpmeta>`;
/** An IPTC record: caption (2:120). */
const IPTC = Buffer.from([0x1c, 2, 120, 0, 5, ...Buffer.from('Hello', 'latin1')]);

beforeAll(async () => {
  codec = startCodec();
  const jpeg = await fileOf(noise({ width: 30, height: 20, channels: 3, depth: 8 }))
    .withXmp(XMP)
    .withExif({
      IFD0: { Make: 'Works', Model: 'Camera One', Artist: 'Ada', Copyright: '© Ada', Orientation: '1' },
      IFD2: {
        ExposureTime: '1/250',
        FNumber: '28/10',
        DateTimeOriginal: '2024:05:06 07:08:09',
        LensModel: 'Lens 35',
      },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '48/1 12/1 30/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '16/1 22/1 6/1',
      },
    })
    .withDensity(300)
    .jpeg()
    .toBuffer();
  photo = await open(codec, jpegWithIptc(jpeg, IPTC));
});
afterAll(() => codec.close());

it('is told in words', () => {
  expect(photo.info).toMatchObject({
    hasPosition: true,
    density: 300,
    facts: {
      Make: 'Works',
      Camera: 'Camera One',
      Lens: 'Lens 35',
      Exposure: '1/250',
      Aperture: 'f/2.8',
      Taken: '2024:05:06 07:08:09',
      Artist: 'Ada',
    },
  });
  expect(Buffer.from(photo.metadata.iptc ?? [])).toEqual(IPTC);
});

describe.each(EXPORT_FORMATS)('in an exported %s file', (format) => {
  const exported = async (metadata: 'all' | 'all+gps' | 'copyright' | 'none'): Promise<Uint8Array> =>
    save(codec, photo.raster, { format, metadata }, photo.metadata);

  it('is all there but the position', async () => {
    const file = await exported('all');
    const info = valueOf(await codec.info(file));
    expect(info.facts).toEqual({ ...photo.info.facts });
    expect(info.hasPosition).toBe(false);
    // WebP and AVIF have no place for it but EXIF.
    expect(info.density).toBe(format === 'webp' || format === 'avif' ? undefined : 300);
    expect(Buffer.from(file).toString('latin1')).not.toMatch(/GPS/i);
    const { metadata } = await open(codec, file);
    expect(metadata.exif === undefined ? undefined : readExif(metadata.exif)?.position).toEqual([]);
    const xmp = Buffer.from(metadata.xmp ?? []).toString();
    expect(xmp).toContain('© Ada &amp; Co');
    expect(xmp).toContain('tiff:Orientation="1"');
    if (format === 'jpeg' || format === 'tiff') expect(Buffer.from(metadata.iptc ?? [])).toEqual(IPTC);
  });

  it('has the position where it is asked for', async () => {
    const file = await exported('all+gps');
    expect(valueOf(await codec.info(file))).toMatchObject({ hasPosition: true, facts: photo.info.facts });
    const { metadata } = await open(codec, file);
    expect(Buffer.from(metadata.xmp ?? []).toString()).toContain('exif:GPSLatitude="48,12.5N"');
    const position = metadata.exif === undefined ? [] : (readExif(metadata.exif)?.position ?? []);
    expect(position.find(({ tag }) => tag === 2)?.value.slice(0, 8)).toEqual(
      Uint8Array.of(48, 0, 0, 0, 1, 0, 0, 0),
    );
  });

  it('is the artist and the copyright alone, or nothing', async () => {
    const copyright = await exported('copyright');
    expect(valueOf(await codec.info(copyright)).facts).toEqual({
      Artist: 'Ada',
      Copyright: photo.info.facts['Copyright'],
    });
    const nothing = await exported('none');
    expect(valueOf(await codec.info(nothing)).facts).toEqual({});
    const { exif, xmp, iptc } = await sharp(nothing).metadata();
    expect([exif, xmp, iptc]).toEqual([undefined, undefined, undefined]);
  });
});

it('changes no level, at any depth and layout', async () => {
  for (const channels of [1, 2, 3, 4] as const) {
    for (const depth of [8, 16] as const) {
      const raster = noise({ width: 33, height: 21, channels, depth });
      for (const format of ['png', 'tiff'] as const) {
        const file = await save(codec, raster, { format, metadata: 'all+gps' }, photo.metadata);
        const back = await open(codec, file);
        expect(back.raster.data.slice()).toEqual(raster.data);
        expect(back.info.facts).toEqual(photo.info.facts);
      }
    }
  }
});

it('of a source in TIFF goes on like any other', async () => {
  const tiff = await save(codec, photo.raster, { format: 'tiff', metadata: 'all+gps' }, photo.metadata);
  const { raster, metadata } = await open(codec, tiff);
  const jpeg = await save(codec, raster, { format: 'jpeg', metadata: 'all+gps' }, metadata);
  expect(valueOf(await codec.info(jpeg))).toMatchObject({ hasPosition: true, facts: photo.info.facts });
});

it('takes the copyright from XMP where EXIF has none', async () => {
  const xmp = new TextEncoder().encode(XMP);
  const file = await save(codec, photo.raster, { format: 'jpeg', metadata: 'copyright' }, { xmp });
  expect(valueOf(await codec.info(file)).facts).toEqual({ Copyright: '© Ada & Co' });
});

it('leaves a file that every reader takes', async () => {
  const file = await save(codec, photo.raster, { format: 'tiff', metadata: 'all' }, photo.metadata);
  expect((await plainly(file)).data).toEqual(photo.raster.data.slice());
});

describe('positions in XMP', () => {
  it.each([
    ['<a exif:GPSLatitude="1" b="2"/>', '<a b="2"/>'],
    ["<a exif:GPSLatitude='1'\n exif:GPSMapDatum = 'x'/>", '<a/>'],
    ['<a><exif:GPSLongitude>1</exif:GPSLongitude>b</a>', '<a>b</a>'],
    ['<a><drone-dji:GpsLatitude x="1"/>b</a>', '<a>b</a>'],
    ['<a><exif:GPSDestination><rdf:li>1</rdf:li></exif:GPSDestination></a>', '<a></a>'],
    ['<a exif:ISO="1">GPS</a>', '<a exif:ISO="1">GPS</a>'],
  ])('are taken out of %s', (xmp, without) => {
    expect(withoutPosition(xmp)).toBe(without);
  });
});

describe('damaged blocks', () => {
  it('never make an export fail', async () => {
    const raster = noise({ width: 9, height: 7, channels: 3, depth: 8 });
    const block = Buffer.from(photo.metadata.exif ?? []);
    for (let length = 0; length < block.length; length += 7) {
      const exif = Uint8Array.from(block.subarray(0, length));
      expect(carriedMetadata({ exif }, 'all+gps').density).toBeNull();
    }
    // Every entry's type, count and address made huge.
    for (let at = 8; at < block.length; at += 4) {
      const exif = Uint8Array.from(block);
      exif.fill(255, at, at + 4);
      carriedMetadata({ exif }, 'all+gps');
    }
    const torn = {
      exif: block.subarray(0, 60),
      xmp: Buffer.from('<x'),
      icc: Buffer.from('no profile'),
      iptc: Buffer.of(1),
    };
    for (const format of EXPORT_FORMATS) await save(codec, raster, { format, profile: 'keep' }, torn);
  });

  it('of IPTC end where the bytes end', () => {
    const block = Buffer.concat([Buffer.from('Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0a', 'latin1'), IPTC]);
    expect(Buffer.from(iptcRecords(block) ?? [])).toEqual(IPTC);
    for (let length = 0; length < block.length; length++) iptcRecords(block.subarray(0, length));
    expect(iptcRecords(Buffer.from('nothing'))).toBeNull();
  });
});
