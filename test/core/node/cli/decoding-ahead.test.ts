import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { decodingAhead } from '../../../../core/node/cli/decoding-ahead';
import { startCodec, type Codec, type DecodeOptions } from '../../../../core/node/codec/codec';
import { Cancelled } from '../../../../core/raster/signal';
import { burnish } from '../../../support/command-line';
import { noise } from '../../../support/rasters';
import { fileOf, open, plain, valueOf } from '../codec/files';

const folder = mkdtempSync(join(tmpdir(), 'burnish-ahead-'));
const at = (name: string): string => join(folder, name);
const raster = noise({ width: 60, height: 40, channels: 3, depth: 8 });
const png = await fileOf(raster).png().toBuffer();
const codec = startCodec();
afterAll(async () => {
  await codec.close();
  rmSync(folder, { recursive: true });
});

const never = new Promise<void>(() => undefined);
let decoded: { readonly bytes: unknown; readonly options: DecodeOptions | undefined }[] = [];
/** The codec, of which every call to decode is written down. */
const watched: Codec = {
  ...decodingAhead(codec, [], never).codec,
  decode: (bytes, options) => {
    decoded.push({ bytes, options });
    return codec.decode(bytes, options);
  },
};
beforeEach(() => {
  decoded = [];
  writeFileSync(at('a.png'), png);
});

it('decodes the first picture once, and gives it to who asks for the same bytes', async () => {
  const ahead = decodingAhead(watched, ['-', 'steps.json', at('a.png'), at('b.png')], never);
  await ahead.begun;
  expect(decoded.length).toBe(1);
  const other = await fileOf(noise({ width: 5, height: 5, channels: 1, depth: 8 }))
    .png()
    .toBuffer();
  expect((await open(ahead.codec, other)).raster.width).toBe(5);
  expect(decoded.length).toBe(2);
  const [first, second] = await Promise.all([
    open(ahead.codec, readFileSync(at('a.png'))),
    open(ahead.codec, readFileSync(at('a.png'))),
  ]);
  expect(decoded.length).toBe(3);
  expect(plain(first.raster)).toEqual(raster);
  expect(plain(second.raster)).toEqual(raster);
  expect(first.raster.data.buffer).not.toBe(second.raster.data.buffer);
});

it('gives nothing but the whole picture, and not one of other bytes', async () => {
  const ahead = decodingAhead(watched, [at('a.png')], never);
  await ahead.begun;
  await ahead.codec.decode(png, { reducedTo: { width: 10, height: 10 } });
  await ahead.codec.decode({ path: at('a.png'), size: png.length });
  writeFileSync(at('a.png'), Buffer.concat([png, Buffer.alloc(1)]));
  await ahead.codec.decode(readFileSync(at('a.png')));
  expect(decoded.length).toBe(4);
  await ahead.codec.decode(png);
  expect(decoded.length).toBe(4);
});

it('begins once a child has its job, or when that has ended', async () => {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  let isBegun = false;
  const slow: Codec = { ...watched, decode: () => new Promise(() => undefined) };
  const ahead = decodingAhead(slow, [at('a.png')], given);
  const waiting = ahead.begun.then(() => (isBegun = true));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isBegun).toBe(false);
  give();
  await waiting;
  const broken: Codec = { ...watched, decode: () => Promise.reject(new Error('no room')) };
  const failing = decodingAhead(broken, [at('a.png')], never);
  await failing.begun;
  await expect(failing.codec.decode(png)).rejects.toThrow('no room');
});

it('ends with the signal of who asks for it', async () => {
  for (const isEarly of [true, false]) {
    const ahead = decodingAhead(watched, [at('a.png')], never);
    const abort = new AbortController();
    if (isEarly) abort.abort();
    const asked = ahead.codec.decode(png, { signal: abort.signal });
    abort.abort();
    await expect(asked).rejects.toThrow(Cancelled);
  }
});

it('does not begin what is no picture, or is opened in another way', async () => {
  mkdirSync(at('folder'));
  writeFileSync(at('project.burnish'), 'PK\u0003\u0004');
  const large: Codec = { ...watched, mayStay: () => Promise.resolve(true) };
  await decodingAhead(large, [at('a.png')], never).begun;
  const file = openSync(at('a.png'), 'r');
  await decodingAhead(watched, [`/dev/fd/${file}`], never).begun;
  closeSync(file);
  for (const words of [[], ['-'], [at('none.png')], [at('folder')], [at('*.png')], [at('project.burnish')]]) {
    await decodingAhead(watched, words, never).begun;
  }
  expect(decoded).toEqual([]);
});

it.skipIf(process.platform === 'win32')('leaves what comes through a pipe for the command', () => {
  const words = `apply /dev/stdin -o '${at('piped.png')}' --op negative --quiet`;
  const line = `cat '${at('a.png')}' | '${process.execPath}' build/burnish.mjs ${words}`;
  const { status, stderr } = spawnSync(line, { shell: true });
  expect([status, stderr.toString()]).toEqual([0, '']);
  expect(readFileSync(at('piped.png')).length).toBeGreaterThan(100);
});

it('takes nothing from a command: faults, a broken file, and the same picture twice are told as ever', async () => {
  writeFileSync(at('broken.png'), png.subarray(0, 60));
  const broken = await burnish(['apply', at('broken.png'), '-o', at('x.png'), '--op', 'negative']);
  expect(broken.status).toBe(1);
  expect(broken.stderr).toContain('broken.png');
  const twice = [at('a.png'), at('a.png')];
  const done = await burnish(['apply', ...twice, '-o', at('{name}-{index}.png'), '--op', 'negative']);
  expect([done.status, done.stderr]).toEqual([0, '']);
  const made = ['a-1.png', 'a-2.png'].map((name) => readFileSync(at(name)));
  expect(made[0].equals(made[1])).toBe(true);
  const negative = plain(valueOf(await codec.decode(made[0])).raster);
  expect(negative.data).toEqual(raster.data.map((level) => 255 - level));
});
