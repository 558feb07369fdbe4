/** `burnish explain`: what it says of a pixel is what `apply` writes there. */

import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { burnish, writePicture } from '../../../support/command-line';
import { readPng } from '../../../support/png';
import { noise } from '../../../support/rasters';
import type { Raster } from '../../../../core/raster/raster';

let folder = '';
const start = process.cwd();
const small = noise({ width: 24, height: 18, channels: 4, depth: 8 });

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'burnish-explain-')));
  process.chdir(folder);
  await writePicture('in.png', small);
  await writePicture('deep.png', noise({ width: 24, height: 18, channels: 3, depth: 16 }));
  await writePicture('second.png', noise({ width: 24, height: 18, channels: 3, depth: 8 }, 7));
});
afterAll(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true, force: true });
});

const levels = v.array(v.pipe(v.number(), v.integer()));
const window = v.strictObject({
  channel: v.string(),
  x: v.number(),
  y: v.number(),
  width: v.number(),
  height: v.number(),
  patch: v.optional(levels),
  kernel: v.optional(v.array(v.number())),
  products: v.optional(v.array(v.number())),
  sum: v.optional(v.number()),
  divisor: v.optional(v.number()),
  offset: v.optional(v.number()),
});
const explanation = v.strictObject({
  input: v.string(),
  x: v.number(),
  y: v.number(),
  steps: v.array(
    v.strictObject({
      id: v.string(),
      x: v.optional(v.number()),
      y: v.optional(v.number()),
      formula: v.string(),
      mask: v.optional(v.number()),
      in: levels,
      unrounded: v.array(v.number()),
      stored: levels,
      values: v.optional(v.record(v.string(), v.unknown())),
      windows: v.optional(v.array(window)),
      steps: v.optional(v.array(v.looseObject({ id: v.string(), x: v.number(), stored: levels }))),
    }),
  ),
});

async function explain(...words: readonly string[]) {
  const { status, stdout, stderr } = await burnish(['explain', ...words, '--json']);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^[^\n]*\n$/);
  return v.parse(explanation, JSON.parse(stdout));
}

function levelsAt({ data, width, channels }: Raster, x: number, y: number): readonly number[] {
  const at = (y * width + x) * channels;
  return Array.from(data.subarray(at, at + channels));
}

const chains: readonly (readonly [name: string, input: string, operations: readonly string[]])[] = [
  ['point operations', 'in.png', ['gamma gamma=2.2', 'posterize levels=5', 'solarize']],
  ['operations that measure', 'deep.png', ['logTransform', 'percentileStretch low=5 high=90', 'negative']],
  [
    'neighbourhoods',
    'in.png',
    ['boxBlur size=7', 'convolve kernel=sharpen boundary=reflect', 'boxBlur size=4'],
  ],
  [
    'changes of size',
    'in.png',
    ['crop x=2 y=3 width=17 height=13', 'rotate90 turns=1', 'convolve kernel=box3 mode=valid stride=2'],
  ],
  [
    'sizes and turns that compute samples',
    'in.png',
    ['resize width=31 height=11', 'rotate angle=20', 'canvasSize width=40 height=40 fill=9', 'negative'],
  ],
  [
    'a chain',
    'deep.png',
    [
      'negative',
      'chain steps=[{"id":"flip","params":{"axis":"vertical"}},{"id":"autoThreshold"}]',
      'gamma gamma=2',
    ],
  ],
  [
    'a blend',
    'in.png',
    ['flip axis=horizontal', 'blend mode=softLight opacity=0.7 source=second.png', 'negative'],
  ],
];

describe.each(chains)('%s', (_, input, operations) => {
  it('are explained as they are written, each step going on with what the one before stored', async () => {
    const ops = operations.flatMap((operation) => ['--op', operation]);
    const applied = await burnish(['apply', input, ...ops, '-o', 'out.png', '--overwrite']);
    expect(applied.stderr).toBe('');
    const result = await readPng('out.png');
    const source = await readPng(input);
    for (const [x, y] of [
      [0, 0],
      [result.width - 1, result.height - 1],
      [3, 4],
    ]) {
      const { steps } = await explain(input, '--at', `${x},${y}`, ...ops);
      expect(steps.map((step) => step.id)).toEqual(operations.map((operation) => operation.split(' ')[0]));
      for (const [at, step] of steps.entries()) {
        if (at > 0) expect(step.in).toEqual(steps[at - 1].stored);
      }
      expect(steps.at(-1)?.stored).toEqual(levelsAt(result, x, y));
      const [first] = steps;
      if (first.x === undefined) expect(first.in).toEqual(levelsAt(source, x, y));
      else expect(steps.every((step) => step.x !== undefined && step.y !== undefined)).toBe(true);
      if (first.x !== undefined) expect([steps.at(-1)?.x, steps.at(-1)?.y]).toEqual([x, y]);
    }
  });
});

it('the recipe comes first, and what is switched off is left out; limits are told', async () => {
  const operations = [
    { id: 'negative', enabled: false },
    { id: 'negative', opacity: 0.25, channels: 'r' },
  ];
  writeFileSync('recipe.json', JSON.stringify({ burnish: 1, operations }));
  const { input, x, y, steps } = await explain(
    'in.png',
    'recipe.json',
    '--op',
    'gamma gamma=2',
    '--at',
    '5,6',
  );
  expect({ input, x, y }).toEqual({ input: 'in.png', x: 5, y: 6 });
  expect(steps.map((step) => step.id)).toEqual(['negative', 'gamma']);
  const [red, ...others] = levelsAt(small, 5, 6);
  expect(steps[0].unrounded).toEqual([red + 0.25 * (255 - red - red), ...others]);
  expect(steps[0].formula).toBe('v + 0.25·(w − v), where w is the stored T − r in R alone');
});

