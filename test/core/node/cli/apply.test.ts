/** What `apply` writes, and where: the results are compared with the plain formula on the samples of the input. */

import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { colourChannelsOf, shapeOf, topOf, type Raster } from '../../../../core/raster/raster';
import { burnish, listing, writePicture, type Setting } from '../../../support/command-line';
import { readPng } from '../../../support/png';
import { noise, shapes, shapeText } from '../../../support/rasters';

let folder = '';
const at = (...names: readonly string[]) => join(folder, ...names);
const start = process.cwd();

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'burnish-apply-')));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `apply`, which must succeed without a word on stderr. */
async function applied(words: readonly string[], setting: Setting = {}) {
  const ended = await burnish(['apply', ...words], setting);
  expect(ended.stderr).toBe('');
  expect(ended.status).toBe(0);
  return ended;
}

/** T − v in the colour channels, the plain way. */
function negative(raster: Raster): readonly number[] {
  const colours = colourChannelsOf(raster);
  return Array.from(raster.data, (level, index) =>
    index % raster.channels < colours ? topOf(raster.depth) - level : level,
  );
}

const line = v.strictObject({
  input: v.string(),
  output: v.nullable(v.string()),
  line: v.optional(v.number()),
  width: v.nullable(v.number()),
  height: v.nullable(v.number()),
  channels: v.nullable(v.number()),
  depth: v.nullable(v.number()),
  steps: v.array(v.strictObject({ id: v.string(), values: v.optional(v.record(v.string(), v.unknown())) })),
  ms: v.strictObject({ decode: v.number(), process: v.number(), encode: v.number() }),
  error: v.optional(v.strictObject({ code: v.string(), message: v.string(), remedy: v.string() })),
});

/** The JSON lines of an output, each of the promised form. */
function linesOf(text: string) {
  return text
    .trimEnd()
    .split('\n')
    .map((each) => v.parse(line, JSON.parse(each)));
}

const small = noise({ width: 9, height: 7, channels: 3, depth: 8 });

