/** Masks and kept numbers in documents, histories and recipes. */

import fc from 'fast-check';
import { describe as group, expect, it } from 'vitest';
import type { Command } from '../../../core/document/command';
import type { Document } from '../../../core/document/document';
import { append, current, currentEntry, type Log } from '../../../core/document/log';
import { isMask, maskFrom, maskToJson, type Mask } from '../../../core/document/mask';
import type { BoxPart } from '../../../core/raster/mask';
import { recipeFromSteps, recipeSources, recipeToJson, stepsFromRecipe } from '../../../core/document/recipe';
import { recipeFromJson } from '../../../core/document/recipe-reading';
import { describe, reduce } from '../../../core/document/reduce';
import type { Kept } from '../../../core/operation/operation';
import { commandSchema, stepSchema } from '../../../core/protocol/command-schema';
import { parse, safeParse } from 'valibot';
import { randomMask } from '../../support/random-limits';
import {
  adding,
  after,
  refusal,
  sampleDocument,
  sampleLog,
  source,
  step,
  valueOf,
  withSteps,
} from './sample';

const ellipse: BoxPart = {
  shape: 'ellipse',
  mode: 'add',
  x: 10,
  y: 20,
  width: 300,
  height: 200,
  feather: 8,
};
const mask: Mask = { parts: [ellipse], inverted: false };
const low: Kept = { low: [12.5], high: [200] };

const masking = (to: Mask | null, time = 0): Command => ({
  type: 'step.limit',
  time,
  owner: 'l',
  step: 's',
  mask: to,
});
const keeping = (measured: Kept | null): Command => ({
  type: 'step.keep',
  time: 0,
  owner: 'l',
  step: 's',
  measured,
});

const stepIn = (document: Document) => document.layers[0].stack[0];

/** What the history says of a command on this document. */
function told(document: Document, command: Command): string {
  const { text } = describe(command, document, after(document, command));
  return text;
}

group('a mask', () => {
  const gamma = withSteps(step('s', 'gamma', { gamma: 2 }));

  it('is put on a step and taken off again', () => {
    const masked = after(gamma, masking(mask));
    expect(stepIn(masked).mask).toEqual(mask);
    expect(stepIn(after(masked, masking(null))).mask).toBeNull();
    expect(reduce(masked, masking({ ...mask, parts: [{ ...ellipse }] }))).toEqual({
      ok: true,
      value: masked,
    });
  });

  it('stays where only the channels or the opacity change', () => {
    const command: Command = {
      type: 'step.limit',
      time: 0,
      owner: 'l',
      step: 's',
      channels: 'r',
      opacity: 0.5,
    };
    expect(stepIn(after(gamma, masking(mask), command))).toMatchObject({ mask, channels: 'r', opacity: 0.5 });
  });

  it('is told by its shape, and by the number that changed', () => {
    const masked = after(gamma, masking(mask));
    const changed = (different: Partial<BoxPart>): Mask => ({
      parts: [{ ...ellipse, ...different }],
      inverted: false,
    });
    expect(told(gamma, masking(mask))).toBe('Gamma mask: none → ellipse on Background');
    expect(told(masked, masking(null))).toBe('Gamma mask: ellipse → none on Background');
    expect(told(masked, masking({ ...mask, inverted: true }))).toBe(
      'Gamma mask: ellipse → all but ellipse on Background',
    );
    expect(told(masked, masking(changed({ feather: 20 })))).toBe('Gamma mask: feather 8 → 20 on Background');
    expect(told(masked, masking(changed({ x: 1, y: 2 })))).toBe('Moved the mask of Gamma on Background');
    expect(told(masked, masking({ parts: [ellipse, ellipse], inverted: false }))).toBe(
      'Gamma mask: ellipse → 2 shapes on Background',
    );
  });

  it('joins the entry before while the same number changes, and no other', () => {
    const moved = (x: number, feather: number): Mask => ({
      parts: [{ ...ellipse, x, feather }],
      inverted: false,
    });
    const appended = (log: Log, command: Command): Log => valueOf(append(log, command));
    let log = sampleLog();
    log = appended(log, adding(current(log), step('s', 'gamma', { gamma: 2 })));
    log = appended(log, masking(moved(10, 8), 2000));
    log = appended(log, masking(moved(11, 8), 2500));
    const entries = log.line.length;
    log = appended(log, masking(moved(12, 8), 3000));
    expect(log.line.length).toBe(entries);
    expect(currentEntry(log).text).toBe('Gamma mask: x 10 → 12 on Background');
    log = appended(log, masking(moved(12, 9), 3100));
    expect(log.line.length).toBe(entries + 1);
  });

  it('is refused for a step that changes the size', () => {
    const document = sampleDocument();
    const turned = step('s', 'rotate90', { turns: 1 }, { mask });
    expect(refusal(reduce(document, adding(document, turned)))).toBe(
      'Rotate90: channels, opacity and a mask cannot limit a step that changes the size; remove the limit',
    );
  });

  it('may be a picture of the size that the step meets, and no other', () => {
    const picture: Mask = {
      parts: [{ shape: 'picture', mode: 'add', source: source('a').id }],
      inverted: false,
    };
    expect(stepIn(after(gamma, masking(picture))).mask).toEqual(picture);
    const cut = withSteps(step('c', 'crop', { x: 0, y: 0, width: 5, height: 5 }));
    const late = adding(cut, step('s', 'gamma', { gamma: 2 }, { mask: picture }));
    expect(refusal(reduce(cut, late))).toMatch(/^Gamma: a\.png has 640 × 480 pixels, but 5 × 5 are needed/);
    const stranger: Mask = {
      parts: [{ shape: 'picture', mode: 'add', source: source('f').id }],
      inverted: false,
    };
    expect(refusal(reduce(gamma, masking(stranger)))).toMatch(/is not open in this document/);
  });

  it('passes the gate in its whole form alone', () => {
    expect(parse(commandSchema, masking(mask))).toEqual(masking(mask));
    const { x: _, ...rest } = { ...ellipse, x: 0 };
    expect(safeParse(commandSchema, { ...masking(mask), mask: { ...mask, parts: [rest] } }).success).toBe(
      false,
    );
    expect(safeParse(commandSchema, { ...masking(mask), mask: { parts: [], inverted: false } }).success).toBe(
      false,
    );
  });
});

