/** The files that scripts read: 16-bit PNG however its rows are filtered, which Pillow would reduce, and turned photographs. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { pythonScript } from '../../../../core/derive/python/script';
import { createRaster, type Raster, type Shape } from '../../../../core/raster/raster';
import { writePicture } from '../../../support/command-line';
import { documentWith, sourceFor, stepOf } from '../../../support/documents';
import { plainPicture } from '../../../support/plain-picture';
import { readPng } from '../../../support/png';
import { findPython } from '../../../support/python';
import { comparison, runScripts } from '../../../support/python-scripts';
import { noise } from '../../../support/rasters';

const python = findPython('numpy', 'scipy', 'PIL');
const folder = mkdtempSync(join(tmpdir(), 'burnish-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Slopes and a few steps: every kind of filter is the best somewhere. */
function slopes(shape: Shape): Raster {
  const raster = createRaster(shape);
  const { width, channels, data } = raster;
  for (let at = 0; at < data.length; at++) {
    const pixel = Math.floor(at / channels);
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    data[at] = [x * 700 + (at % channels) * 99, y * 900, (x * y * 37) % 65_536, (x + y) * 650][y % 4];
  }
  return raster;
}

/** The kinds of filter in a PNG of 16 bits. */
function filtersIn(path: string, { width, channels }: Shape): ReadonlySet<number> {
  const file = readFileSync(path);
  const packed: Buffer[] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at) + 12) {
    const length = file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      packed.push(file.subarray(at + 8, at + 8 + length));
  }
  const rows = inflateSync(Buffer.concat(packed));
  const line = 2 * width * channels + 1;
  return new Set(rows.filter((_, at) => at % line === 0));
}

/** What a script without a step makes of a file. */
async function copied(path: string, shape: Shape): Promise<Raster | string> {
  const script = pythonScript(documentWith(sourceFor('photo', shape), []), { inputs: { photo: path } });
  if (!script.ok) throw new Error(script.fault.message);
  const [outcome] = await runScripts(python ?? '', [script.value]);
  return outcome;
}

describe.skipIf(python === null)('a script reads', () => {
  it('16-bit PNG at full depth, with rows of every filter', async () => {
    const shape: Shape = { width: 61, height: 48, channels: 3, depth: 16 };
    const { data, width, height, channels } = slopes(shape);
    const path = join(folder, 'deep.png');
    await sharp(Uint16Array.from(data), { raw: { width, height, channels } })
      .toColourspace('rgb16')
      .png({ adaptiveFiltering: true })
      .toFile(path);
    expect([...filtersIn(path, shape)].sort()).toEqual(expect.arrayContaining([1, 2, 3, 4]));
    expect(comparison(await copied(path, shape), await readPng(path))).toBe('identical');
  });

  it('pictures that lie in an archive, also those of blend steps', async () => {
    const shape: Shape = { width: 12, height: 7, channels: 3, depth: 8 };
    const [first, second] = [noise(shape, 1), noise(shape, 2)];
    await writePicture(join(folder, 'first.png'), first);
    await writePicture(join(folder, 'second.png'), second);
    const archive = join(folder, 'project.burnish');
    const zip =
      'import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1], "w")\n[z.write(n) for n in sys.argv[2:]]';
    execFileSync(python ?? '', ['-c', zip, archive, 'first.png', 'second.png'], { cwd: folder });
    const opened = documentWith(sourceFor('first', shape), []);
    const sources = { ...opened.sources, second: sourceFor('second', shape) };
    const [layer] = opened.layers;
    const stack = [stepOf('blend', { source: 'second', mode: 'multiply' })];
    const document = { ...opened, sources, layers: [{ ...layer, stack }] };
    const inputs = {
      first: { archive, entry: 'first.png' },
      second: { archive, entry: 'second.png' },
    };
    const script = pythonScript(document, { inputs });
    if (!script.ok) throw new Error(script.fault.message);
    expect(script.value).toContain(`PICTURES = [(${JSON.stringify(archive)}, "first.png")]`);
    const [outcome] = await runScripts(python ?? '', [script.value]);
    expect(comparison(outcome, plainPicture(document, { first, second }))).toBe('identical');
  });

  it('photographs the right way up', async () => {
    const shape: Shape = { width: 8, height: 16, channels: 3, depth: 8 };
    const path = join(folder, 'turned.jpg');
    const image = sharp({ create: { width: 16, height: 8, channels: 3, background: '#808080' } });
    await image.withMetadata({ orientation: 6 }).jpeg().toFile(path);
    const read = await copied(path, shape);
    expect(read).toMatchObject({ width: 8, height: 16, channels: 3, depth: 8 });
  });
});