describe('one picture', () => {
  it('keeps its depth and layout, whatever they are', async () => {
    const all = shapes([9, 7], [1, 1]).map((shape, index) => ({
      name: `${index}.png`,
      raster: noise(shape),
    }));
    mkdirSync('in');
    for (const { name, raster } of all) await writePicture(join('in', name), raster);
    await applied(['in', '-o', 'out/', '--op', 'negative']);
    for (const { name, raster } of all) {
      const result = await readPng(join('out', name));
      expect(shapeOf(result), shapeText(raster)).toEqual(shapeOf(raster));
      expect(Array.from(result.data), shapeText(raster)).toEqual(negative(raster));
    }
    expect(listing(at('out'))).toHaveLength(all.length);
  });

  it('takes the depth that is asked for: 8 → 16 is v·257, 16 → 8 is v/257 rounded', async () => {
    await writePicture('8.png', small);
    await applied(['8.png', '-o', '16.png', '--depth', '16']);
    const deep = await readPng('16.png');
    expect(deep.depth).toBe(16);
    expect(Array.from(deep.data)).toEqual(Array.from(small.data, (level) => level * 257));
    await writePicture('deep.png', noise({ ...small, depth: 16 }));
    const source = await readPng('deep.png');
    await applied(['deep.png', '-o', 'flat.png', '--depth', '8']);
    const flat = await readPng('flat.png');
    expect(flat.depth).toBe(8);
    expect(Array.from(flat.data)).toEqual(Array.from(source.data, (level) => Math.round(level / 257)));
  });

  it.each(['jpg', 'webp', 'tif', 'avif'])('is written in the format of the ending: %s', async (ending) => {
    await writePicture('in.png', small);
    await applied(['in.png', '-o', `out.${ending.toUpperCase()}`]);
    const { format, width } = await sharp(readFileSync(`out.${ending.toUpperCase()}`)).metadata();
    expect({ jpeg: 'jpg', tiff: 'tif', heif: 'avif' }[String(format)] ?? format).toBe(ending);
    expect(width).toBe(9);
  });

  it('is written in the format that is asked for, whatever the ending, and smaller at a lower quality', async () => {
    await writePicture('in.png', noise({ width: 64, height: 64, channels: 3, depth: 8 }));
    for (const quality of ['95', '10']) {
      await applied(['in.png', '-o', `out-${quality}`, '--format', 'JPG', '--quality', quality]);
      expect((await sharp(readFileSync(`out-${quality}`)).metadata()).format).toBe('jpeg');
    }
    expect(statSync('out-10').size).toBeLessThan(statSync('out-95').size / 2);
  });

  it('has the colours as they are or halved, as is asked for', async () => {
    await writePicture('in.png', noise({ width: 64, height: 64, channels: 3, depth: 8 }));
    for (const subsampling of ['4:4:4', '4:2:0']) {
      const name = `out-${subsampling.replaceAll(':', '')}`;
      await applied(['in.png', '-o', `${name}.jpg`, '--quality', '90', '--subsampling', subsampling]);
      expect((await sharp(readFileSync(`${name}.jpg`)).metadata()).chromaSubsampling).toBe(subsampling);
      await applied(['in.png', '-o', `${name}.avif`, '--quality', '90', '--subsampling', subsampling]);
    }
    expect(statSync('out-420.avif').size).toBeLessThan(statSync('out-444.avif').size);
  });

  it.each(['webp', 'avif'])('loses nothing as %s where that is asked for', async (ending) => {
    const source = noise({ width: 64, height: 64, channels: 3, depth: 8 });
    await writePicture('in.png', source);
    await applied(['in.png', '-o', `out.${ending}`, '--lossless']);
    await applied([`out.${ending}`, '-o', 'back.png']);
    expect((await readPng('back.png')).data).toEqual(source.data);
  });

  it('is smaller for more effort, and the same picture', async () => {
    const source = noise({ width: 200, height: 200, channels: 3, depth: 8 });
    source.data.forEach((level, at) => (source.data[at] = (level % 8) + (at % 100)));
    await writePicture('in.png', source);
    for (const effort of ['0', '9']) await applied(['in.png', '-o', `out-${effort}.png`, '--effort', effort]);
    expect(statSync('out-9.png').size).toBeLessThan(statSync('out-0.png').size);
    expect((await readPng('out-9.png')).data).toEqual((await readPng('out-0.png')).data);
  });

  it('has the steps of the recipe first, then those of --op; switched off ones are left out', async () => {
    await writePicture('in.png', small);
    const operations = [
      { id: 'posterize', params: { levels: 2 } },
      { id: 'negative', enabled: false },
    ];
    writeFileSync('two-tone.json', JSON.stringify({ burnish: 1, operations }));
    const { stdout } = await applied([
      'two-tone.json',
      'in.png',
      '-o',
      'out.png',
      '--op',
      'solarize threshold=1',
      '--json',
    ]);
    expect(linesOf(stdout)[0].steps.map((step) => step.id)).toEqual(['posterize', 'solarize']);
    const twoTone = Array.from(small.data, (level) => (level < 128 ? 0 : 0));
    expect(Array.from((await readPng('out.png')).data)).toEqual(twoTone);
  });

  it('may be limited as a recipe says', async () => {
    await writePicture('in.png', small);
    const operations = [{ id: 'negative', channels: 'g', opacity: 0.5 }];
    writeFileSync('green.json', JSON.stringify({ burnish: 1, operations }));
    await applied(['in.png', 'green.json', '-o', 'out.png']);
    const expected = Array.from(small.data, (level, index) =>
      index % 3 === 1 ? Math.floor(level + 0.5 * (255 - level - level) + 0.5) : level,
    );
    expect(Array.from((await readPng('out.png')).data)).toEqual(expected);
  });

  it('comes from standard input and goes to standard output, in its own format unless told otherwise', async () => {
    await writePicture('in.png', small);
    await writePicture('in.webp', small);
    const png = await applied(['-', '-o', '-', '--op', 'negative'], { stdin: readFileSync('in.png') });
    writeFileSync('out.png', png.bytes);
    expect(Array.from((await readPng('out.png')).data)).toEqual(negative(small));
    const webp = await applied(['-', '-o', '-'], { stdin: readFileSync('in.webp') });
    expect((await sharp(webp.bytes).metadata()).format).toBe('webp');
    const jpeg = await applied(['in.png', '-o', '-', '--format', 'jpeg']);
    expect((await sharp(jpeg.bytes).metadata()).format).toBe('jpeg');
  });

  it('replaces a file, also itself, only with --overwrite', async () => {
    await writePicture('in.png', small);
    const before = readFileSync('in.png');
    expect((await burnish(['apply', 'in.png', '-o', 'in.png', '--op', 'negative'])).status).toBe(1);
    expect(readFileSync('in.png')).toEqual(before);
    await applied(['in.png', '-o', 'in.png', '--op', 'negative', '--overwrite']);
    expect(Array.from((await readPng('in.png')).data)).toEqual(negative(small));
  });

  it('reports what its steps measured', async () => {
    await writePicture('in.png', small);
    const { stdout } = await applied(['in.png', '-o', 'out.png', '--op', 'logTransform', '--json']);
    const [{ steps, ...rest }] = linesOf(stdout);
    const largest = Math.max(...small.data);
    const c = 255 / Math.log(1 + largest);
    expect(steps).toEqual([
      { id: 'logTransform', values: { c: [c, c, c], max: [largest, largest, largest] } },
    ]);
    expect(rest).toMatchObject({
      input: 'in.png',
      output: 'out.png',
      width: 9,
      height: 7,
      channels: 3,
      depth: 8,
    });
  });

  it('is upright, and keeps what the camera wrote but for the position, unless told otherwise', async () => {
    const exif = {
      IFD0: { Copyright: 'Nobody' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' },
    };
    await writePicture('in.png', small);
    await sharp(readFileSync('in.png'))
      .jpeg()
      .withMetadata({ orientation: 6 })
      .withExifMerge(exif)
      .toFile('in.jpg');
    const told = async (...options: readonly string[]) => {
      const { bytes } = await applied(['in.jpg', '-o', '-', ...options]);
      writeFileSync('out.jpg', bytes);
      const { stdout } = await burnish(['info', 'out.jpg', '--json']);
      return v.parse(
        v.object({
          width: v.number(),
          orientation: v.number(),
          hasPosition: v.boolean(),
          profile: v.nullable(v.string()),
          facts: v.record(v.string(), v.string()),
        }),
        JSON.parse(stdout),
      );
    };
    expect(await told()).toMatchObject({
      width: 7,
      orientation: 1,
      hasPosition: false,
      profile: expect.stringContaining('sRGB') as string,
      facts: { Copyright: 'Nobody' },
    });
    expect(await told('--metadata', 'all+gps')).toMatchObject({ hasPosition: true });
    expect((await told('--metadata', 'none', '--profile', 'none')).facts).toEqual({});
    expect(await told('--profile', 'none')).toMatchObject({ profile: null });
  });

  it('tells the shape of the file that was written', async () => {
    await writePicture('in.png', noise({ width: 4, height: 4, channels: 4, depth: 16 }));
    const { stdout } = await applied(['in.png', '-o', 'out.jpg', '--json']);
    expect(linesOf(stdout)[0]).toMatchObject({ channels: 3, depth: 8 });
    const { channels, depth } = await sharp(readFileSync('out.jpg')).metadata();
    expect([channels, depth]).toEqual([3, 'uchar']);
  });
});

describe('several pictures', () => {
  beforeEach(async () => {
    mkdirSync('photos/2024/may', { recursive: true });
    mkdirSync('photos/.hidden');
    for (const [index, name] of [
      'b.png',
      'a.jpg',
      '2024/c.PNG',
      '2024/may/d.webp',
      '.hidden/e.png',
    ].entries()) {
      await writePicture(join('photos', name), noise({ width: 5 + index, height: 4, channels: 3, depth: 8 }));
    }
    await sharp(readFileSync('photos/b.png')).toFile('photos/moving.gif');
    writeFileSync('photos/notes.txt', 'not a picture');
    writeFileSync('photos/.thumbnail.png', 'not one either');
  });

  it('of a folder go into a folder that is made, with their names and formats; what cannot be written is PNG', async () => {
    const { stdout } = await applied(['photos', '-o', 'out/deep/', '--op', 'negative', '--json']);
    expect(listing(at('out/deep')).map((name) => name.split(' ')[0])).toEqual([
      'a.jpg',
      'b.png',
      'moving.png',
    ]);
    expect(linesOf(stdout).map(({ input, output }) => [input, output])).toEqual([
      ['photos/a.jpg', 'out/deep/a.jpg'],
      ['photos/b.png', 'out/deep/b.png'],
      ['photos/moving.gif', 'out/deep/moving.png'],
    ]);
    expect((await sharp(readFileSync('out/deep/moving.png')).metadata()).format).toBe('png');
  });

  it('of a glob mirror the folders beneath its fixed part', async () => {
    await applied(['photos/**/*.{png,PNG,webp}', '-o', 'out']);
    expect(
      listing(at('out'))
        .filter((name) => name.includes('.'))
        .map((name) => name.split(' ')[0]),
    ).toEqual(['2024/c.PNG', '2024/may/d.webp', 'b.png']);
  });

  it('take their names from a template', async () => {
    const template = 'out/{folder}/{index}-{name}-edited.{ext}';
    await applied(['photos/b.png', 'photos/**/*.webp', '-o', template, '--format', 'jpeg']);
    expect(listing(at('out')).map((name) => name.split(' ')[0])).toEqual([
      '1-b-edited.jpeg',
      '2024',
      '2024/may',
      '2024/may/2-d-edited.jpeg',
    ]);
  });

  it('go into a folder that is there; a named file is read even where its name looks like a pattern', async () => {
    mkdirSync('out');
    cpSync('photos/b.png', 'photo[1].png');
    await applied(['photo[1].png', '-o', 'out']);
    expect(listing(at('out')).map((name) => name.split(' ')[0])).toEqual(['photo[1].png']);
  });

  it('are done though others fail, each of which has its line; the order is that of the arguments', async () => {
    writeFileSync('broken.png', 'no picture');
    const words = ['none.png', 'photos/b.png', 'broken.png', 'photos/a.jpg', '*.webp'];
    const ended = await burnish(['apply', ...words, '-o', 'out/', '--json', '--jobs', '2']);
    expect(ended.status).toBe(1);
    const errors = ended.stderr.trimEnd().split('\n');
    expect(errors.map((each) => /^burnish: ([^:]+): ./.exec(each)?.[1])).toEqual([
      'none.png',
      'broken.png',
      '*.webp',
    ]);
    const lines = linesOf(ended.stdout);
    expect(lines.map(({ input, error }) => [input, error?.code ?? null])).toEqual([
      ['none.png', 'not-found'],
      ['photos/b.png', null],
      ['broken.png', 'unsupported'],
      ['photos/a.jpg', null],
      ['*.webp', 'not-found'],
    ]);
    expect(lines[2].error?.message).toContain('not supported');
    expect(listing(at('out')).map((name) => name.split(' ')[0])).toEqual(['a.jpg', 'b.png']);
  });

  it('are the same with one lane and with many', async () => {
    const words = ['photos/**/*', '--op', 'gamma gamma=2.2', '--op', 'logTransform', '--format', 'png'];
    for (const lanes of ['1', '7']) {
      const ended = await burnish(['apply', ...words, '-o', `out-${lanes}/`, '--jobs', lanes]);
      expect(ended.status).toBe(1); // notes.txt
    }
    expect(listing(at('out-7'))).toEqual(listing(at('out-1')));
    for (const name of ['a.png', 'b.png', '2024/c.PNG', '2024/may/d.png']) {
      expect(readFileSync(join('out-7', name))).toEqual(readFileSync(join('out-1', name)));
    }
  });
});

describe('a jobs file', () => {
  const negativeStep = { id: 'negative' };
  const job = (input: unknown, output: unknown, operations: unknown) =>
    JSON.stringify({ input, output, operations });

  beforeEach(async () => {
    mkdirSync('work/out', { recursive: true });
    await writePicture('work/a.png', small);
  });

  it('has its paths relative to it; its lines say as what they were written', async () => {
    const lines = [job('a.png', 'out/1.png', [negativeStep]), '', `  ${job('a.png', at('2.webp'), [])}`, ''];
    writeFileSync('work/jobs.jsonl', lines.join('\r\n'));
    const { stdout } = await applied(['--jobs-file', 'work/jobs.jsonl', '--json']);
    expect(linesOf(stdout).map(({ input, output, line: number }) => [input, output, number])).toEqual([
      ['a.png', 'out/1.png', 1],
      ['a.png', at('2.webp'), 3],
    ]);
    expect(Array.from((await readPng('work/out/1.png')).data)).toEqual(negative(small));
    expect((await sharp(readFileSync('2.webp')).metadata()).format).toBe('webp');
  });

  it('is done but for its wrong lines, each told with its number', async () => {
    const good = (number: number) => job('a.png', `out/${number}.png`, [negativeStep]);
    writeFileSync(
      'work/jobs.jsonl',
      [
        good(1),
        '{"input":"a.png"',
        job('a.png', 'out/3.png', [{ id: 'negativ' }]),
        job('a.png', 'out/4.xyz', []),
        job(5, 'out/5.png', []),
        JSON.stringify({ input: 'a.png', outptu: 'out/6.png', operations: [] }),
        job('a.png', 'out/1.png', []),
        job('none.png', 'out/8.png', []),
        job('a.png', 'none/9.png', []),
        good(10),
        '[]',
        job('a.png', 'out/12.png', [{ id: 'gamma', params: { gamma: 99 } }]),
        'null',
      ].join('\n'),
    );
    const ended = await burnish(['apply', '--jobs-file', 'work/jobs.jsonl', '--json']);
    expect(ended.status).toBe(1);
    expect(ended.stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^burnish: work\/jobs\.jsonl:2: not valid JSON \(/),
      'burnish: work/jobs.jsonl:3: operations[0].id: unknown operation "negativ"; did you mean "negative"?',
      expect.stringMatching(/^burnish: work\/jobs\.jsonl:4: out\/4\.xyz: the ending "\.xyz" names no format/),
      expect.stringMatching(/^burnish: work\/jobs\.jsonl:5: input: expected the path of a file/),
      'burnish: work/jobs.jsonl:6: outptu: unknown field; did you mean "output"?',
      'burnish: work/jobs.jsonl:7: out/1.png: line 1 writes there already; name another file',
      'burnish: work/jobs.jsonl:8: none.png: no such file; check the name',
      'burnish: work/jobs.jsonl:9: none/9.png: its folder does not exist; create the folder first',
      expect.stringMatching(/^burnish: work\/jobs\.jsonl:11: a job is an object/),
      expect.stringMatching(
        /^burnish: work\/jobs\.jsonl:12: operations\[0\]\.params\.gamma: expected a number/,
      ),
      expect.stringMatching(/^burnish: work\/jobs\.jsonl:13: a job is an object/),
    ]);
    expect(ended.stdout.trimEnd().split('\n')).toHaveLength(13);
    expect(listing(at('work/out')).map((name) => name.split(' ')[0])).toEqual(['1.png', '10.png']);
  });

  it('may be empty', async () => {
    writeFileSync('jobs.jsonl', '\n\n');
    const { stdout } = await applied(['--jobs-file', 'jobs.jsonl', '--json']);
    expect(stdout).toBe('');
  });
});

describe('the progress bar', () => {
  it('is on a terminal for several pictures, and gone at the end', async () => {
    for (const name of ['a.png', 'b.png']) await writePicture(name, small);
    const words = ['apply', 'a.png', 'none.png', 'b.png', '-o', 'out/'];
    const { stderr, status } = await burnish(words, { terminal: true });
    expect(status).toBe(1);
    expect(stderr).toContain('0 of 3');
    expect(stderr).toContain('burnish: none.png: no such file; check the name\n');
    // The last thing is that its line is cleared.
    expect(stderr.endsWith('\u001b[0G\u001b[2K') || stderr.endsWith('\u001b[2K')).toBe(true);
  });

  it('is not there with --quiet or --json', async () => {
    for (const name of ['a.png', 'b.png']) await writePicture(name, small);
    for (const option of ['--quiet', '--json']) {
      const words = ['apply', 'a.png', 'b.png', '-o', `out${option}/`, option];
      expect((await burnish(words, { terminal: true })).stderr).toBe('');
    }
  });
});
