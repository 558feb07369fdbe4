/** Projects on the command line: `render`, `info`, `script`, and `apply` on top of one. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../../../core/document/command';
import { append, current, openLog, undo, type Log } from '../../../../core/document/log';
import { logFromRecords, logToRecords } from '../../../../core/document/log-records';
import { operationById } from '../../../../core/operations/index';
import { runOperation } from '../../../../core/operation/run';
import type { Raster } from '../../../../core/raster/raster';
import { burnish, writePicture } from '../../../support/command-line';
import { plainPicture } from '../../../support/plain-picture';
import { readPng } from '../../../support/png';
import { projectBytes, sha256, TestPictures } from '../../../support/projects';
import { findPython } from '../../../support/python';
import { comparison } from '../../../support/python-scripts';
import { noise } from '../../../support/rasters';
import { step, valueOf } from '../../document/sample';

const python = findPython('numpy', 'scipy', 'PIL');
const start = process.cwd();
let folder = '';
let pictures: TestPictures;
let log: Log;
let shown: Raster;

/** Two layers with steps, a step above them, and one that was undone. */
function someLog(): Log {
  const time = 5000;
  const { source } = pictures.byLetter['b'];
  const commands: readonly Command[] = [
    { type: 'step.add', time, owner: 'l', step: step('stretch', 'percentileStretch', { low: 5 }), index: 0 },
    { type: 'layer.add', time, layer: 'second', source, name: 'Sky & "sea"', index: 1 },
    { type: 'step.add', time, owner: 'second', step: step('blur', 'boxBlur', { size: 3 }), index: 0 },
    { type: 'layer.mode', time, layer: 'second', mode: 'multiply' },
    { type: 'layer.opacity', time, layer: 'second', opacity: 0.5 },
    { type: 'step.add', time, owner: 'canvas', step: step('gamma', 'gamma', { gamma: 1.8 }), index: 0 },
    { type: 'step.add', time: 9000, owner: 'canvas', step: step('last', 'negative'), index: 1 },
  ];
  return undo(commands.reduce((before, command) => valueOf(append(before, command)), pictures.log([])));
}

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'burnish-project-')));
  process.chdir(folder);
  pictures = await TestPictures.make();
  log = someLog();
  shown = plainPicture(current(log), pictures.rasters);
  writeFileSync('sea.burnish', await projectBytes({ log, files: pictures.files }));
  await writePicture('other.png', noise({ width: 40, height: 25, channels: 3, depth: 8 }));
});
afterAll(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true, force: true });
});

describe('an OpenRaster file', () => {
  it('is written from a project, says what it leaves out, and is rendered and told of again', async () => {
    const written = await burnish(['render', 'sea.burnish', '-o', 'flat.ora']);
    expect(written).toMatchObject({
      status: 0,
      stderr:
        'burnish: sea.burnish: OpenRaster keeps layers, not how they were made; left out: 3 operations, the history (7 steps); the layers hold the results\n',
    });
    expect(await burnish(['render', 'flat.ora', '-o', 'flat.png'])).toMatchObject({
      stderr:
        'burnish: flat.ora: not everything of the OpenRaster file was kept: the group "Layers" opened as single layers\n',
      status: 0,
    });
    expect((await readPng('flat.png')).data).toEqual(shown.data);
    const { stdout } = await burnish(['info', 'flat.ora', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      input: 'flat.ora',
      format: 'OpenRaster',
      width: shown.width,
      height: shown.height,
      layers: [
        {
          name: 'Layers',
          visible: false,
          layers: [{ name: 'Background' }, { name: 'Sky & "sea"', mode: 'multiply' }],
        },
        { name: 'Canvas', visible: true, x: 0, y: 0 },
      ],
    });
    expect((await burnish(['info', 'flat.ora'])).stdout).toContain('Layer    · Sky & "sea" (at');
    writeFileSync('cut.ora', readFileSync('flat.ora').subarray(0, 900));
    expect(await burnish(['render', 'cut.ora', '-o', 'cut.png'])).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^burnish: cut\.ora: [^\n]+\n$/),
    });
  });
});

