import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  recipeFromSteps,
  recipeSources,
  recipeToJson,
  recipeToText,
  stepsFromRecipe,
  type Recipe,
} from '../../../core/document/recipe';
import { operationsFromJson, recipeFromJson, recipeFromText } from '../../../core/document/recipe-reading';
import { dice, newStep } from './commands-arbitrary';
import { refusal, step, valueOf } from './sample';

const gamma = { id: 'gamma', params: { gamma: 2.2 } };
const crop = { id: 'crop', params: { x: 0, y: 0, width: 5, height: 5 } };

function recipe(...operations: readonly unknown[]): unknown {
  return { burnish: 1, operations };
}

function operation(id: string, params: unknown, more: object = {}): unknown {
  return recipe({ id, params, ...more });
}

/** A list in a list in a list, so many deep. */
function nested(depth: number): unknown {
  let value: unknown = 0;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

function named(name: string, value: unknown): object {
  return Object.fromEntries([[name, value]]);
}

describe('reading a recipe', () => {
  it('fills in what is left out', () => {
    const read = valueOf(recipeFromJson(recipe(gamma, { id: 'negative' })));
    const usual = { enabled: true, channels: 'rgb', opacity: 1, mask: null, measured: null };
    expect(read.operations).toEqual([
      { operation: 'gamma', params: { gamma: 2.2 }, ...usual },
      { operation: 'negative', params: {}, ...usual },
    ]);
  });

  it('takes everything that a step can say', () => {
    const limits = { enabled: false, channels: 'luma', opacity: 0.5, mask: null, measured: null };
    expect(valueOf(recipeFromJson(recipe({ ...gamma, ...limits }))).operations).toEqual([
      { operation: 'gamma', params: { gamma: 2.2 }, ...limits },
    ]);
  });

  it('takes a recipe without operations', () => {
    expect(valueOf(recipeFromJson(recipe()))).toEqual({ operations: [] });
  });

  it('takes the largest kernel', () => {
    const kernel = Array.from({ length: 101 }, () => Array.from({ length: 101 }, () => 1));
    expect(valueOf(recipeFromJson(operation('convolve', { kernel }))).operations).toHaveLength(1);
  });

  it('takes objects of another realm and of none', () => {
    const bare: object = Object.assign(Object.create(null), recipe(gamma));
    expect(valueOf(recipeFromJson(bare)).operations).toHaveLength(1);
  });
});

const rows: readonly (readonly [string, unknown, string | RegExp])[] = [
  ['undefined', undefined, 'not a JSON value (undefined)'],
  ['null', null, /^a recipe is an object: /],
  ['a text', 'gamma', /^a recipe is an object: /],
  ['a number', 1, /^a recipe is an object: /],
  ['a list', [gamma], /^a recipe is an object: /],
  ['a date', new Date(0), 'not a plain object'],
  ['a map', new Map(), 'not a plain object'],
  ['a function', () => recipe(), 'not a JSON value (function)'],
  ['an empty object', {}, 'burnish: missing: a recipe begins with "burnish": 1'],
  ['no version', { operations: [] }, 'burnish: missing: a recipe begins with "burnish": 1'],
  ['a version of text', { burnish: '1', operations: [] }, 'burnish: expected 1 but received "1"'],
  ['version null', { burnish: null, operations: [] }, 'burnish: expected 1 but received null'],
  ['version 0', { burnish: 0, operations: [] }, 'burnish: expected 1 but received 0'],
  ['version −1', { burnish: -1, operations: [] }, 'burnish: expected 1 but received -1'],
  ['version 1.5', { burnish: 1.5, operations: [] }, 'burnish: expected 1 but received 1.5'],
  ['version true', { burnish: true, operations: [] }, 'burnish: expected 1 but received true'],
  ['a list as version', { burnish: [1], operations: [] }, 'burnish: expected 1 but received a list'],
  [
    'version 2',
    { burnish: 2, operations: [] },
    'burnish: this recipe is of version 2, and version 1 is the newest that can be read here; update Burnish',
  ],
  ['version 2 with new fields', { burnish: 2, layers: [] }, /^burnish: this recipe is of version 2/],
  ['no operations', { burnish: 1 }, 'operations: missing: a list of operations'],
  [
    'operations null',
    { burnish: 1, operations: null },
    'operations: expected a list of operations but received null',
  ],
  [
    'operations an object',
    { burnish: 1, operations: {} },
    'operations: expected a list of operations but received an object',
  ],
  [
    'operations a text',
    { burnish: 1, operations: 'gamma' },
    'operations: expected a list of operations but received "gamma"',
  ],
  ['a misspelt field', { burnish: 1, operation: [] }, 'operation: unknown field; did you mean "operations"?'],
  [
    'a foreign field',
    { ...(recipe() as object), author: 'me' },
    'author: unknown field; known are burnish, operations',
  ],
  ['a field with blanks', { ...(recipe() as object), 'my notes': '' }, /^\["my notes"\]: unknown field/],
  ['a field with line breaks', { ...(recipe() as object), 'a\nb': '' }, /^\["a\\nb"\]: unknown field/],
  [
    'a step that is a text',
    recipe('gamma'),
    'operations[0]: expected { "id": …, "params": {…} } but received "gamma"',
  ],
  ['a step that is null', recipe(gamma, null), /^operations\[1\]: expected \{ "id".* but received null$/],
  ['a step that is a list', recipe([gamma]), /^operations\[0\]: expected .* but received a list$/],
  ['a step without id', recipe({ params: {} }), 'operations[0].id: missing: the id of an operation'],
  [
    'an id that is a number',
    recipe({ id: 3 }),
    'operations[0].id: expected the id of an operation but received 3',
  ],
  [
    'an id that is null',
    recipe({ id: null }),
    'operations[0].id: expected the id of an operation but received null',
  ],
  [
    'a misspelt id',
    recipe(gamma, { id: 'boxBlurr' }),
    'operations[1].id: unknown operation "boxBlurr"; did you mean "boxBlur"?',
  ],
  [
    'an id in other case',
    recipe({ id: 'Gamma' }),
    'operations[0].id: unknown operation "Gamma"; did you mean "gamma"?',
  ],
  ['a foreign id', recipe({ id: 'makeItNicer' }), 'operations[0].id: unknown operation "makeItNicer"'],
  ['an empty id', recipe({ id: '' }), 'operations[0].id: unknown operation ""'],
  [
    'an inherited id',
    recipe({ id: 'hasOwnProperty' }),
    'operations[0].id: unknown operation "hasOwnProperty"',
  ],
  [
    'a misspelt step field',
    recipe({ ...gamma, parms: {} }),
    'operations[0].parms: unknown field; did you mean "params"?',
  ],
  [
    'a foreign step field',
    recipe({ ...gamma, selection: 'm.png' }),
    'operations[0].selection: unknown field; known are id, params, enabled, channels, opacity, mask, measured',
  ],
  [
    'an operation in place of an id',
    recipe({ operation: 'gamma' }),
    /^operations\[0\]\.operation: unknown field/,
  ],
  [
    'params null',
    operation('gamma', null),
    'operations[0].params: expected an object of parameters but received null',
  ],
  [
    'params a list',
    operation('gamma', [2.2]),
    'operations[0].params: expected an object of parameters but received a list',
  ],
  [
    'params a number',
    operation('gamma', 2.2),
    'operations[0].params: expected an object of parameters but received 2.2',
  ],
  [
    'a misspelt parameter',
    recipe(gamma, { id: 'boxBlur', params: { sise: 3 } }),
    'operations[1].params.sise: unknown parameter; did you mean "size"?',
  ],
  [
    'a parameter too many',
    operation('negative', { amount: 1 }),
    /^operations\[0\]\.params\.amount: unknown parameter; /,
  ],
  [
    'an inherited parameter',
    operation('gamma', { toString: 1 }),
    /^operations\[0\]\.params\.toString: unknown parameter; /,
  ],
  [
    'a missing parameter',
    operation('boxBlur', {}),
    /^operations\[0\]\.params: missing parameter size: expected a whole number from 1 to 999$/,
  ],
  [
    'no params where one is required',
    recipe({ id: 'boxBlur' }),
    /^operations\[0\]\.params: missing parameter size/,
  ],
  [
    'a value out of range',
    operation('gamma', { gamma: 400 }),
    'operations[0].params.gamma: expected a number from 0.01 to 10 for gamma but received 400',
  ],
  [
    'a text for a number',
    operation('gamma', { gamma: '2.2' }),
    'operations[0].params.gamma: expected a number from 0.01 to 10 for gamma but received "2.2"',
  ],
  [
    'null for a number',
    operation('gamma', { gamma: null }),
    /^operations\[0\]\.params\.gamma: expected a number .* but received null$/,
  ],
  [
    'a list for a number',
    operation('gamma', { gamma: [2] }),
    /^operations\[0\]\.params\.gamma: expected a number .* but received \[2\]$/,
  ],
  [
    'true for a number',
    operation('gamma', { gamma: true }),
    /^operations\[0\]\.params\.gamma: expected a number .* but received true$/,
  ],
  ['NaN', operation('gamma', { gamma: NaN }), 'operations[0].params.gamma: not a finite number'],
  ['infinity', operation('gamma', { gamma: -Infinity }), 'operations[0].params.gamma: not a finite number'],
  [
    'a big integer',
    operation('gamma', { gamma: 2n }),
    'operations[0].params.gamma: not a JSON value (bigint)',
  ],
  [
    'undefined as a value',
    operation('gamma', { gamma: undefined }),
    'operations[0].params.gamma: not a JSON value (undefined)',
  ],
  [
    'a fraction for a whole number',
    operation('boxBlur', { size: 2.5 }),
    /^operations\[0\]\.params\.size: expected a whole number/,
  ],
  [
    'an unknown choice',
    operation('boxBlur', { size: 3, boundary: 'mirror' }),
    /^operations\[0\]\.params\.boundary: expected one of "symmetric", .* but received "mirror"$/,
  ],
  [
    'an unknown kernel',
    operation('convolve', { kernel: 'blurry' }),
    /^operations\[0\]\.params\.kernel: expected the name of a kernel/,
  ],
  [
    'a ragged kernel',
    operation('convolve', { kernel: [[1, 2], [3]] }),
    /^operations\[0\]\.params\.kernel: expected/,
  ],
  ['an empty kernel', operation('convolve', { kernel: [] }), /^operations\[0\]\.params\.kernel: expected/],
  [
    'a kernel with null',
    operation('convolve', { kernel: [[null]] }),
    /^operations\[0\]\.params\.kernel: expected/,
  ],
  [
    'a kernel that is too large',
    operation('convolve', { kernel: [Array.from({ length: 102 }, () => 1)] }),
    /^operations\[0\]\.params\.kernel: expected/,
  ],
  [
    'divisor 0',
    operation('convolve', { kernel: 'box3', divisor: 0 }),
    /^operations\[0\]\.params\.divisor: expected a number other than 0/,
  ],
  [
    'a plane twice',
    operation('bitPlaneReconstruct', { planes: [1, 1] }),
    /^operations\[0\]\.params\.planes: expected a list of distinct/,
  ],
  [
    'rules between parameters',
    operation('levels', { inBlack: 200, inWhite: 100 }),
    /^operations\[0\]\.params: .*inBlack/,
  ],
  [
    'a blend without source',
    operation('blend', { mode: 'multiply' }),
    /^operations\[0\]\.params: missing parameter source/,
  ],
  [
    'a blend with an empty source',
    operation('blend', { source: '' }),
    /^operations\[0\]\.params\.source: expected a picture/,
  ],
  [
    'an unknown blend mode',
    operation('blend', { source: 'b.png', mode: 'plus' }),
    /^operations\[0\]\.params\.mode: expected one of/,
  ],
  [
    'enabled as text',
    recipe({ ...gamma, enabled: 'yes' }),
    'operations[0].enabled: expected true or false but received "yes"',
  ],
  [
    'enabled null',
    recipe({ ...gamma, enabled: null }),
    'operations[0].enabled: expected true or false but received null',
  ],
  [
    'unknown channels',
    recipe({ ...gamma, channels: 'alpha' }),
    'operations[0].channels: expected one of "rgb", "r", "g", "b", "luma" but received "alpha"',
  ],
  [
    'channels as a list',
    recipe({ ...gamma, channels: ['r', 'g'] }),
    /^operations\[0\]\.channels: expected one of .* but received a list$/,
  ],
  [
    'opacity in percent',
    recipe({ ...gamma, opacity: 60 }),
    'operations[0].opacity: expected a number from 0 to 1 but received 60',
  ],
  [
    'opacity below 0',
    recipe({ ...gamma, opacity: -0.1 }),
    'operations[0].opacity: expected a number from 0 to 1 but received -0.1',
  ],
  [
    'opacity as text',
    recipe({ ...gamma, opacity: '1' }),
    'operations[0].opacity: expected a number from 0 to 1 but received "1"',
  ],
  [
    'a prototype at the top',
    JSON.parse('{"__proto__": {"burnish": 1}, "operations": []}'),
    '__proto__: a name that is not allowed',
  ],
  [
    'a prototype in a step',
    JSON.parse('{"burnish": 1, "operations": [{"id": "gamma", "__proto__": {}}]}'),
    'operations[0].__proto__: a name that is not allowed',
  ],
  [
    'a prototype among the parameters',
    operation('gamma', named('__proto__', { gamma: 2 })),
    'operations[0].params.__proto__: a name that is not allowed',
  ],
  [
    'a constructor',
    operation('gamma', named('constructor', 1)),
    'operations[0].params.constructor: a name that is not allowed',
  ],
  ['nesting without end', operation('convolve', { kernel: nested(10_000) }), /…: nested more than 64 deep$/],
  [
    'an object that holds itself',
    (() => {
      const self: Record<string, unknown> = {};
      self['self'] = self;
      return self;
    })(),
    /nested more than 64 deep$/,
  ],
  [
    'a list of a billion',
    { burnish: 1, operations: Object.assign([], { length: 1e9 }) },
    'operations: more than 1000000 values',
  ],
  [
    'a list with gaps',
    operation('bitPlaneReconstruct', { planes: Object.assign([1], { length: 3 }) }),
    'operations[0].params.planes: a list with gaps or names',
  ],
  [
    'a very long text',
    operation('blend', { source: 'x'.repeat(100_000) }),
    'operations[0].params.source: a text of more than 65536 characters',
  ],
  [
    'too many operations',
    recipe(...Array.from({ length: 1001 }, () => gamma)),
    'operations: more than 1000 operations',
  ],
];

describe('a malformed recipe', () => {
  it.each(rows)('is refused: %s', (_, value, expected) => {
    const said = refusal(recipeFromJson(value));
    if (typeof expected === 'string') expect(said).toBe(expected);
    else expect(said).toMatch(expected);
    expect(said).not.toContain('\n');
    expect(said.length).toBeLessThan(1500);
  });

  it.each<[string, string, string | RegExp]>([
    ['no text', '', /^not valid JSON \(/],
    ['no JSON', '{burnish: 1}', /^not valid JSON \(/],
    ['JSON that is cut off', '{"burnish": 1, "operations": [', /^not valid JSON \(/],
    ['a picture', '\u0089PNG\r\n\u001a\n', /^not valid JSON \([^\n]*\)$/],
    ['a number', '3', /^a recipe is an object/],
    ['NaN', '{"burnish": NaN}', /^not valid JSON \(/],
    ['brackets without end', '['.repeat(100_000), /^not valid JSON \(/],
    ['deep brackets', `${'['.repeat(5000)}${']'.repeat(5000)}`, /nested more than 64 deep$/],
  ])('is refused as a text: %s', (_, text, expected) => {
    expect(refusal(recipeFromText(text))).toMatch(expected);
  });

  it('leaves no trace on prototypes', () => {
    for (const [, value] of rows) recipeFromJson(value);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('is never taken, and never thrown at, whatever is put in place of a part', () => {
    const wrong = fc.oneof(
      fc.constantFrom(null, undefined, NaN, -1, '', 'x', [], {}, true, 1e9),
      fc.anything(),
    );
    const paths = [
      ['burnish'],
      ['operations'],
      ['operations', 0],
      ['operations', 0, 'id'],
      ['operations', 0, 'params'],
      ['operations', 0, 'params', 'gamma'],
      ['operations', 0, 'opacity'],
    ] as const;
    fc.assert(
      fc.property(fc.constantFrom(...paths), wrong, (path, value) => {
        const whole: unknown = structuredClone(recipe({ ...gamma, opacity: 0.5 }));
        const result = recipeFromJson(replacedAt(whole, path, value));
        // What passes must be what would be written again.
        if (result.ok) expect(recipeFromJson(recipeToJson(result.value))).toEqual(result);
        else expect(result.fault.message).toMatch(/^[^\n]+$/);
      }),
      { numRuns: 1000 },
    );
  });
});

function replacedAt(whole: unknown, [first, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (first === undefined || typeof whole !== 'object' || whole === null) return value;
  const copy: object = Array.isArray(whole) ? [...whole] : { ...whole };
  Reflect.set(copy, first, replacedAt(Reflect.get(whole, first), rest, value));
  return copy;
}

describe('the operations of a jobs file', () => {
  it('are read like those of a recipe, with the path of where they stand', () => {
    expect(valueOf(operationsFromJson([gamma], 'operations'))).toHaveLength(1);
    expect(refusal(operationsFromJson([{ id: 'gamma', params: { gama: 1 } }], 'line 3: operations'))).toBe(
      'line 3: operations[0].params.gama: unknown parameter; did you mean "gamma"?',
    );
    expect(refusal(operationsFromJson([{ id: 'gamma', params: { gamma: NaN } }], 'operations'))).toBe(
      'operations[0].params.gamma: not a finite number',
    );
    expect(refusal(operationsFromJson(undefined, 'operations'))).toBe(
      'operations: missing: a list of operations',
    );
  });
});

describe('writing a recipe', () => {
  it('leaves out what has its usual value', () => {
    const json = recipe(gamma, { id: 'negative' }, { ...gamma, enabled: false, channels: 'r', opacity: 0 });
    expect(recipeToJson(valueOf(recipeFromJson(json)))).toEqual(json);
  });

  it('writes an operation a line', () => {
    const text = recipeToText(valueOf(recipeFromJson(recipe(gamma, crop))));
    expect(text).toBe(`{
  "burnish": 1,
  "operations": [
    {"id":"gamma","params":{"gamma":2.2}},
    {"id":"crop","params":{"x":0,"y":0,"width":5,"height":5}}
  ]
}
`);
    expect(recipeToText({ operations: [] })).toBe('{\n  "burnish": 1,\n  "operations": []\n}\n');
  });

  it('is undone by reading', () => {
    fc.assert(
      fc.property(fc.array(dice, { maxLength: 20, size: 'max' }), (rolls) => {
        const steps = rolls.map((roll, at) => newStep(`s${at}`, roll));
        const written = recipeFromSteps(steps, (id) => `${id}.png`);
        expect(recipeFromText(`\uFEFF${recipeToText(written)}`)).toEqual({ ok: true, value: written });
        const back = stepsFromRecipe(
          written,
          steps.map(({ id }) => id),
          (path) => path.slice(0, -'.png'.length),
        );
        expect(back).toEqual(steps);
      }),
    );
  });
});

describe('second pictures', () => {
  const blended: Recipe = valueOf(
    recipeFromJson(
      recipe(
        gamma,
        { id: 'blend', params: { source: 'b.png' } },
        { id: 'blend', params: { source: 'c.png' } },
        { id: 'blend', params: { source: 'b.png' } },
      ),
    ),
  );

  it('are named once each', () => {
    expect(recipeSources(blended)).toEqual(['b.png', 'c.png']);
  });

  it('become sources of the document and paths again', () => {
    const steps = stepsFromRecipe(blended, ['1', '2', '3', '4'], (path) => `id of ${path}`);
    expect(steps[1]).toEqual(step('2', 'blend', { source: 'id of b.png' }));
    expect(recipeFromSteps(steps, (id) => id.slice('id of '.length))).toEqual(blended);
    expect(() => stepsFromRecipe(blended, ['1'], (path) => path)).toThrow(RangeError);
  });
});
