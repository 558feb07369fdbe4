import { describe, expect, it } from 'vitest';
import { complaints } from '../../../../build/manual.mjs';
import { paintSample } from '../../../../build/sample-picture.mjs';
import { manualPages, manualPictures } from '../../../../core/derive/manual';
import { pageName } from '../../../../core/derive/manual/page';
import { applySteps, argumentOf, sampleOf } from '../../../../core/derive/manual/sample';
import { sampleValues } from '../../../../core/operation/sample-values';
import { stepFromArgument } from '../../../../core/node/cli/operation-argument';
import { checkValues } from '../../../../core/operation/check';
import { titleOf } from '../../../../core/operation/parameter';
import { operationById, operations } from '../../../../core/operations';
import type { Raster } from '../../../../core/raster/raster';

const pages = new Map(manualPages().map(({ name, text }) => [name, text]));

function pageOf(id: string): string {
  const page = pages.get(`${pageName(id)}.md`);
  if (page === undefined) throw new Error(`no page for ${id}`);
  return page;
}

/** The manual's scene, of the size of its pictures. */
const { data, ...size } = paintSample(360, 240);
const scene: Raster = { ...size, channels: 3, depth: 8, data: Uint8Array.from(data) };

it('the pages and pictures that lie in docs/operations are those of the definitions', () => {
  expect(
    complaints(
      [...pages].map(([name, text]) => ({ name, text })),
      manualPictures(),
    ),
  ).toEqual([]);
});

it('a page that says something else is told by its name, with what to do', () => {
  const changed = [
    { name: 'gamma.md', text: 'something else' },
    { name: 'none.md', text: '' },
  ];
  const told = complaints(
    [...pages].map(([name, text]) => changed.find((page) => page.name === name) ?? { name, text }),
    manualPictures(),
  );
  expect(told).toEqual(['docs/operations/gamma.md is not what the definition says: run npm run manual']);
});

it('the index leads to every operation, under its category', () => {
  const index = pages.get('README.md') ?? '';
  for (const { id, category } of operations) {
    expect(index).toContain(`[${titleOf(id)}](${pageName(id)}.md)`);
    expect(index).toContain(`## ${category}\n`);
  }
});

it('every link between pages leads to a page', () => {
  for (const [name, text] of pages) {
    for (const [, target] of text.matchAll(/\]\(([^)#:]+\.md)(?:#[^)]*)?\)/g)) {
      expect(pages.has(target), `${name} → ${target}`).toBe(true);
    }
  }
});

describe.each(operations.map((operation) => [operation.id, operation] as const))('%s', (id, operation) => {
  it('has a paragraph, and names every parameter and source', () => {
    const page = pageOf(id);
    expect(operation.description ?? '').not.toBe('');
    for (const name of Object.keys(operation.parameters)) expect(page).toContain(`\`${name}\``);
    for (const source of operation.sources) expect(page.replaceAll('\n  ', ' ')).toContain(source);
    expect(page).toContain('## Formula');
  });

  it('writes a command line that stands for the values of its picture', () => {
    const application = sampleOf(operation)?.application ?? { id, params: {} };
    const read = stepFromArgument(argumentOf(application));
    if (!read.ok) throw new Error(read.fault.message);
    expect(read.value.operation).toBe(id);
    expect(checkValues(operation, read.value.params, null)).toEqual({
      ok: true,
      value: sampleValues(operation),
    });
    expect(pageOf(id)).toContain(`--op '${argumentOf(application)}'`);
  });

  it('has relatives that exist', () => {
    for (const relative of operation.related ?? []) {
      expect(operationById.has(relative), relative).toBe(true);
      expect(relative).not.toBe(id);
    }
  });

  it('changes something in its picture, if it ever does', () => {
    const sample = sampleOf(operation);
    if (sample === null) return;
    const second: Raster = { ...scene, data: scene.data.map((level) => 255 - level) };
    const before = applySteps(sample.before, scene, second).raster;
    const after = applySteps([sample.application], before, second).raster;
    const shapeOf = ({ width, height }: Raster): string => `${width} × ${height}`;
    const isSame =
      shapeOf(after) === shapeOf(before) && Buffer.from(after.data).equals(Buffer.from(before.data));
    expect(isSame).toBe(false);
  });
});
