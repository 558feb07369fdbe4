/** What a step meets and what it would make are the engine's own levels, whatever lies over the step. */

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Document, Step } from '../../../../core/document/document';
import { canvasShape } from '../../../../core/document/stack-check';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import { stepInput, stepTrial } from '../../../../core/node/pixels/step-pictures';
import { FaultError } from '../../../../core/raster/fault';
import type { RenderRequest } from '../../../../core/node/engine/render-request';
import { documentWith, randomDocument, sharedNoise, sourceFor, stepOf } from '../../../support/documents';

const everything = { x: 0, y: 0, width: 1000, height: 1000 };

let engine: Engine;
beforeAll(() => {
  engine = startEngine({ workers: 1 });
});
afterAll(() => engine.close());

async function levelsOf(
  document: Document,
  format: RenderRequest['format'],
  region: RenderRequest['region'] = null,
): Promise<readonly number[]> {
  const rendered = await engine.render({ document, level: 0, exact: true, region, format });
  if (!rendered.ok) throw new Error(rendered.fault.message);
  return [...rendered.value.raster.data];
}

describe('of any step of one layer', () => {
  it('the input is the stack beneath it, the trial with its own values the stack up to it', async () => {
    const random = fc.record({ made: randomDocument({ layers: 1 }), at: fc.nat() });
    await fc.assert(
      fc.asyncProperty(random, async ({ made: { document, pictures }, at }) => {
        for (const [id, raster] of Object.entries(pictures)) engine.addSource(id, raster);
        const [layer] = document.layers;
        const bare = { ...layer, visible: true, opacity: 1, mode: 'normal' } as const;
        if (layer.stack.length === 0) return;
        const index = at % layer.stack.length;
        const upTo = (stack: readonly Step[]): Document => ({
          ...document,
          canvas: [],
          layers: [{ ...bare, stack }],
        });
        const step = { ...layer.stack[index], enabled: true };
        const beneath = layer.stack.slice(0, index);
        if (!canvasShape(upTo([...beneath, step])).ok || step.measured !== null) return;
        const wish = { owner: layer.id, step: step.id, level: 0, region: everything };
        const input = await stepInput({ engine }, document, wish);
        if (step.channels !== 'luma')
          expect([...(input?.raster.data ?? [])]).toEqual(await levelsOf(upTo(beneath), 'levels'));
        const trial = await stepTrial({ engine }, document, wish, step.params);
        expect([...(trial?.raster.data ?? [])]).toEqual(await levelsOf(upTo([...beneath, step]), 'display'));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a part', () => {
  const source = sourceFor('p', { width: 40, height: 30, channels: 3, depth: 8 });
  const blur = { ...stepOf('boxBlur', { size: 3 }), id: 'blur' };
  const own = { ...stepOf('convolve', { kernel: 'emboss' }), id: 'own', enabled: false };
  const over = { ...stepOf('negative', {}), id: 'over' };
  const document = documentWith(source, [blur, own, over]);
  const owner = document.layers[0].id;
  const region = { x: 30, y: -4, width: 20, height: 9 };

  beforeAll(() => engine.addSource('p', sharedNoise(source, 3)));

  it('is what lies in the picture of it', async () => {
    const made = await stepInput({ engine }, document, { owner, step: 'own', level: 0, region });
    expect(made?.region).toEqual({ x: 30, y: 0, width: 10, height: 5 });
    expect(made?.whole).toEqual({ width: 40, height: 30 });
    const beneath = documentWith(source, [blur]);
    expect([...(made?.raster.data ?? [])]).toEqual(await levelsOf(beneath, 'levels', made?.region ?? null));
  });

  it('of nothing is null, for a step that is not there too', async () => {
    const outside = { x: 40, y: 0, width: 1, height: 1 };
    const at = { owner, level: 0 };
    expect(await stepInput({ engine }, document, { ...at, step: 'own', region: outside })).toBeNull();
    expect(await stepInput({ engine }, document, { ...at, step: 'gone', region: everything })).toBeNull();
    expect(await stepInput({ engine }, document, { ...at, owner: 'gone', step: 'own', region })).toBeNull();
  });

  it('of a step on the canvas is of what the layers make', async () => {
    const above = { ...document, canvas: [own] };
    const made = await stepInput({ engine }, above, { owner: 'canvas', step: 'own', level: 0, region });
    expect([...(made?.raster.data ?? [])]).toEqual(await levelsOf(document, 'levels', made?.region ?? null));
    const tried = await stepTrial(
      { engine },
      above,
      { owner: 'canvas', step: 'own', level: 0, region },
      { kernel: 'box3' },
    );
    const whole = { ...document, canvas: [{ ...own, enabled: true, params: { kernel: 'box3' } }] };
    expect([...(tried?.raster.data ?? [])]).toEqual(await levelsOf(whole, 'display', tried?.region ?? null));
  });

  it('that is reduced is exact for what the step meets', async () => {
    const half = { x: 3, y: 2, width: 9, height: 30 };
    const made = await stepInput({ engine }, document, { owner, step: 'own', level: 1, region: half });
    expect(made?.region).toEqual({ x: 3, y: 2, width: 9, height: 13 });
    const beneath = documentWith(source, [blur]);
    const request = { document: beneath, level: 1, exact: true, region: half, format: 'levels' } as const;
    const rendered = await engine.render(request);
    expect(rendered.ok && [...rendered.value.raster.data]).toEqual([...(made?.raster.data ?? [])]);
  });

  it('with values that are none is a fault', async () => {
    const wish = { owner, step: 'own', level: 0, region: everything };
    await expect(stepTrial({ engine }, document, wish, { kernel: 'nameless' })).rejects.toBeInstanceOf(
      FaultError,
    );
  });

  it('of the luma is grey, where the step works on that', async () => {
    const luma = documentWith(source, [{ ...own, channels: 'luma' }]);
    const made = await stepInput({ engine }, luma, {
      owner: luma.layers[0].id,
      step: 'own',
      level: 0,
      region,
    });
    expect(made?.raster.channels).toBe(1);
    const { data } = sharedNoise(source, 3);
    const at = 30 * 3;
    expect(made?.raster.data[0]).toBe(
      Math.floor(0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2] + 0.5 + 2 ** -20),
    );
  });
});
