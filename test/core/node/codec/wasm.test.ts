import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCodec, type Codec } from '../../../../core/node/codec/codec';
import { forkWithNode } from '../../../../core/node/codec/fork';
import { codecBuild } from '../../../../core/node/codec/sharp-module';
import { convertDepth } from '../../../../core/raster/convert';
import { noise, shapes, shapeText } from '../../../support/rasters';
import { fileOf, greatestDifference, open, plain, save } from './files';

describe('which build of sharp is loaded', () => {
  it.each([
    ['native', {}, false, 'linux'],
    ['native', {}, true, 'darwin'],
    ['native', {}, true, 'win32'],
    ['wasm', {}, true, 'linux'],
    ['wasm', { BURNISH_CODEC: 'wasm' }, false, 'darwin'],
    ['native', { BURNISH_CODEC: 'native' }, true, 'linux'],
    ['wasm', { BURNISH_CODEC: 'other' }, true, 'linux'],
  ] as const)('%s for %o, in Electron %s, on %s', (build, environment, inElectron, platform) => {
    expect(codecBuild(environment, inElectron, platform)).toBe(build);
  });

  it.each(['native', 'wasm'] as const)('is the one asked for: %s', async (build) => {
    const messages: unknown[] = [];
    const codec = startCodec({
      build,
      fork: (path, environment) => {
        const child = forkWithNode(path, environment);
        child.onMessage((message) => messages.push(message));
        return child;
      },
    });
    await codec.info(
      await fileOf(noise({ width: 2, height: 2, channels: 3, depth: 8 }))
        .png()
        .toBuffer(),
    );
    await codec.close();
    expect(messages[0]).toEqual({ is: 'ready', build });
  });
});

describe('both builds', () => {
  let native: Codec;
  let wasm: Codec;
  beforeAll(() => {
    native = startCodec({ processes: 1, build: 'native' });
    wasm = startCodec({ processes: 1, build: 'wasm' });
  });
  afterAll(() => Promise.all([native.close(), wasm.close()]));

  it.each(shapes([37, 23]).map((shape) => [shapeText(shape), shape] as const))(
    'read and write the same levels: %s',
    async (_, shape) => {
      const raster = noise(shape);
      for (const format of ['png', 'tiff'] as const) {
        const byNative = await save(native, raster, { format });
        const byWasm = await save(wasm, raster, { format });
        expect(plain((await open(wasm, byNative)).raster)).toEqual(raster);
        expect(plain((await open(native, byWasm)).raster)).toEqual(raster);
      }
    },
  );

  it('agree on a JPEG with a profile to within a level or two', async () => {
    const raster = convertDepth(noise({ width: 64, height: 48, channels: 3, depth: 8 }), 8);
    const jpeg = await fileOf(raster).withIccProfile('p3').jpeg().toBuffer();
    const [a, b] = [await open(native, jpeg), await open(wasm, jpeg)];
    expect(greatestDifference(plain(a.raster), plain(b.raster))).toBeLessThanOrEqual(2);
    expect(a.info).toEqual(b.info);
    const kept = await save(wasm, b.raster, { format: 'webp', profile: 'keep' }, b.metadata);
    expect((await open(native, kept)).info.profile).toBe('sP3C');
  });

  it('agree on a drawing’s size and on what is refused', async () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><rect width="9" height="9"/></svg>',
    );
    for (const codec of [native, wasm]) {
      expect((await open(codec, svg)).raster).toMatchObject({ width: 20, height: 10, channels: 4 });
      expect(await codec.decode(Buffer.from('hello'))).toMatchObject({
        ok: false,
        fault: { code: 'unsupported' },
      });
    }
  });
});