it('a chain is one entry, with one for each of its steps', async () => {
  const op = 'chain steps=[{"id":"rotate90","params":{"turns":1}},{"id":"autoThreshold"}]';
  const [chain, ...others] = (await explain('deep.png', '--at', '2,5', '--op', op)).steps;
  expect(others).toEqual([]);
  expect(chain.steps?.map(({ id, x }) => [id, x])).toEqual([
    ['rotate90', 2],
    ['autoThreshold', 2],
  ]);
  expect(chain.steps?.at(-1)?.stored).toEqual(chain.stored);
  const applied = await burnish(['apply', 'deep.png', '--op', op, '-o', 'chain.png', '--json']);
  expect(JSON.parse(applied.stdout)).toMatchObject({
    steps: [
      { id: 'chain', values: { steps: { rotate90: {}, autoThreshold: chain.steps?.at(-1)?.['values'] } } },
    ],
  });
});

it('a neighbourhood shows its patch, and a weighted one its kernel, products and their sum', async () => {
  const { steps } = await explain(
    'in.png',
    '--at',
    '3,4',
    '--op',
    'convolve kernel=sharpen',
    '--op',
    'median size=3',
  );
  for (const [at, step] of steps.entries()) {
    expect(step.windows?.map(({ channel }) => channel)).toEqual(['R', 'G', 'B']);
    for (const [channel, shown] of (step.windows ?? []).entries()) {
      expect(shown).toMatchObject({ x: 2, y: 3, width: 3, height: 3 });
      const { patch = [], kernel = [], products, sum = 0, divisor = 1, offset = 0 } = shown;
      expect(patch).toHaveLength(9);
      if (at === 1) expect(kernel).toEqual([]);
      else {
        expect(products).toEqual(patch.map((level, tap) => level * kernel[tap]));
        expect(sum / divisor + offset).toBe(step.unrounded[channel]);
      }
    }
  }
});

it('what was measured is reported as apply reports it', async () => {
  const { steps } = await explain('in.png', '--at', '0,0', '--op', 'logTransform');
  const applied = await burnish(['apply', 'in.png', '--op', 'logTransform', '-o', 'log.png', '--json']);
  expect(JSON.parse(applied.stdout)).toMatchObject({ steps: [{ values: steps[0].values }] });
});

it('in words: the formula, the numbers put in, the unrounded and the stored level', async () => {
  const { stdout } = await burnish([
    'explain',
    'in.png',
    '--at',
    '3,4',
    '--op',
    'gamma gamma=2.2',
    '--op',
    'boxBlur size=3',
  ]);
  const [red] = levelsAt(small, 3, 4);
  const exact = 255 * (red / 255) ** (1 / 2.2);
  expect(stdout).toContain(`in.png at (3, 4): ${levelsAt(small, 3, 4).join(' ')}\n`);
  expect(stdout).toContain('1. Gamma at (3, 4)\n  T·(r/T)^(1/gamma)\n');
  expect(stdout).toContain(`    255·(${red}/255)^(1/2.2) = `);
  expect(stdout).toContain(`stored ${Math.round(exact)}\n`);
  expect(stdout).toContain('2. Box blur at (3, 4)\n');
  expect(stdout).toContain('    3 × 3 window, top left (2, 3):\n');
  expect(stdout).toMatch(/ {4}sum \d+\n {4}\d+\/9 = /);
});

it('without steps there is the pixel alone', async () => {
  const { stdout } = await burnish(['explain', 'in.png', '--at', '1,1']);
  expect(stdout).toBe(`in.png at (1, 1): ${levelsAt(small, 1, 1).join(' ')}\n`);
  expect((await explain('in.png', '--at', '1,1')).steps).toEqual([]);
});

describe('masks and kept numbers', () => {
  it('are told, and are what apply writes', async () => {
    const ellipse = { shape: 'ellipse', x: 2, y: 1, width: 14, height: 12, feather: 5 };
    const picture = { shape: 'picture', source: 'second.png', mode: 'intersect' };
    const operations = [
      { id: 'percentileStretch', measured: { low: [20], high: [180] } },
      { id: 'negative', opacity: 0.8, mask: { parts: [ellipse, picture] } },
    ];
    writeFileSync('masked.json', JSON.stringify({ burnish: 1, operations }));
    const applied = await burnish([
      'apply',
      'masked.json',
      'deep.png',
      '-o',
      'masked.png',
      '--overwrite',
      '--json',
    ]);
    expect(applied.status).toBe(0);
    const kept = { low: [20 * 257, 20 * 257, 20 * 257], high: [180 * 257, 180 * 257, 180 * 257] };
    expect(JSON.parse(applied.stdout)).toMatchObject({
      steps: [{ id: 'percentileStretch', values: kept }, { id: 'negative' }],
    });
    const result = await readPng('masked.png');
    const levelsOfMask = new Set<number>();
    for (const [x, y] of [
      [9, 7],
      [3, 6],
      [14, 10],
      [0, 0],
      [8, 3],
    ] as const) {
      const { steps } = await explain('masked.json', 'deep.png', '--at', `${x},${y}`);
      expect(steps[0].values).toEqual(kept);
      expect(steps[0].mask).toBeUndefined();
      expect(steps[1].stored).toEqual(levelsAt(result, x, y));
      levelsOfMask.add(steps[1].mask ?? -1);
    }
    expect(levelsOfMask.size).toBeGreaterThan(3);
    expect(levelsOfMask.has(-1)).toBe(false);
    const { stdout } = await burnish(['explain', 'masked.json', 'deep.png', '--at', '9,7']);
    expect(stdout).toMatch(/kept low = 5140/);
    expect(stdout).toMatch(/the mask's level here is \d+ of 255/);
  });
});
