/**
 * The way back: a script read as the recipe that it was written from, whatever its values; what a person changed in it arrives; and
 * everything that a recipe could not say is refused with the line on which it stands.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recipeFromScript } from '../../../../core/derive/python/reading/script';
import { readStatement } from '../../../../core/derive/python/reading/expression';
import { UnreadableScript } from '../../../../core/derive/python/reading/unreadable';
import { pythonLiteral } from '../../../../core/derive/python/literal';
import { functionFor } from '../../../../core/derive/python/functions/index';
import { pythonScript } from '../../../../core/derive/python/script';
import { STEP_CHANNELS, type Step } from '../../../../core/document/document';
import { withMaskSources } from '../../../../core/document/mask';
import { checkStep, findOperation, type Application } from '../../../../core/document/step-check';
import { checkValues } from '../../../../core/operation/check';
import { operations } from '../../../../core/operations/index';
import { documentWith, sourceFor, stepOf } from '../../../support/documents';
import { randomKept, randomMask } from '../../../support/random-limits';
import { applicationOf } from '../../../support/random-values';

const PHOTO = '/home/ann/photo.png';
const source = sourceFor('photo', { width: 40, height: 30, channels: 3, depth: 8 });

function scriptOf(stack: readonly Step[]): string {
  const document = documentWith(source, []);
  const layers = document.layers.map((layer) => ({ ...layer, stack }));
  const script = pythonScript({ ...document, layers }, { inputs: { photo: PHOTO } });
  if (!script.ok) throw new Error(script.fault.message);
  return script.value;
}

function stepsIn(text: string): readonly Application[] {
  const recipe = recipeFromScript(text);
  if (!recipe.ok) throw new Error(recipe.fault.message);
  return recipe.value.operations;
}

/** Defaults filled in, the id left out; as a recipe's file would hold it, which knows no −0. */
function canonical({ operation, params, ...rest }: Application): unknown {
  const values = completed(operation, params);
  return JSON.parse(JSON.stringify({ operation, values, ...rest, id: null }));
}

function completed(operation: string, params: Application['params']): unknown {
  const found = findOperation(operation);
  const values = found.ok ? checkValues(found.value, params, null) : found;
  if (!found.ok || !values.ok) throw new Error(operation);
  if (found.value.kind !== 'composed') return values.value;
  return found.value.steps(values.value).map((inner) => [inner.id, completed(inner.id, inner.params)]);
}

const step: fc.Arbitrary<Step> = fc
  .constantFrom(...operations.filter((each) => functionFor(each) !== null))
  .chain((operation) =>
    applicationOf(operation).chain((application) =>
      fc.record({
        application: fc.constant(application),
        enabled: fc.boolean(),
        channels: fc.constantFrom(...STEP_CHANNELS),
        opacity: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
        mask: fc.oneof(
          { weight: 3, arbitrary: fc.constant(null) },
          { weight: 1, arbitrary: randomMask('photo') },
        ),
        measured: randomKept(operation, application),
      }),
    ),
  )
  .map(({ application: { id, params }, opacity, ...limits }) =>
    stepOf(id, params, { ...limits, opacity: opacity + 0 }),
  )
  .filter((each) => checkStep(each, null).ok);

/** The step as its script names its pictures: by their files. */
function withFiles({ mask, ...rest }: Step): Step {
  return { ...rest, mask: mask === null ? null : withMaskSources(mask, () => PHOTO) };
}

/** What is wrong with a script: "line 41: …; …". */
function complaint(text: string): string {
  const recipe = recipeFromScript(text);
  if (recipe.ok) return 'read';
  return recipe.fault.remedy === ''
    ? recipe.fault.message
    : `${recipe.fault.message}; ${recipe.fault.remedy}`;
}

function lineOf(text: string, part: string): number {
  return text.split('\n').findIndex((line) => line.includes(part)) + 1;
}

