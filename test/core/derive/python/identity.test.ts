/**
 * What a script writes is what Burnish writes, sample for sample: every operation with several values on every layout, random
 * documents of layers. Where no Python has numpy, scipy and Pillow this is skipped and says so. The figures are printed.
 *
 * The one tolerance: `canny` with thresholds below what doubles resolve draws their rounding errors on even ground, which a script
 * has in common with nobody. So the thresholds drawn here are at least a millionth of a level. The script's head says the same.
 */

import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BLEND_MODES } from '../../../../core/colour/blend-mode';
import { functionFor } from '../../../../core/derive/python/functions/index';
import { pythonScript } from '../../../../core/derive/python/script';
import type { Document, Step } from '../../../../core/document/document';
import { checkStep } from '../../../../core/document/step-check';
import type { Operation } from '../../../../core/operation/operation';
import { operations } from '../../../../core/operations/index';
import type { Shape } from '../../../../core/raster/raster';
import { writePicture } from '../../../support/command-line';
import { documentWith, randomDocument, sourceFor, stepOf } from '../../../support/documents';
import { plainPicture, type Pictures } from '../../../support/plain-picture';
import { findPython } from '../../../support/python';
import { comparison, runScripts } from '../../../support/python-scripts';
import { applicationOf } from '../../../support/random-values';
import { noise } from '../../../support/rasters';

const python = findPython('numpy', 'scipy', 'PIL');
const folder = mkdtempSync(join(tmpdir(), 'burnish-originals-'));
const randomCount = 200;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Case {
  readonly name: string;
  readonly document: Document;
  readonly pictures: Pictures;
}

/** The operations that scripts can call on a single picture. */
const written = operations.filter((each) => each.kind !== 'blend' && functionFor(each) !== null);

const shapes: readonly Shape[] = [
  { width: 17, height: 11, channels: 3, depth: 8 },
  { width: 9, height: 14, channels: 4, depth: 16 },
  { width: 13, height: 8, channels: 1, depth: 16 },
  { width: 6, height: 9, channels: 2, depth: 8 },
];

/** A sentence a case: the name, and what the script made of it. */
async function verdicts(cases: readonly Case[]): Promise<readonly string[]> {
  if (python === null) throw new Error('no Python with numpy');
  const scripts: string[] = [];
  for (const { document, pictures } of cases) {
    const inputs: Record<string, string> = {};
    for (const [id, raster] of Object.entries(pictures)) {
      inputs[id] = join(folder, `${id}.png`);
      await writePicture(inputs[id], raster);
    }
    const script = pythonScript(document, { inputs });
    if (!script.ok) throw new Error(script.fault.message);
    scripts.push(script.value);
  }
  const outcomes = await runScripts(python, scripts);
  return cases.map(
    ({ name, document, pictures }, at) =>
      `${name}: ${comparison(outcomes[at], plainPicture(document, pictures))}`,
  );
}

const figures: string[] = [];

async function expectIdentical(kind: string, cases: readonly Case[]): Promise<void> {
  expect(cases.length).toBeGreaterThan(0);
  const found = await verdicts(cases);
  const identical = found.filter((each) => each.endsWith(': identical'));
  figures.push(`${kind} ${identical.length} / ${found.length}`);
  expect(found).toEqual(cases.map(({ name }) => `${name}: identical`));
}

afterAll(() => {
  if (figures.length > 0) console.log(`scripts identical to the last level: ${figures.join(', ')}`);
});

const LEAST_SLOPE = 1e-6;

/** Laying a large element often costs scipy seconds, and shows nothing more; and see above for thresholds. */
function tamed(step: Step): Step {
  const { radius, iterations, low, high } = step.params;
  if (step.operation === 'canny' && typeof low === 'number' && typeof high === 'number') {
    const params = {
      ...step.params,
      low: Math.max(LEAST_SLOPE, low),
      high: Math.max(LEAST_SLOPE, high),
    };
    return { ...step, params };
  }
  if (typeof radius !== 'number' || typeof iterations !== 'number') return step;
  return { ...step, params: { ...step.params, radius: 1 + (radius % 9), iterations: 1 + (iterations % 3) } };
}

/** One step on one picture, and a second picture for those that take one. */
function caseOf(name: string, step: Step, shape: Shape, second: Shape = shape): Case {
  const source = sourceFor(name, shape);
  const other = sourceFor(`${name}-second`, second);
  const opened = documentWith(source, []);
  const params = step.operation === 'blend' ? { ...step.params, source: other.id } : step.params;
  const layers = opened.layers.map((layer) => ({ ...layer, stack: [{ ...step, params }] }));
  const document = { ...opened, sources: { [source.id]: source, [other.id]: other }, layers };
  const pictures = { [source.id]: noise(shape, name.length), [other.id]: noise(second, 2) };
  return { name, document, pictures };
}

/** Three sets of values on each of the pictures. */
function casesOf(operation: Operation): readonly Case[] {
  const drawn = fc.sample(applicationOf(operation), { numRuns: 300, seed: 7 });
  return shapes.flatMap((shape, index) =>
    drawn
      .map(({ params }) => tamed(stepOf(operation.id, params)))
      .filter((step) => checkStep(step, shape).ok)
      .slice(0, 3)
      .map((step, at) => caseOf(`${operation.id}-${index}-${at}`, step, shape)),
  );
}

if (python === null) console.log('skipped: no Python with numpy');

describe.skipIf(python === null)('a script writes the same samples', () => {
  it('for every operation', async () => {
    const cases = written.flatMap(casesOf);
    expect(new Set(cases.map(({ name }) => name.split('-')[0])).size).toBe(written.length);
    await expectIdentical('operations', cases);
  });

  it('for every blend mode, over pictures of either layout', async () => {
    const pairs = shapes.map((shape, at): readonly [Shape, Shape] => [
      shape,
      { ...shape, channels: shapes[(at + 1) % 4].channels, depth: shapes[(at + 2) % 4].depth },
    ]);
    await expectIdentical(
      'blend modes',
      BLEND_MODES.flatMap((mode) =>
        pairs.map(([first, second], at) => {
          const step = stepOf('blend', { source: 'second', mode, opacity: at % 2 === 0 ? 1 : 0.37 });
          return caseOf(`blend-${mode}-${at}`, step, first, second);
        }),
      ),
    );
  });

  it('for steps held back to a channel, to the luma or by opacity', async () => {
    const limits = [
      { channels: 'g' },
      { channels: 'luma' },
      { opacity: 0.3 },
      { channels: 'b', opacity: 0.61 },
      { channels: 'luma', opacity: 0 },
    ] as const;
    await expectIdentical(
      'limited steps',
      shapes.flatMap((shape, index) =>
        limits.map((limit, at) => {
          const step = stepOf('boxBlur', { size: 4 }, limit);
          return caseOf(`limited-${index}-${at}`, step, shape);
        }),
      ),
    );
  });

  it('for random documents of layers and steps', async () => {
    const kind = { layers: 4, steps: 8, from: written };
    const drawn = fc.sample(randomDocument(kind), { numRuns: randomCount, seed: 20 });
    await expectIdentical(
      'random documents',
      drawn.map(({ document, pictures }, at) => {
        const layers = document.layers.map((layer) => ({ ...layer, stack: layer.stack.map(tamed) }));
        const canvas = document.canvas.map(tamed);
        return { name: `random ${at}`, document: { ...document, layers, canvas }, pictures };
      }),
    );
  });
});