describe('burnish render', () => {
  it('writes what the project shows where its history stands', async () => {
    expect(await burnish(['render', 'sea.burnish', '-o', 'sea.png'])).toMatchObject({
      status: 0,
      stderr: '',
    });
    expect(await readPng('sea.png')).toEqual(shown);
  });

  it('reads standard input, writes standard output, and takes the options of an export', async () => {
    const stdin = readFileSync('sea.burnish');
    const ended = await burnish(['render', '-', '-o', '-', '--format', 'tiff', '--depth', '16'], { stdin });
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(ended.bytes.toString('latin1', 0, 2)).toBe('II');
  });

  it('tells the steps that made the picture, with what they measured', async () => {
    const { status, stdout } = await burnish(['render', 'sea.burnish', '-o', 'out/{name}.{ext}', '--json']);
    expect(status).toBe(0);
    const { width, height, channels, depth } = shown;
    expect(JSON.parse(stdout)).toMatchObject({
      input: 'sea.burnish',
      output: 'out/sea.png',
      ...{ width, height, channels, depth },
      steps: [
        { id: 'percentileStretch', values: { low: expect.any(Array) } },
        { id: 'boxBlur' },
        { id: 'gamma' },
      ],
    });
  });
});

describe('burnish apply', () => {
  it('carries steps out on what a project shows', async () => {
    const words = ['apply', 'sea.burnish', 'other.png', '--op', 'negative', '-o', 'applied/'];
    expect(await burnish(words)).toMatchObject({ status: 0, stderr: '' });
    const negative = operationById.get('negative');
    if (negative === undefined) throw new Error('there is no negative');
    expect(await readPng('applied/sea.png')).toEqual(runOperation(negative, {}, shown).raster);
  });

  it('takes projects side by side that hold the same originals', async () => {
    for (const name of ['1', '2', '3', '4']) writeFileSync(`${name}.burnish`, readFileSync('sea.burnish'));
    const words = ['apply', '1.burnish', '2.burnish', '3.burnish', '4.burnish', '-o', 'four/', '--jobs', '3'];
    expect(await burnish(words)).toMatchObject({ status: 0, stderr: '' });
    for (const name of ['1', '2', '3', '4']) expect(await readPng(`four/${name}.png`)).toEqual(shown);
  });
});

describe('a project whose pictures are not what its history says', () => {
  it('is refused before anything is computed with them', async () => {
    const [a, b] = ['a', 'b'].map((letter) => pictures.byLetter[letter]);
    const source = { ...a.source, width: 4000, height: 3000 };
    const lying = openLog({ type: 'document.open', time: 0, document: 'd', layer: 'l', source });
    const bytes = await projectBytes({ log: lying, files: pictures.files });
    writeFileSync('lying.burnish', bytes);
    expect(await burnish(['render', 'lying.burnish', '-o', 'lying.png'])).toMatchObject({
      status: 1,
      stderr:
        'burnish: lying.burnish: the original of a.png: it is 40 × 25, 3 channels, 8 bit, where the history says 4000 × 3000, 3 channels, 8 bit; take a copy that is whole\n',
    });
    expect(existsSync('lying.png')).toBe(false);
    const { id } = b.source;
    const unknown = openLog({ type: 'document.open', time: 0, document: 'd', layer: 'l', source: b.source });
    const text = new TextEncoder().encode('no picture');
    const files = new Map([[sha256(text), { name: 'b.png', bytes: text }]]);
    const other = logFromRecords(
      JSON.parse(JSON.stringify(logToRecords(unknown)).replaceAll(id, sha256(text))),
    );
    writeFileSync('text.burnish', await projectBytes({ log: valueOf(other), files }));
    const ended = await burnish(['script', 'text.burnish', '-o', 'text.py']);
    expect([ended.status, ended.stderr]).toEqual([
      1,
      expect.stringMatching(/^burnish: text\.burnish: the original of b\.png: [^\n]+\n$/),
    ]);
  });
});

describe('burnish explain', () => {
  it('tells every step of every layer, how the layers are composed, and the steps above them', async () => {
    const { status, stdout, stderr } = await burnish(['explain', 'sea.burnish', '--at', '12,9', '--json']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^[^\n]*\n$/);
    const at = (9 * shown.width + 12) * shown.channels;
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ input: 'sea.burnish', x: 12, y: 9 },
      layers: [
        { name: 'Background', mode: 'normal', x: 12, y: 9, steps: [{ id: 'percentileStretch' }] },
        // 24 × 30 in the middle of 40 × 25.
        { name: 'Sky & "sea"', mode: 'multiply', opacity: 0.5, x: 4, y: 12, steps: [{ id: 'boxBlur' }] },
      ],
      steps: [{ id: 'gamma', stored: Array.from(shown.data.subarray(at, at + shown.channels)) }],
      stored: Array.from(shown.data.subarray(at, at + shown.channels)),
    });
  });

  it('tells the same in words', async () => {
    const { stdout } = await burnish(['explain', 'sea.burnish', '--at', '0,0', '--op', 'negative']);
    expect(stdout).toMatch(/^sea\.burnish at \(0, 0\)\n\nLayer Background at \(0, 0\): \d+ \d+ \d+\n/);
    expect(stdout).toContain('\n1. Percentile stretch at (0, 0)\n');
    expect(stdout).toContain('\nLayer Sky & "sea" does not reach this pixel\n');
    expect(stdout).toMatch(
      /\nThe layers together at \(0, 0\): stored \d+ \d+ \d+[^]*\nCanvas\n\n1\. Gamma at [^]*\n2\. Negative at /,
    );
  });
});

