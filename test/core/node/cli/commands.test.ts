/** The bare form, `serve`, `operations`, `info`, help and version. */

import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../../../core/operations/index';
import { burnish, writePicture } from '../../../support/command-line';
import { noise } from '../../../support/rasters';

let folder = '';
const start = process.cwd();

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'burnish-commands-')));
  process.chdir(folder);
  const turned = noise({ width: 30, height: 20, channels: 3, depth: 8 });
  await writePicture('a.png', turned);
  await writePicture('deep.png', noise({ width: 4, height: 3, channels: 2, depth: 16 }));
  const exif = { IFD0: { Make: 'Burnish', Model: 'Test', Copyright: 'Nobody' } };
  await sharp(readFileSync('a.png'))
    .jpeg()
    .withMetadata({ orientation: 6 })
    .withExifMerge(exif)
    .toFile('turned.jpg');
  writeFileSync('broken.png', 'no');
});
afterAll(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true, force: true });
});

describe('the bare form and serve', () => {
  it.each([
    [[], { files: [], shell: undefined, open: true, port: undefined }],
    [['a.png', 'none.png'], { files: ['a.png', 'none.png'], shell: undefined, open: true, port: undefined }],
    [['--no-open', '--port', '0', 'a.png'], { files: ['a.png'], shell: undefined, open: false, port: 0 }],
    [['--shell', 'electron'], { files: [], shell: 'electron', open: true, port: undefined }],
    [['serve'], { files: [], shell: 'browser', open: true, port: undefined }],
    [
      ['serve', 'a.png', '--no-open', '--port', '8080'],
      { files: ['a.png'], shell: 'browser', open: false, port: 8080 },
    ],
  ])('%j open the editor as they say', async (words, request) => {
    const ended = await burnish(words);
    expect(ended).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(ended.opened).toEqual([request]);
  });
});

describe('help and version', () => {
  it('tell the version alone', async () => {
    expect(await burnish(['--version'])).toMatchObject({ status: 0, stdout: '1.2.3\n', stderr: '' });
  });

  it('name every command there is and none that is not', async () => {
    const { status, stdout, stderr } = await burnish(['--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const commands = /\nCommands:\n([\s\S]*)$/.exec(stdout)?.[1].match(/^ {2}[a-z-]+/gm);
    expect(commands?.map((line) => line.trim())).toEqual([
      'serve',
      'apply',
      'render',
      'operations',
      'explain',
      'script',
      'import-script',
      'info',
      'help',
    ]);
  });

  it.each(['serve', 'apply', 'render', 'operations', 'explain', 'script', 'import-script', 'info'])(
    'explain the command %s',
    async (command) => {
      const direct = await burnish([command, '--help']);
      expect(direct).toMatchObject({ status: 0, stderr: '' });
      expect(direct.stdout).toContain(`Usage: burnish ${command}`);
      expect((await burnish(['help', command])).stdout).toBe(direct.stdout);
    },
  );

  it.each([
    [
      'apply',
      'output op format quality lossless subsampling effort depth metadata profile jobs overwrite json quiet jobs-file',
    ],
    [
      'render',
      'output format quality lossless subsampling effort depth metadata profile overwrite json quiet',
    ],
  ])('of %s has every option that the interface promises', async (command, promised) => {
    const { stdout } = await burnish([command, '--help']);
    for (const option of promised.split(' ')) expect(stdout).toContain(`--${option}`);
  });
});

describe('operations', () => {
  it('lists every operation, as words and as JSON', async () => {
    const words = await burnish(['operations']);
    const json: unknown = JSON.parse((await burnish(['operations', '--json'])).stdout);
    expect(json).toMatchObject(operations.map(({ id }) => ({ id })));
    for (const { id } of operations) expect(words.stdout).toContain(`  ${id} `);
  });

  it('tells one in full', async () => {
    const words = await burnish(['operations', 'gamma']);
    expect(words.stdout).toContain('T·(r/T)^(1/gamma)');
    expect(words.stdout).toContain('a number from 0.01 to 10; default 1');
    const json: unknown = JSON.parse((await burnish(['operations', 'gamma', '--json'])).stdout);
    expect(json).toMatchObject({
      id: 'gamma',
      title: 'Gamma',
      formula: 'T·(r/T)^(1/gamma)',
      parameters: { gamma: { label: 'Gamma', min: 0.01, max: 10, default: 1, suggested: 1 } },
    });
  });
});

describe('info', () => {
  it('tells size, channels, depth, format, profile, orientation and frames, a JSON object a picture', async () => {
    const { status, stdout } = await burnish(['info', 'turned.jpg', 'deep.png', '--json']);
    expect(status).toBe(0);
    const [turned, deep] = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    // As it is opened: upright.
    expect(turned).toMatchObject({
      input: 'turned.jpg',
      format: 'JPEG',
      width: 20,
      height: 30,
      channels: 3,
      depth: 8,
      orientation: 6,
      frames: 1,
    });
    expect(deep).toMatchObject({
      input: 'deep.png',
      format: 'PNG',
      width: 4,
      height: 3,
      channels: 2,
      depth: 16,
      orientation: 1,
      profile: null,
    });
  });

  it('tells it in words, with what the camera wrote', async () => {
    const { stdout } = await burnish(['info', 'turned.jpg']);
    expect(stdout).toMatch(/^turned\.jpg\n {2}Format +JPEG, /);
    expect(stdout).toContain('20 × 30 pixels');
    expect(stdout).toContain('6 (turned right)');
    expect(stdout).toContain('Nobody');
  });

  it('goes on where a picture cannot be read', async () => {
    const { status, stdout, stderr } = await burnish(['info', 'none.png', 'broken.png', 'a.png', '--json']);
    expect(status).toBe(1);
    expect(stderr.split('\n').map((line) => line.split(': ')[1])).toEqual([
      'none.png',
      'broken.png',
      undefined,
    ]);
    const inputs = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(inputs).toMatchObject([
      { input: 'none.png', error: { code: 'not-found' } },
      { input: 'broken.png', error: { code: 'unsupported' } },
      { input: 'a.png', width: 30 },
    ]);
  });
});
