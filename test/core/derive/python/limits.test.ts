/** Masks and kept numbers in scripts: the same samples as Burnish writes, and lines that a person can read and change. */

import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { pythonScript } from '../../../../core/derive/python/script';
import type { Document, Step } from '../../../../core/document/document';
import { operations } from '../../../../core/operations/index';
import { checkStep } from '../../../../core/document/step-check';
import type { Raster, Shape } from '../../../../core/raster/raster';
import { writePicture } from '../../../support/command-line';
import { documentWith, sharedNoise, sourceFor, stepOf } from '../../../support/documents';
import { plainPicture } from '../../../support/plain-picture';
import { findPython } from '../../../support/python';
import { comparison, runScripts } from '../../../support/python-scripts';
import { randomKept, randomMask } from '../../../support/random-limits';
import { applicationOf } from '../../../support/random-values';

const python = findPython('numpy', 'scipy', 'PIL');
const folder = mkdtempSync(join(tmpdir(), 'burnish-limits-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shapes: readonly Shape[] = [
  { width: 60, height: 45, channels: 3, depth: 8 },
  { width: 33, height: 41, channels: 2, depth: 16 },
  { width: 40, height: 28, channels: 4, depth: 16 },
];

/** Each step alone on each picture that it can stand on; `own` in a mask is that picture. */
async function verdicts(steps: readonly Step[]): Promise<readonly string[]> {
  if (python === null) throw new Error('no Python with numpy');
  const scripts: string[] = [];
  const wanted: Raster[] = [];
  for (const [at, shape] of shapes.entries()) {
    const raster = sharedNoise(shape, at);
    const path = join(folder, `${at}.png`);
    await writePicture(path, raster);
    for (const step of steps) {
      if (!checkStep(step, shape).ok) continue;
      const document: Document = documentWith(sourceFor('own', shape), [step]);
      const script = pythonScript(document, { inputs: { own: path } });
      if (!script.ok) throw new Error(script.fault.message);
      scripts.push(script.value);
      wanted.push(plainPicture(document, { own: raster }));
    }
  }
  const outcomes = await runScripts(python, scripts);
  return outcomes.map((outcome, at) => comparison(outcome, wanted[at]));
}

if (python === null) console.log('skipped: no Python with numpy');

describe.skipIf(python === null)('a script writes the same samples', () => {
  it('for masks of every shape', async () => {
    const masks = fc.sample(randomMask('own'), { numRuns: 25, seed: 5 });
    const steps = masks.map((mask, at) =>
      stepOf(
        'negative',
        {},
        { mask, opacity: at % 3 === 0 ? 0.7 : 1, channels: at % 5 === 0 ? 'luma' : 'rgb' },
      ),
    );
    const said = await verdicts(steps);
    expect(said.length).toBe(3 * steps.length);
    expect(said.filter((each) => each !== 'identical')).toEqual([]);
  });

  it('for kept numbers of every operation that keeps some', async () => {
    const keeping = operations.filter(({ kind }) => kind === 'global' || kind === 'whole');
    const drawn = keeping.flatMap((operation) =>
      fc
        .sample(
          applicationOf(operation).chain((application) =>
            randomKept(operation, application).map((measured) =>
              stepOf(operation.id, application.params, { measured }),
            ),
          ),
          { numRuns: 8, seed: 3 },
        )
        .filter(({ measured }) => measured !== null),
    );
    expect(new Set(drawn.map(({ operation }) => operation)).size).toBeGreaterThanOrEqual(5);
    const said = await verdicts(drawn);
    expect(said.filter((each) => each !== 'identical')).toEqual([]);
  });
});

describe('a script', () => {
  it('names a mask and kept numbers in words, and gives them as literals', () => {
    const [shape] = shapes;
    const mask = {
      parts: [{ shape: 'ellipse', mode: 'add', x: 10, y: 5, width: 30, height: 20, feather: 4 }],
      inverted: true,
    } as const;
    const measured = { low: [12.5], high: [240] };
    const document = documentWith(sourceFor('own', shape), [
      stepOf('percentileStretch', {}, { mask, measured }),
    ]);
    const script = pythonScript(document, { inputs: { own: 'a.png' } });
    expect(script.ok && script.value).toContain(
      'image = limited(image, percentile_stretch(image, measured={"low": [12.5], "high": [240]}), ' +
        'mask=mask_levels(image, [{"shape": "ellipse", "x": 10, "y": 5, "width": 30, "height": 20, "feather": 4}], inverted=True))',
    );
    expect(script.ok && script.value).toContain('mask all but ellipse');
    expect(script.ok && script.value).toContain('Kept, not measured: low [12.5], high [240]');
  });
});
