import { createServer, type Server } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCodec, type Codec } from '../../../../core/node/codec/codec';
import { fileOf, open, raster } from './files';

const folder = mkdtempSync(join(tmpdir(), 'burnish-drawing-'));
const canary = join(folder, 'canary.png');
let asked = 0;
let server: Server;
let address = '';

beforeAll(async () => {
  writeFileSync(
    canary,
    await fileOf(raster(2, 2, 3, Array<number>(12).fill(255)))
      .png()
      .toBuffer(),
  );
  server = createServer((_, response) => {
    asked += 1;
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const bound = server.address();
  address = typeof bound === 'object' && bound !== null ? `http://127.0.0.1:${bound.port}/a.png` : '';
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const drawing = (content: string, head = ''): Buffer =>
  Buffer.from(
    `${head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
      `xmlns:xi="http://www.w3.org/2001/XInclude" width="60" height="20">${content}</svg>`,
  );

describe.each(['native', 'wasm'] as const)('a drawing, in the %s build', (build) => {
  let codec: Codec;
  beforeAll(() => {
    codec = startCodec({ processes: 1, build });
  });
  afterAll(() => codec.close());

  it('shows what it holds itself', async () => {
    const { raster: opened } = await open(codec, drawing('<rect width="60" height="20" fill="lime"/>'));
    expect([...opened.data.subarray(0, 4)]).toEqual([0, 255, 0, 255]);
  });

  it.each([
    [
      'a picture by its path',
      () => `<image href="${canary}" xlink:href="${canary}" width="60" height="20"/>`,
    ],
    [
      'a picture by a path with an entity',
      () => `<image href="&#47;${canary.slice(1)}" width="60" height="20"/>`,
    ],
    [
      'a picture by its address',
      () => `<image href="${pathToFileURL(canary).href}" width="60" height="20"/>`,
    ],
    ['a picture beside it', () => '<image href="canary.png" width="60" height="20"/>'],
    [
      'a picture of the network',
      () => `<image href="${address}" xlink:href="${address}" width="60" height="20"/>`,
    ],
    [
      'a filter’s picture',
      () =>
        `<filter id="f"><feImage href="${canary}"/></filter><rect width="60" height="20" filter="url(#f)"/>`,
    ],
    ['an included text', () => '<text y="15"><xi:include parse="text" href="/etc/passwd"/></text>'],
    ['a style sheet', () => `<style>@import url("${address}");</style>`],
  ])('reads nothing outside itself: %s', async (_, content) => {
    const { raster: opened } = await open(codec, drawing(content()));
    expect(opened.data.some((level) => level > 0)).toBe(false);
  });

  it('reads no entity from a file', async () => {
    const head = '<!DOCTYPE svg [<!ENTITY secret SYSTEM "file:///etc/passwd">]>';
    const outcome = await codec.decode(drawing('<text y="15">&secret;</text>', head));
    if (outcome.ok) expect(outcome.value.raster.data.some((level) => level > 0)).toBe(false);
    else expect(outcome.fault.code).toBe('damaged');
  });

  it('asks nobody', () => {
    expect(asked).toBe(0);
  });

  it('says where its text is not shown', async () => {
    const { notices } = await open(codec, drawing('<text y="15">Hello</text>'));
    expect(notices).toEqual(build === 'wasm' ? ['The text in this drawing is not shown.'] : []);
  });
});