group('kept numbers', () => {
  const stretch = withSteps(step('s', 'percentileStretch', { low: 1 }));

  it('are kept and let go, and the history says so', () => {
    const kept = after(stretch, keeping(low));
    expect(stepIn(kept).measured).toEqual(low);
    expect(stepIn(after(kept, keeping(null))).measured).toBeNull();
    expect(told(stretch, keeping(low))).toBe('Kept the numbers of Percentile stretch on Background');
    expect(told(kept, keeping(null))).toBe('Recomputed the numbers of Percentile stretch on Background');
    expect(reduce(kept, keeping({ ...low }))).toEqual({ ok: true, value: kept });
  });

  it('go when another value is set, or when the step works on the luma instead, because they were found otherwise', () => {
    const kept = after(stretch, keeping(low));
    const set = (params: object): Command => ({
      type: 'step.set',
      time: 0,
      owner: 'l',
      step: 's',
      params: { ...params },
    });
    expect(stepIn(after(kept, set({ low: 1 }))).measured).toEqual(low);
    expect(stepIn(after(kept, set({ low: 3 }))).measured).toBeNull();
    const limited = (channels: 'r' | 'luma'): Command => ({
      type: 'step.limit',
      time: 0,
      owner: 'l',
      step: 's',
      channels,
    });
    expect(stepIn(after(kept, limited('r'))).measured).toEqual(low);
    expect(stepIn(after(kept, limited('luma'))).measured).toBeNull();
  });

  it('are refused where they do not fit', () => {
    expect(refusal(reduce(stretch, keeping({ low: [1] })))).toMatch(
      /^Percentile stretch: measured: high: missing: expected a list of 1 or 3 numbers/,
    );
    const negative = withSteps(step('s', 'negative'));
    expect(refusal(reduce(negative, keeping(low)))).toBe(
      'Negative: measured: negative measures no numbers here that can be kept; leave them out',
    );
    const grey = after(
      sampleDocument({ channels: 1 }),
      adding(sampleDocument(), step('s', 'percentileStretch')),
    );
    expect(refusal(reduce(grey, keeping({ low: [1, 2, 3], high: [200] })))).toMatch(
      /the picture here is gray/,
    );
  });
});

group('a history from before there were masks', () => {
  it('is read as one without', () => {
    const { mask: _, measured: __, ...older } = step('s', 'gamma', { gamma: 2 });
    expect(parse(stepSchema, older)).toEqual(step('s', 'gamma', { gamma: 2 }));
  });
});

