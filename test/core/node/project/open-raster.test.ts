/** What other programs find in a project: checked by a Python script that knows the OpenRaster specification and nothing of Burnish. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BLEND_MODES } from '../../../../core/colour/blend-mode';
import type { Command } from '../../../../core/document/command';
import { append, current, type Log } from '../../../../core/document/log';
import { startEngine } from '../../../../core/node/engine/engine';
import type { Raster } from '../../../../core/raster/raster';
import { plainPicture } from '../../../support/plain-picture';
import { encodePng, projectBytes, sha256, TestPictures } from '../../../support/projects';
import { readZip } from '../../../support/read-zip';
import { findPython } from '../../../support/python';
import { dice } from '../../document/commands-arbitrary';
import { step, valueOf } from '../../document/sample';

const python = findPython('numpy', 'PIL');
const CHECKER = join(import.meta.dirname, '../../../oracle/check_openraster.py');
const engine = startEngine({ workers: 2 });
let pictures: TestPictures;
let folder = '';
let count = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'burnish-openraster-'));
  pictures = await TestPictures.make();
  for (const { source, raster } of Object.values(pictures.byLetter)) engine.addSource(source.id, raster);
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Saves the log with its flat parts; the path. */
async function save(log: Log): Promise<string> {
  const path = join(folder, `${count++}.burnish`);
  const rendering = { render: engine.render.bind(engine), strips: engine.strips.bind(engine), encodePng };
  writeFileSync(path, await projectBytes({ log, files: pictures.files }, rendering));
  return path;
}

interface Report {
  readonly wrong: readonly string[];
  readonly samples: string | null;
  readonly distance: number | null;
  readonly names: readonly string[];
}

function reports(paths: readonly string[]): readonly Report[] {
  return JSON.parse(execFileSync(python ?? '', [CHECKER, ...paths], { encoding: 'utf8' }));
}

function shown(log: Log): Raster {
  return plainPicture(current(log), pictures.rasters);
}

function edited(...commands: readonly Command[]): Log {
  return commands.reduce((before, command) => valueOf(append(before, command)), pictures.log([]));
}

/** Layers of other sizes than the canvas, one of them larger in one direction, in modes that the checker computes. */
function layers(): readonly Command[] {
  const [b, c] = ['b', 'c'].map((letter) => pictures.byLetter[letter].source);
  return [
    { type: 'layer.add', time: 0, layer: 'b', source: b, name: '<B> & "b" \'b\'', index: 1 },
    { type: 'layer.mode', time: 0, layer: 'b', mode: 'multiply' },
    { type: 'layer.opacity', time: 0, layer: 'b', opacity: 0.6 },
    { type: 'step.add', time: 0, owner: 'b', step: step('blur', 'boxBlur', { size: 3 }), index: 0 },
    { type: 'layer.add', time: 0, layer: 'c', source: c, name: 'Ü 影', index: 2 },
    { type: 'layer.mode', time: 0, layer: 'c', mode: 'difference' },
    { type: 'layer.add', time: 0, layer: 'hidden', source: c, name: 'Hidden', index: 1 },
    { type: 'layer.show', time: 0, layer: 'hidden', visible: false },
  ];
}

describe.skipIf(python === null)('a project, to a program that knows OpenRaster', () => {
  it('is valid, and its merged picture is the picture as it is exported', async () => {
    const logs = fc
      .sample(fc.array(dice, { minLength: 1, maxLength: 15, size: 'max' }), { numRuns: 40, seed: 3 })
      .map((rolls) => pictures.log(rolls));
    const paths: string[] = [];
    for (const log of logs) paths.push(await save(log));
    const wanted = logs.map((log) => {
      const { data, depth } = shown(log);
      return { wrong: [], samples: depth === 16 ? null : sha256(Uint8Array.from(data)) };
    });
    expect(reports(paths)).toMatchObject(wanted);
    expect(wanted.filter(({ samples }) => samples !== null).length).toBeGreaterThan(20);
  });

  it('composes to what Burnish shows, within the rounding of the layers and the result', async () => {
    const [report] = reports([await save(edited(...layers()))]);
    expect(report.wrong).toEqual([]);
    // A layer is stored to half a level and the result too; difference passes errors on unchanged.
    expect(report.distance).toBeLessThan(1.5);
    expect(report.names).toEqual(['Ü 影', '<B> & "b" \'b\'', 'Hidden', 'Background']);
  });

  it('composes to the finished picture where operations stand above the layers, whatever their size', async () => {
    const crop = step('crop', 'crop', { x: 3, y: 2, width: 20, height: 11 });
    const gamma = step('gamma', 'gamma', { gamma: 2 });
    const log = edited(
      ...layers(),
      { type: 'step.add', time: 0, owner: 'canvas', step: crop, index: 0 },
      { type: 'step.add', time: 0, owner: 'canvas', step: gamma, index: 1 },
    );
    const [report] = reports([await save(log)]);
    expect(report.wrong).toEqual([]);
    // The very samples, but for what a division by 255 and a multiplication leave.
    expect(report.distance).toBeLessThan(1e-9);
    expect(report.names).toEqual(['Canvas', 'Ü 影', '<B> & "b" \'b\'', 'Hidden', 'Background']);
  });

  it('has a mode for every blend mode', async () => {
    const paths: string[] = [];
    const { source } = pictures.byLetter['b'];
    for (const mode of BLEND_MODES.filter((each) => each !== 'normal')) {
      paths.push(
        await save(
          edited(
            { type: 'layer.add', time: 0, layer: 'b', source, name: mode, index: 1 },
            { type: 'layer.mode', time: 0, layer: 'b', mode },
          ),
        ),
      );
    }
    const all = reports(paths);
    expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
    const computed = all.flatMap(({ distance }) => (distance === null ? [] : [distance]));
    expect(computed).toHaveLength(6);
    expect(Math.max(...computed)).toBeLessThan(1);
  });

  it('has a thumbnail as large as it may be', async () => {
    const enlarge = step('enlarge', 'resize', { width: 1000, height: 400, filter: 'bilinear' });
    const log = edited({ type: 'step.add', time: 0, owner: 'l', step: enlarge, index: 0 });
    const path = await save(log);
    const parts = await readZip(readFileSync(path));
    expect(await sharp(parts.get('Thumbnails/thumbnail.png')).metadata()).toMatchObject({
      width: 256,
      height: 102,
      depth: 'uchar',
    });
    expect(reports([path])[0].wrong).toEqual([]);
  });
});

describe('a project', () => {
  it('is whole to unzip', async ({ skip }) => {
    const path = await save(edited(...layers()));
    let said: string;
    try {
      said = execFileSync('unzip', ['-t', path], { encoding: 'utf8' });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return skip('no unzip');
      throw error;
    }
    expect(said).toContain('No errors detected');
  });
});