describe('a script read back', () => {
  it('is the recipe that it was written from', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (stack) => {
        expect(stepsIn(scriptOf(stack)).map(canonical)).toEqual(stack.map(withFiles).map(canonical));
      }),
      { numRuns: 150, seed: 4 },
    );
  });

  it('has every value that was put in the place of another', () => {
    const number = fc.double({ min: 0.01, max: 10, noNaN: true });
    fc.assert(
      fc.property(number, fc.nat({ max: 998 }), number, (before, size, after) => {
        const text = scriptOf([stepOf('gamma', { gamma: before }), stepOf('boxBlur', { size: size + 1 })]);
        const changed = text.replace(`gamma=${before})`, `gamma = ${after.toExponential()})`);
        expect(stepsIn(changed)[0].params).toEqual({ gamma: Number(after.toExponential()) });
        expect(stepsIn(changed)[1].params).toEqual({ size: size + 1 });
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it('may have its steps removed, moved, repeated, switched off and on', () => {
    const text = scriptOf([
      stepOf('gamma', { gamma: 2 }),
      stepOf('negative', {}, { enabled: false }),
      stepOf('median', { size: 5 }),
    ]);
    const [gamma, negative, median] = [
      '    image = gamma(image, gamma=2)\n',
      '    # image = negative(image)\n',
      '    image = median(image, size=5)\n',
    ];
    const ids = (changed: string): readonly string[] =>
      stepsIn(changed).map(({ operation, enabled }) => `${operation}${enabled ? '' : ' off'}`);
    expect(ids(text)).toEqual(['gamma', 'negative off', 'median']);
    expect(ids(text.replace(gamma, ''))).toEqual(['negative off', 'median']);
    expect(ids(text.replace(gamma, median).replace(negative, gamma))).toEqual(['median', 'gamma', 'median']);
    expect(ids(text.replace(gamma, '    #image = gamma(image, gamma=2)\n'))).toEqual([
      'gamma off',
      'negative off',
      'median',
    ]);
  });

  it('may be written as people write', () => {
    const text = scriptOf([
      stepOf('convolve', { kernel: [[0, 1]] }),
      stepOf('gamma', { gamma: 2 }, { opacity: 0.5 }),
    ]);
    const changed = text
      .replaceAll('\n', '\r\n')
      .replace(
        'convolve(image, kernel=[[0, 1]])',
        "convolve(\r\n        image,  # the picture\r\n        kernel=(\r\n            (-1, 1_0.5),\r\n        ),\r\n        boundary='wrap',\r\n    )",
      )
      .replace('opacity=0.5', 'opacity=.25, channels="luma"')
      .replace('gamma(image, gamma=2)', 'gamma(luma_picture(image), gamma=2.)');
    expect(stepsIn(changed)).toMatchObject([
      { params: { kernel: [[-1, 10.5]], boundary: 'wrap' } },
      { params: { gamma: 2 }, channels: 'luma', opacity: 0.25 },
    ]);
  });

  it('holds the steps of a single plain layer and of the canvas, others are refused', () => {
    const document = documentWith(source, [stepOf('gamma', { gamma: 2 })]);
    const [layer] = document.layers;
    const hidden = { ...layer, id: 'other', name: 'Other', visible: false };
    const framed = { ...document, frame: { width: 40, height: 30 }, canvas: [stepOf('negative', {})] };
    const written = (layers: typeof document.layers): string => {
      const script = pythonScript({ ...framed, layers }, { inputs: { photo: 'photo.png' } });
      if (!script.ok) throw new Error(script.fault.message);
      return script.value;
    };
    expect(stepsIn(written([layer, hidden])).map(({ operation }) => operation)).toEqual([
      'gamma',
      'negative',
    ]);
    expect(complaint(written([layer, { ...hidden, visible: true }]))).toMatch(
      /^line \d+: here is a second layer, and a recipe holds the steps of a single picture$/,
    );
    expect(complaint(written([{ ...layer, opacity: 0.5 }, hidden]))).toContain('a layer that is blended in');
    expect(complaint(written([{ ...layer, visible: false }, hidden]))).toContain('no layer is visible');
  });

  const text = scriptOf([
    stepOf('gamma', { gamma: 2 }),
    stepOf('gaussianBlur', { sigma: 3 }, { opacity: 0.5 }),
    stepOf('bilateral', { radius: 2, sigmaColor: 9, sigmaSpace: 2 }),
  ]);
  const ellipse = 'mask=mask_levels(image, [{"shape": "ellipse", "x": 1, "y": 2, "width": 9, "height": W}])';
  const refused: readonly (readonly [from: string, to: string, at: string, message: string])[] = [
    ['gamma=2)', 'gamma=200)', 'gamma=200', 'expected a number from 0.01 to 10 for gamma but received 200'],
    ['gamma=2)', 'gama=2)', 'gama=2', 'gamma takes no gama; did you mean "gamma"?'],
    ['gamma=2)', 'gamma=2 * 2)', '2 * 2', '* is not read here'],
    ['gamma=2)', 'gamma=2 + 2)', '2 + 2', 'no + is read here, but ); write plain values'],
    ['gamma=2)', 'gamma=(2))', '(2)', 'no brackets around a single value are read here'],
    ['gamma=2)', 'gamma=007)', '007', '007 is no number in Python'],
    ['gamma=2)', 'gamma=1e999)', '1e999', '1e999 is too large a number'],
    ['gamma=2)', 'gamma=strength)', 'strength', 'no strength is read here; write plain values'],
    ['gamma=2)', 'gamma=2, gamma=3)', 'gamma=3', 'gamma is given twice'],
    ['gamma(image, gamma=2)', 'gamma(image, 2)', 'image, 2', 'values are given by name'],
    [
      'radius=2, ',
      '',
      'bilateral(image, sigma',
      'missing parameter radius: expected a whole number from 1 to 30',
    ],
    [
      'gamma(image, gamma=2)',
      'gama(image, gamma=2)',
      '= gama(',
      'gama is no operation; did you mean "gamma"?',
    ],
    ['image = gamma(', 'image = negative(', 'negative(', 'the script has no function negative'],
    ['image = gamma(', 'other = gamma(', 'other = ', 'a step is image = FUNCTION(image, …)'],
    [
      '    image = gamma(',
      '      image = gamma(',
      '      image',
      'statements of edit begin with four spaces',
    ],
    [
      '    image = gamma(',
      '    print("x")\n    image = gamma(',
      'print',
      'a step is image = FUNCTION(image, …)',
    ],
    ['sigma_color=9', 'sigma_color=-1', 'sigma_color=-1', 'for sigma_color but received -1'],
    ['opacity=0.5', 'opacity=5', 'opacity=5', 'opacity: expected a number from 0 to 1 but received 5'],
    [
      'opacity=0.5',
      'strength=5',
      'strength=5',
      'limited takes no strength; it takes channels, opacity and mask',
    ],
    [
      'opacity=0.5',
      'channels="luma"',
      'channels="luma"',
      'gaussian_blur takes luma_picture(image) with channels="luma"',
    ],
    ['opacity=0.5', ellipse.replace('W', '-4'), '-4', 'mask.parts[0].height: expected a number above 0'],
    ['opacity=0.5', 'mask=half', 'mask=half', 'a mask is mask_levels(image, […])'],
    ['gamma=2)', 'gamma=2, measured={"low": [3]})', 'measured=', 'measured'],
    [
      'T = top(image)',
      'T = 7',
      'T = 7',
      'this is not what Burnish writes for gamma; only values in edit can be read back',
    ],
    [
      'def edit(image):',
      'def edit(image, more):',
      'def edit',
      '"def edit(image, more):" is not how edit begins',
    ],
    ['def edit(image):', 'def edited(image):', '', 'there is no function edit'],
    ['    return image\n', '    return image[::2]\n', 'image[::2]', 'edit ends with return image'],
    ['import sys', 'import os', 'import os', '"import os" is not among the imports of these scripts'],
    ['PICTURES = ', 'SIZE = 3\nPICTURES = ', 'SIZE', '"SIZE = 3" is no part of a script that Burnish writes'],
    ['PICTURES = [', 'PICTURES = 5 #[', 'PICTURES', 'PICTURES is a list of files'],
  ];
  for (const [from, to, at, message] of refused) {
    it(`refuses ${JSON.stringify(to)} in the place of ${JSON.stringify(from)} with its line`, () => {
      const edit = text.indexOf('def edit');
      const inEdit = text.indexOf(from, edit) >= 0 && !from.startsWith('T =');
      const changed = inEdit
        ? text.slice(0, edit) + text.slice(edit).replace(from, to)
        : text.replace(from, to);
      expect(changed).not.toBe(text);
      const line = at === '' ? 1 : lineOf(changed, at);
      const told = complaint(changed);
      expect(told.slice(0, told.indexOf(':'))).toBe(`line ${line}`);
      expect(told).toContain(message);
    });
  }

  it('names the line of a value that stands on one of its own', () => {
    const spread = text.replace('sigma_color=9', '\n        sigma_color="red"');
    expect(complaint(spread)).toMatch(new RegExp(`^line ${lineOf(spread, 'sigma_color="red"')}: `));
  });

  it('never throws, whatever is done to it', () => {
    const place = fc.nat({ max: text.length });
    fc.assert(
      fc.property(place, place, fc.string({ unit: 'binary', maxLength: 12 }), (from, length, put) => {
        const changed = text.slice(0, from) + put + text.slice(from + (length % 60));
        expect(complaint(changed)).toMatch(/^(?:read$|line \d+: |operations)/);
      }),
      { numRuns: 400, seed: 6 },
    );
  });
});

describe('literals', () => {
  it('are read as they are written', () => {
    const json = fc.jsonValue({ maxDepth: 4 });
    fc.assert(
      fc.property(json, (value) => {
        const { value: node } = readStatement(`x = ${pythonLiteral(value)}`, 1);
        expect(node).toMatchObject({ kind: 'literal' });
        expect(node.kind === 'literal' ? node.value : undefined).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('are nothing that has to be computed', () => {
    for (const source of [
      'x = f"a"',
      'x = 1 if y else 2',
      'x = "a" "b"',
      'x = [1 for y in z]',
      'x = "\\q"',
      'x = "a\n"',
    ]) {
      expect(() => readStatement(source, 1), source).toThrow(UnreadableScript);
    }
  });
});