group('a recipe', () => {
  const recipe = (more: object, id = 'percentileStretch') => ({ burnish: 1, operations: [{ id, ...more }] });
  const said = (more: object, id?: string): string => refusal(recipeFromJson(recipe(more, id)));
  const box = { shape: 'rectangle', x: 0, y: 0, width: 5, height: 5 };

  it('may leave out of a mask what is usual', () => {
    const read = valueOf(recipeFromJson(recipe({ mask: { parts: [box] }, measured: low })));
    const whole = { parts: [{ ...box, mode: 'add', feather: 0 }], inverted: false };
    expect(read.operations[0]).toMatchObject({ mask: whole, measured: low });
    expect(recipeToJson(read)).toEqual(recipe({ mask: { parts: [box] }, measured: low }));
  });

  it('gives back every mask that it was given', () => {
    fc.assert(
      fc.property(randomMask('a.png'), (any) => {
        expect(isMask(any)).toBe(true);
        expect(maskFrom(JSON.parse(JSON.stringify(maskToJson(any))))).toEqual(any);
      }),
    );
  });

  it.each([
    [{ mask: 'm.png' }, 'operations[0].mask: expected an object { "parts": […] } but received "m.png"'],
    [{ mask: {} }, 'operations[0].mask.parts: missing: a list of 1 to 64 shapes'],
    [{ mask: { parts: [] } }, 'operations[0].mask.parts: expected a list of 1 to 64 shapes but received []'],
    [
      { mask: { parts: [box], invert: true } },
      'operations[0].mask.invert: unknown field; known are parts, inverted',
    ],
    [
      { mask: { parts: [{ ...box, shape: 'star' }] } },
      'operations[0].mask.parts[0].shape: expected one of "rectangle", "ellipse", "polygon", "picture" but received "star"',
    ],
    [
      { mask: { parts: [box, { ...box, mode: 'xor' }] } },
      'operations[0].mask.parts[1].mode: expected one of "add", "subtract", "intersect" but received "xor"',
    ],
    [
      { mask: { parts: [{ ...box, width: 0 }] } },
      'operations[0].mask.parts[0].width: expected a number above 0 and up to 1000000 but received 0',
    ],
    [
      { mask: { parts: [{ ...box, radius: 1 }] } },
      'operations[0].mask.parts[0].radius: unknown field; known are shape, mode, x, y, width, height, feather',
    ],
    [
      {
        mask: {
          parts: [
            {
              shape: 'polygon',
              points: [
                [0, 0],
                [1, 1],
              ],
            },
          ],
        },
      },
      'operations[0].mask.parts[0].points: expected a list of 3 to 1000 points [x, y] but received [[0,0],[1,1]]',
    ],
    [
      { mask: { parts: [{ shape: 'polygon', points: [[0, 0], [1, 1], [2]] }] } },
      'operations[0].mask.parts[0].points[2]: expected a point [x, y] from -1000000 to 1000000 but received [2]',
    ],
    [
      { mask: { parts: [{ shape: 'picture', source: '' }] } },
      'operations[0].mask.parts[0].source: expected a picture but received ""',
    ],
    [{ measured: [1] }, 'operations[0].measured: expected an object of numbers but received a list'],
    [{ measured: { low: [1] } }, /^operations\[0\]\.measured\.high: missing: expected a list/],
    [
      { measured: { low: [1], high: [300] } },
      'operations[0].measured.high[0]: expected a number from 0 to 255 but received 300',
    ],
  ] as const)('is refused with the path of what is wrong: %j', (more, wanted) => {
    if (typeof wanted === 'string') expect(said(more)).toBe(wanted);
    else expect(said(more)).toMatch(wanted);
  });

  it('is refused where its operation keeps nothing', () => {
    expect(said({ measured: low }, 'negative')).toBe(
      'operations[0].measured: negative measures no numbers here that can be kept; leave them out',
    );
  });

  it("names a mask's picture among the others, by path and by source", () => {
    const picture = { parts: [{ shape: 'picture', source: 'm.png' }] };
    const read = valueOf(recipeFromJson(recipe({ mask: picture }, 'negative')));
    expect(recipeSources(read)).toEqual(['m.png']);
    const steps = stepsFromRecipe(read, ['s'], (path) => `id of ${path}`);
    expect(steps[0].mask?.parts[0]).toMatchObject({ source: 'id of m.png' });
    expect(recipeFromSteps(steps, (id) => id.slice('id of '.length))).toEqual(read);
  });

  it('made of steps measures anew unless it is to keep what was reported', () => {
    const steps = [
      step('a', 'percentileStretch'),
      step('b', 'negative'),
      step('c', 'logTransform', {}, { measured: { max: [99] } }),
      step('d', 'autoThreshold'),
    ];
    const reported = {
      a: { low: [257, 257, 257], high: [514, 514, 771] },
      c: { c: [1, 1, 1], max: [5, 5, 5] },
    };
    const paths = (id: string): string => id;
    expect(recipeFromSteps(steps, paths).operations.map(({ measured }) => measured)).toEqual([
      null,
      null,
      { max: [99] },
      null,
    ]);
    const keep = { reported, depth: 16 } as const;
    expect(recipeFromSteps(steps, paths, keep).operations.map(({ measured }) => measured)).toEqual([
      { low: [1], high: [2, 2, 3] },
      null,
      { max: [99] },
      null,
    ]);
  });
});
