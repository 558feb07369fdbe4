/** Chains: what is refused and where, limits, and what they report. What they compute, every operation's laws and the reference set hold. */

import { describe, expect, it } from 'vitest';
import { stepFromArgument } from '../../../core/node/cli/operation-argument';
import { reportedValues } from '../../../core/derive/reported-values';
import { recipeFromJson } from '../../../core/document/recipe-reading';
import { checkStep } from '../../../core/document/step-check';
import { checkValues } from '../../../core/operation/check';
import { runOperation } from '../../../core/operation/run';
import { operationById } from '../../../core/operations/index';
import { chain } from '../../../core/operations/chain';
import { sentence } from '../../../core/raster/fault';
import type { Shape } from '../../../core/raster/raster';
import { stepOf } from '../../support/documents';
import { noise } from '../../support/rasters';

const shape: Shape = { width: 20, height: 16, channels: 3, depth: 8 };
const gray: Shape = { ...shape, channels: 1 };

function refusal(steps: unknown): string {
  const checked = checkValues(chain, { steps }, null);
  return checked.ok ? 'accepted' : sentence(checked.fault);
}

function stood(steps: unknown, more: object, input: Shape): string {
  const checked = checkStep(stepOf('chain', { steps }, more), input);
  return checked.ok ? 'stands' : sentence(checked.fault);
}

describe('what is wrong in a chain is said where it is', () => {
  it.each([
    [
      [{ id: 'negative' }, { id: 'boxBlur', params: { sise: 3 } }],
      'steps[1].params.sise: unknown parameter; did you mean "size"?',
    ],
    [[{ id: 'gama' }], 'steps[0].id: unknown operation "gama"; did you mean "gamma"?'],
    [
      [{ id: 'gamma', params: { gamma: 11 } }],
      'steps[0].params.gamma: expected a number from 0.01 to 10 for gamma but received 11',
    ],
    [
      [{ id: 'posterize' }],
      'steps[0].params.levels: missing parameter levels: expected a whole number from 2 to 256',
    ],
    [
      [{ id: 'blend', params: { source: 'a.png' } }],
      'steps[0].id: blend takes a second picture, which a chain cannot hold; make it a step of its own',
    ],
    [
      [{ id: 'negative', opacity: 0.5 }],
      'steps[0].opacity: unknown field; a step of a chain has an id and params; limits belong to the chain as a whole',
    ],
    [
      [{ id: 'chain', params: { steps: [{ id: 'negative' }, { id: 'boxBlur', params: { size: 0 } }] } }],
      'steps[0].params.steps[1].params.size: expected a whole number from 1 to 999 for size but received 0',
    ],
  ])('%j', (steps, message) => {
    expect(refusal(steps)).toBe(message);
  });

  it('in a recipe, with the path of the recipe before it', () => {
    const steps = [{ id: 'boxBlur', params: { sise: 3 } }];
    const recipe = recipeFromJson({ burnish: 1, operations: [{ id: 'chain', params: { steps } }] });
    expect(recipe.ok ? 'read' : sentence(recipe.fault)).toBe(
      'operations[0].params.steps[0].params.sise: unknown parameter; did you mean "size"?',
    );
  });

  it('in an argument of the command line, after its name', () => {
    const read = stepFromArgument('chain steps=[{"id": "boxBlur", "params": {"sise": 3}}]');
    expect(read.ok ? 'read' : sentence(read.fault)).toBe(
      'chain: steps[0].params.sise: unknown parameter; did you mean "size"?',
    );
  });

  it('where a step meets a picture that it cannot work on', () => {
    const crop = { id: 'crop', params: { x: 0, y: 0, width: 4, height: 4 } };
    expect(stood([crop, { ...crop, params: { ...crop.params, x: 9 } }], {}, shape)).toMatch(
      /^steps\[1\], crop: /,
    );
  });
});

describe('chains in chains', () => {
  const inner = { id: 'chain', params: { steps: [{ id: 'negative' }] } };

  it('do what their steps do', () => {
    const checked = checkValues(chain, { steps: [inner, { id: 'negative' }] }, shape);
    if (!checked.ok) throw new Error(sentence(checked.fault));
    const input = noise(shape);
    expect(runOperation(chain, checked.value, input).raster.data).toEqual(input.data);
  });

  it('lie no deeper than one in another', () => {
    expect(refusal([{ id: 'chain', params: { steps: [inner] } }])).toMatch(
      /^steps\[0\]\.params\.steps\[0\]\.params\.steps: chains are more than 2 deep/,
    );
  });
});

describe('limits of a chain', () => {
  const there = { id: 'canvasSize', params: { width: 30, height: 16 } };
  const back = { id: 'canvasSize', params: { width: 20, height: 16 } };

  it('are refused where the size changes on the way, though it ends as it began', () => {
    expect(stood([there, back], {}, shape)).toBe('stands');
    expect(stood([there, back], { opacity: 0.5 }, shape)).toMatch(
      /cannot limit a step that changes the size/,
    );
  });

  it('to luma are refused where a step gives colour', () => {
    const steps = [{ id: 'negative' }, { id: 'temperatureTint', params: { tint: 5 } }];
    expect(stood(steps, { channels: 'luma' }, gray)).toMatch(/temperatureTint|chain gives colour/);
    expect(stood(steps, { channels: 'luma', opacity: 0.5 }, shape)).toMatch(/luma/);
    expect(stood(steps, { opacity: 0.5 }, gray)).toBe('stands');
  });
});

describe('what a chain reports', () => {
  it('is what its steps measured, by their ids, numbered where an id comes twice', () => {
    const steps = [{ id: 'autoThreshold' }, { id: 'negative' }, { id: 'autoThreshold' }];
    const reported = { 's.0': { threshold: 9 }, 's.2': { threshold: 8 }, other: { threshold: 7 } };
    expect(reportedValues({ id: 's', operation: 'chain', params: { steps } }, reported)).toEqual({
      steps: { autoThreshold: { threshold: 9 }, negative: {}, 'autoThreshold 2': { threshold: 8 } },
    });
  });
});

it('every built-in recipe can be carried out', () => {
  for (const steps of Object.values(chain.parameters.steps.presets)) {
    for (const input of [shape, gray, { ...shape, channels: 4, depth: 16 } as const]) {
      const checked = checkValues(chain, { steps }, input);
      if (!checked.ok) throw new Error(sentence(checked.fault));
      const { raster } = runOperation(chain, checked.value, noise(input));
      expect(raster.depth).toBe(input.depth);
    }
  }
  expect(operationById.get('chain')).toBe(chain);
});