describe('burnish info', () => {
  it('tells in words what a project shows, of what, and how far its history goes', async () => {
    const { status, stdout } = await burnish(['info', 'sea.burnish']);
    const { length } = readFileSync('sea.burnish');
    const sizes = ['a', 'b'].map((letter) =>
      pictures.byLetter[letter].file.bytes.length.toLocaleString('en'),
    );
    expect(status).toBe(0);
    expect(stdout).toBe(`sea.burnish
  Format    Burnish project, ${length.toLocaleString('en')} bytes
  Size      40 × 25 pixels
  Samples   RGB, 8 bit
  Layer     Sky & "sea" (from b.png, multiply, 50 %): Box blur
  Layer     Background (from a.png): Percentile stretch
  Canvas    Gamma
  History   6 of 7 steps done; at "Added Gamma 1.8 to the canvas"
  Original  a.png: PNG, 40 × 25, ${sizes[0]} bytes
  Original  b.png: PNG, 24 × 30, ${sizes[1]} bytes
`);
  });

  it('tells the same as JSON', async () => {
    const { stdout } = await burnish(['info', 'sea.burnish', 'other.png', '--json']);
    const [project, picture] = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(picture).toMatchObject({ input: 'other.png', format: 'PNG' });
    expect(project).toMatchObject({
      input: 'sea.burnish',
      bytes: readFileSync('sea.burnish').length,
      format: 'Burnish project',
      ...{ width: 40, height: 25, channels: 3, depth: 8 },
      layers: [
        { name: 'Background', source: 'a.png', operations: [{ id: 'percentileStretch', enabled: true }] },
        { name: 'Sky & "sea"', mode: 'multiply', opacity: 0.5, operations: [{ id: 'boxBlur' }] },
      ],
      canvas: [{ id: 'gamma', title: 'Gamma', enabled: true }],
      history: { length: 7, position: 6, discarded: 0 },
      sources: ['a', 'b'].map((letter) => {
        const { source, file } = pictures.byLetter[letter];
        return { name: `${letter}.png`, bytes: file.bytes.length, sha256: source.id };
      }),
      notices: [],
    });
  });
});

describe('burnish script', () => {
  it('reads the originals out of the project', async () => {
    const { status, stdout, stderr } = await burnish(['script', 'sea.burnish']);
    expect([status, stderr]).toEqual([0, '']);
    const entry = `burnish/sources/${pictures.byLetter['a'].source.id}.png`;
    expect(stdout).toContain(JSON.stringify(join(folder, 'sea.burnish')));
    expect(stdout).toContain(JSON.stringify(entry));
    expect(stdout).toMatch(/# {4}Of the original picture: low \[/);
  });

  it('makes the samples that the project shows', async ({ skip }) => {
    if (python === null) skip('no Python with numpy, scipy and Pillow');
    else {
      expect((await burnish(['script', 'sea.burnish', '-o', 'sea.py'])).status).toBe(0);
      execFileSync(python, ['sea.py', '', 'by-python.png'], { cwd: folder });
      expect(comparison(await readPng('by-python.png'), shown)).toEqual(comparison(shown, shown));
    }
  });

  it('edits another picture in place of the lowest one', async ({ skip }) => {
    const words = ['script', 'sea.burnish', '--input', 'other.png', '-o', 'other.py'];
    expect(await burnish(words)).toMatchObject({ status: 0, stderr: '' });
    if (python === null) skip('no Python with numpy, scipy and Pillow');
    else {
      execFileSync(python, ['other.py', '', 'other-by-python.png'], { cwd: folder });
      const { source } = pictures.byLetter['a'];
      const rasters = { ...pictures.rasters, [source.id]: await readPng('other.png') };
      const wanted = plainPicture(current(log), rasters);
      expect(comparison(await readPng('other-by-python.png'), wanted)).toEqual(comparison(wanted, wanted));
    }
  });
});
