import { describe as group, expect, it } from 'vitest';
import type { Command } from '../../../core/document/command';
import {
  stackOf,
  type Document,
  type StackOwner,
  type Step,
  type StepChannels,
} from '../../../core/document/document';
import { describeOpening } from '../../../core/document/commands/document';
import { newLayerName, stepTitle } from '../../../core/document/naming';
import { describe, reduce } from '../../../core/document/reduce';
import { canvasShape } from '../../../core/document/stack-check';
import type { GivenValues } from '../../../core/operation/parameter';
import { maskOf } from '../../../core/raster/selection';
import { adding, after, opening, refusal, sampleDocument, source, step, valueOf, withSteps } from './sample';

const time = 0;
const area = { shape: 'ellipse', x: 1, y: 2, width: 3, height: 4 } as const;
const crop = (id: string, x: number, width: number): Step => step(id, 'crop', { x, y: 0, width, height: 10 });

function ids(document: Document, owner: StackOwner = 'l'): string {
  return stackOf(document, owner)
    .map((each) => each.id)
    .join('');
}

function told(document: Document, command: Command) {
  return describe(command, document, valueOf(reduce(document, command)));
}

function set(params: GivenValues, id = 's', owner = 'l'): Command {
  return { type: 'step.set', time, owner, step: id, params };
}

group('adding an operation', () => {
  it('puts it at its index in the stack of a layer or of the canvas', () => {
    const two = withSteps(step('s', 'negative'), step('t', 'negative'));
    const added = after(two, adding(two, step('u', 'gamma', { gamma: 2 }), 'l', 1));
    expect(ids(added)).toBe('sut');
    const canvas = after(two, adding(two, step('u', 'negative'), 'canvas'));
    expect([ids(canvas), ids(canvas, 'canvas')]).toEqual(['st', 'u']);
  });

  it('refuses what cannot stand in a stack', () => {
    const one = withSteps(step('s', 'negative'));
    const refused = (added: Step, owner = 'l'): string => refusal(reduce(one, adding(one, added, owner)));
    expect(refused(step('s', 'negative'))).toBe('there is already an operation with the id "s"');
    expect(refused(step('s', 'negative'), 'canvas')).toBe('there is already an operation with the id "s"');
    const canvas = after(one, adding(one, step('c', 'negative'), 'canvas'));
    expect(refusal(reduce(canvas, adding(canvas, step('c', 'negative'))))).toMatch(/with the id "c"$/);
    expect(refused(step('t', 'negative'), 'x')).toBe('there is no layer "x" in this document');
    expect(refused(step('t', 'gama'))).toBe('Gama: unknown operation "gama"; did you mean "gamma"?');
    expect(refused(step('t', 'toString'))).toMatch(/unknown operation "toString"/);
    expect(refused(step('t', 'gamma', { gama: 2 }))).toBe(
      'Gamma: unknown parameter "gama"; did you mean "gamma"?',
    );
    expect(refused(step('t', 'gamma', { gamma: 400 }))).toBe(
      'Gamma: expected a number from 0.01 to 10 for gamma but received 400',
    );
    expect(refused(step('t', 'boxBlur'))).toMatch(/^Box blur: missing parameter size/);
    expect(refused(step('t', 'negative', {}, { opacity: 2 }))).toBe(
      'Negative 2: opacity must be a number from 0 to 1, not 2',
    );
    expect(refusal(reduce(one, adding(one, step('t', 'negative'), 'l', 2)))).toBe(
      'the position of the new operation must be a whole number from 0 to 1, not 2',
    );
  });

  it('names the second of one title in the refusal', () => {
    const one = withSteps(step('s', 'gamma', { gamma: 2 }));
    expect(refusal(reduce(one, adding(one, step('t', 'gamma', { gamma: 0 }))))).toMatch(
      /^Gamma 2: expected a number/,
    );
  });

  it('checks values against the picture that the step meets', () => {
    const deep = sampleDocument({ depth: 16 });
    expect(after(deep, adding(deep, step('s', 'bitPlane', { plane: 12 }))).layers[0].stack).toHaveLength(1);
    const shallow = sampleDocument();
    expect(refusal(reduce(shallow, adding(shallow, step('s', 'bitPlane', { plane: 12 }))))).toMatch(
      /^Bit plane: /,
    );
    expect(
      refusal(reduce(deep, adding(deep, step('s', 'crop', { x: 640, y: 0, width: 5, height: 5 })))),
    ).toMatch(/^Crop: /);
  });

  it('refuses limits for a step that changes the size, and grants them to one that does not', () => {
    const document = sampleDocument();
    const limited = { opacity: 0.5 };
    expect(refusal(reduce(document, adding(document, step('s', 'rotate90', { turns: 1 }, limited))))).toBe(
      'Rotate90: channels, opacity and a mask cannot limit a step that changes the size; remove the limit',
    );
    expect(ids(after(document, adding(document, step('s', 'rotate90', { turns: 2 }, limited))))).toBe('s');
  });
});

group('blending a second picture in', () => {
  const blend = (id: string): Step => step('s', 'blend', { source: source(id).id, mode: 'multiply' });

  it('makes the picture known that comes with it', () => {
    const document = sampleDocument();
    const command: Command = {
      type: 'step.add',
      time,
      owner: 'l',
      step: blend('b'),
      index: 0,
      source: source('b'),
    };
    const blended = after(document, command);
    expect(blended.sources[source('b').id]).toEqual(source('b'));
    expect(told(document, command).text).toBe('Added Blend source b.png, mode Multiply to Background');
  });

  it('takes another picture later, and only one that is asked for', () => {
    const blended = after(sampleDocument(), {
      type: 'step.add',
      time,
      owner: 'l',
      step: blend('b'),
      index: 0,
      source: source('b'),
    });
    const change = (id: string): Command => ({
      type: 'step.set',
      time,
      owner: 'l',
      step: 's',
      params: { source: source(id).id },
      source: source('c'),
    });
    expect(told(blended, change('c')).text).toBe('Blend source b.png → c.png on Background');
    expect(after(blended, change('c')).sources[source('c').id]).toEqual(source('c'));
    expect(after(blended, change('b'))).toBe(blended);
  });

  it('refuses a picture that is not there, or of another size', () => {
    const document = sampleDocument();
    expect(refusal(reduce(document, adding(document, blend('b'))))).toBe(
      `Blend: the picture "${source('b').id}" is not open in this document; choose a file for it`,
    );
    const small = source('b', { width: 320 });
    const command: Command = {
      type: 'step.add',
      time,
      owner: 'l',
      step: blend('b'),
      index: 0,
      source: small,
    };
    expect(refusal(reduce(document, command))).toBe(
      'Blend: b.png has 320 × 480 pixels, but 640 × 480 are needed; add it as a layer, or choose a picture of the same size',
    );
  });
});

group('changing a step', () => {
  const levels = withSteps(step('s', 'levels', { gamma: 2 }));

  it('changes the parameters that are named and no others', () => {
    const document = after(levels, set({ inBlack: 10 }));
    expect(document.layers[0].stack[0].params).toEqual({ gamma: 2, inBlack: 10 });
  });

  it('is no change where the values come to the same, defaults filled in', () => {
    expect(after(levels, set({ gamma: 2, inWhite: 255, channel: 'rgb' }))).toBe(levels);
    const convolved = withSteps(
      step('s', 'convolve', {
        kernel: [
          [1, 2],
          [3, 4],
        ],
      }),
    );
    expect(
      after(
        convolved,
        set({
          kernel: [
            [1, 2],
            [3, 4],
          ],
        }),
      ),
    ).toBe(convolved);
  });

  it('is a change where a list gets longer or shorter', () => {
    const planes = withSteps(step('s', 'bitPlaneReconstruct', { planes: [7, 6] }));
    for (const list of [[7], [7, 6, 5], [6, 7], []]) {
      expect(after(planes, set({ planes: list })).layers[0].stack[0].params).toEqual({ planes: list });
    }
  });

  it('refuses wrong values also where nothing else would change', () => {
    expect(refusal(reduce(levels, set({ gama: 2 })))).toBe(
      'Levels: unknown parameter "gama"; did you mean "gamma"?',
    );
    expect(refusal(reduce(levels, set({ gamma: NaN })))).toMatch(
      /^Levels: expected a number from 0.1 to 10 for gamma/,
    );
    expect(refusal(reduce(levels, set({ inBlack: 255 })))).toMatch(/^Levels: .*inBlack/);
    expect(refusal(reduce(levels, set({}, 'x')))).toBe('there is no operation "x" on Background');
    expect(refusal(reduce(levels, set({}, 's', 'canvas')))).toBe('there is no operation "s" on the canvas');
  });

  it('never reaches a prototype', () => {
    const hostile: GivenValues = Object.fromEntries([['__proto__', { polluted: true }]]);
    expect(refusal(reduce(levels, set(hostile)))).toMatch(/unknown parameter "__proto__"/);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('switches off and on, moves and removes', () => {
    const three = withSteps(step('s', 'negative'), step('t', 'gamma', { gamma: 2 }), step('u', 'negative'));
    const off = after(three, { type: 'step.enable', time, owner: 'l', step: 't', enabled: false });
    expect(off.layers[0].stack.map((each) => each.enabled)).toEqual([true, false, true]);
    expect(after(off, { type: 'step.enable', time, owner: 'l', step: 't', enabled: false })).toBe(off);
    const move = (id: string, index: number): string =>
      ids(after(three, { type: 'step.move', time, owner: 'l', step: id, index }));
    expect([move('s', 1), move('s', 2), move('u', 0), move('t', 1)]).toEqual(['tsu', 'tus', 'ust', 'stu']);
    expect(ids(after(three, { type: 'step.remove', time, owner: 'l', step: 't' }))).toBe('su');
  });

  it('limits to channels and opacity, each on its own', () => {
    const limit = (limits: { channels?: StepChannels; opacity?: number }): Command => ({
      type: 'step.limit',
      time,
      owner: 'l',
      step: 's',
      ...limits,
    });
    const limited = after(levels, limit({ channels: 'luma' }), limit({ opacity: 0.5 }));
    expect(limited.layers[0].stack[0]).toMatchObject({ channels: 'luma', opacity: 0.5 });
    expect(after(limited, limit({}))).toBe(limited);
    expect(refusal(reduce(levels, limit({ opacity: NaN })))).toMatch(
      /opacity must be a number from 0 to 1, not NaN$/,
    );
  });
});

group('every document can be drawn', () => {
  // The second crop lies outside what the first leaves, so they cannot both be on.
  const off = { enabled: false };
  const cropped = withSteps({ ...crop('s', 0, 100), ...off }, crop('t', 200, 100));
  const nothingLeft = /^Crop 2: /;

  it('refuses what would leave a later step without a picture', () => {
    expect(
      refusal(reduce(cropped, { type: 'step.enable', time, owner: 'l', step: 's', enabled: true })),
    ).toMatch(nothingLeft);
    const alone = withSteps(crop('t', 200, 100));
    expect(refusal(reduce(alone, adding(alone, crop('u', 0, 100), 'l', 0)))).toMatch(nothingLeft);
    expect(
      refusal(reduce(cropped, { type: 'step.set', time, owner: 'l', step: 't', params: { x: 700 } })),
    ).toMatch(nothingLeft);
  });

  it('checks the canvas stack when a layer changes below it', () => {
    const document = sampleDocument();
    const canvas = after(document, adding(document, crop('s', 200, 100), 'canvas'));
    expect(refusal(reduce(canvas, adding(canvas, crop('t', 0, 100))))).toMatch(/^Crop: /);
    // With a frame the canvas no longer follows a layer.
    const framed = after(canvas, {
      type: 'layer.add',
      time,
      layer: 'm',
      source: source('b'),
      name: 'Sky',
      index: 1,
    });
    expect(ids(after(framed, adding(framed, crop('t', 0, 100))))).toBe('t');
    expect(valueOf(canvasShape(framed))).toEqual({ width: 100, height: 10, channels: 3, depth: 8 });
  });

  it('checks bit planes when the depth changes', () => {
    const deep = sampleDocument({ depth: 16 });
    const document = after(deep, adding(deep, step('s', 'bitPlane', { plane: 12 })));
    expect(refusal(reduce(document, { type: 'document.depth', time, depth: 8 }))).toMatch(/^Bit plane: /);
    const disabled = after(document, { type: 'step.enable', time, owner: 'l', step: 's', enabled: false });
    expect(after(disabled, { type: 'document.depth', time, depth: 8 }).depth).toBe(8);
  });

  it('knows the shape of the whole picture', () => {
    const grey = sampleDocument({ channels: 2 });
    const turned = after(grey, adding(grey, step('s', 'rotate90', { turns: 1 })));
    expect(valueOf(canvasShape(turned))).toEqual({ width: 480, height: 640, channels: 2, depth: 8 });
    const colour = after(turned, {
      type: 'layer.add',
      time,
      layer: 'm',
      source: source('b'),
      name: 'Sky',
      index: 1,
    });
    expect(valueOf(canvasShape(colour))).toEqual({ width: 480, height: 640, channels: 4, depth: 8 });
  });
});

group('applying a recipe', () => {
  const apply: Command = {
    type: 'recipe.apply',
    time,
    owner: 'l',
    name: 'Sketch',
    steps: [step('t', 'negative'), crop('u', 0, 100), crop('v', 50, 10)],
    index: 1,
    sources: [],
  };
  const one = withSteps(step('s', 'negative'));

  it('adds all its operations as one command', () => {
    expect(ids(after(one, apply))).toBe('stuv');
    expect(told(one, apply)).toEqual({
      text: 'Applied Sketch (3 operations) to Background',
      action: 'apply Sketch (3 operations)',
    });
    expect(told(one, { ...apply, name: '', steps: [step('t', 'negative')] }).text).toBe(
      'Applied 1 operation to Background',
    );
  });

  it('is refused as a whole', () => {
    expect(refusal(reduce(one, { ...apply, steps: [] }))).toBe('the recipe has no operations');
    expect(refusal(reduce(one, { ...apply, steps: [step('t', 'negative'), step('t', 'negative')] }))).toMatch(
      /id "t"$/,
    );
    expect(refusal(reduce(one, { ...apply, steps: [step('t', 'negative'), step('s', 'negative')] }))).toMatch(
      /id "s"$/,
    );
    expect(refusal(reduce(one, { ...apply, steps: [crop('t', 0, 50), crop('u', 50, 10)] }))).toMatch(
      /^Crop 2: /,
    );
  });
});

group('what the history says of operations', () => {
  const gamma = withSteps(step('s', 'gamma', { gamma: 1.8 }));
  const two = withSteps(step('t', 'gamma', { gamma: 2 }), step('s', 'gamma', { gamma: 1.8 }));
  const levels = withSteps(step('s', 'levels'));
  const kernel = [
    [0, -1, 0],
    [-1, 5, -1],
    [0, -1, 0],
  ];
  const convolved = withSteps(step('s', 'convolve', { kernel: 'outline' }));
  const own = withSteps(step('s', 'convolve', { kernel, divisor: 2 }));

  it.each<[Document, GivenValues, string]>([
    [gamma, { gamma: 2.2 }, 'Gamma 1.8 → 2.2 on Background'],
    [gamma, { gamma: 1 }, 'Gamma 1.8 → 1 on Background'],
    [gamma, { gamma: 0.1 + 0.2 }, 'Gamma 1.8 → 0.3 on Background'],
    [two, { gamma: 2.2 }, 'Gamma 2: 1.8 → 2.2 on Background'],
    [levels, { gamma: 1.3 }, 'Levels gamma 1 → 1.3 on Background'],
    [levels, { inBlack: 10, inWhite: 240 }, 'Levels in black 0 → 10, in white 255 → 240 on Background'],
    [levels, { channel: 'r' }, 'Levels channel RGB → Red on Background'],
    [levels, { inBlack: 1, inWhite: 2, gamma: 3, outBlack: 4 }, 'Changed 4 values of Levels on Background'],
    [convolved, { kernel }, 'Convolve kernel Outline → 3 × 3 on Background'],
    [convolved, { divisor: 'auto' }, "Convolve divisor the kernel's own → auto on Background"],
    [
      own,
      {
        kernel: [
          [1, 2, 3],
          [4, 5, 6],
          [7, 8, 9],
        ],
      },
      'Convolve kernel changed on Background',
    ],
    [own, { divisor: null }, "Convolve divisor 2 → the kernel's own on Background"],
    [
      withSteps(step('s', 'bitPlaneReconstruct', { planes: [7, 6] })),
      { planes: [] },
      'Bit plane reconstruct planes 7, 6 → none on Background',
    ],
    [
      withSteps(step('s', 'bitPlaneReconstruct', { planes: [7] })),
      { rescale: true },
      'Bit plane reconstruct rescale off → on on Background',
    ],
  ])('%# tells a change of values', (document, params, text) => {
    expect(told(document, set(params)).text).toBe(text);
  });

  it.each<[Step, string]>([
    [step('t', 'negative'), 'Added Negative to Background'],
    [step('t', 'gamma'), 'Added Gamma 1 to Background'],
    [
      step('t', 'negative', {}, { mask: maskOf({ ...area, inverted: false }) }),
      'Added Negative to Background, ellipse',
    ],
    [
      step('t', 'negative', {}, { mask: maskOf({ ...area, inverted: true }) }),
      'Added Negative to Background, all but ellipse',
    ],
    [step('t', 'gamma', { gamma: 2.2 }), 'Added Gamma 2.2 to Background'],
    [step('t', 'boxBlur', { size: 15 }), 'Added Box blur 15 to Background'],
    [
      step('t', 'boxBlur', { size: 15, boundary: 'wrap' }),
      'Added Box blur size 15, boundary Wrap to Background',
    ],
    [step('t', 'levels'), 'Added Levels to Background'],
    [step('t', 'levels', { gamma: 1.3 }), 'Added Levels gamma 1.3 to Background'],
    [step('t', 'convolve', { kernel }), 'Added Convolve 3 × 3 to Background'],
    [step('t', 'grayscale', { method: 'bt709' }), 'Added Grayscale BT.709 to Background'],
    [
      step('t', 'maskReplace', {
        conditions: [{ channel: 'luma', op: '<', value: 128 }],
        replacement: 0,
      }),
      'Added Mask replace 1 condition, replacement 0 to Background',
    ],
    [step('t', 'crop', { x: 0, y: 0, width: 9, height: 9 }), 'Added Crop to Background'],
  ])('%# tells what was added', (added, text) => {
    expect(told(sampleDocument(), adding(sampleDocument(), added)).text).toBe(text);
  });

  it.each<[Document, Command, string, string]>([
    [
      two,
      { type: 'step.remove', time, owner: 'l', step: 's' },
      'Removed Gamma 2 from Background',
      'remove Gamma 2',
    ],
    [
      two,
      { type: 'step.remove', time, owner: 'l', step: 't' },
      'Removed Gamma from Background',
      'remove Gamma',
    ],
    [
      two,
      { type: 'step.move', time, owner: 'l', step: 's', index: 0 },
      'Moved Gamma 2 earlier on Background',
      'move Gamma 2 earlier',
    ],
    [
      two,
      { type: 'step.move', time, owner: 'l', step: 't', index: 1 },
      'Moved Gamma later on Background',
      'move Gamma later',
    ],
    [
      two,
      { type: 'step.enable', time, owner: 'l', step: 's', enabled: false },
      'Disabled Gamma 2 on Background',
      'disable Gamma 2',
    ],
    [
      gamma,
      { type: 'step.limit', time, owner: 'l', step: 's', opacity: 0.5 },
      'Gamma opacity 100 % → 50 % on Background',
      'Gamma opacity 100 % → 50 %',
    ],
    [
      gamma,
      { type: 'step.limit', time, owner: 'l', step: 's', channels: 'luma' },
      'Gamma channels RGB → luma on Background',
      'Gamma channels RGB → luma',
    ],
    [
      gamma,
      { type: 'step.limit', time, owner: 'l', step: 's', channels: 'r', opacity: 0 },
      'Gamma channels RGB → red, opacity 100 % → 0 % on Background',
      'Gamma channels RGB → red, opacity 100 % → 0 %',
    ],
    [gamma, set({ gamma: 2.2 }), 'Gamma 1.8 → 2.2 on Background', 'Gamma 1.8 → 2.2'],
    [gamma, adding(gamma, step('c', 'negative'), 'canvas'), 'Added Negative to the canvas', 'add Negative'],
  ])('%# tells it with and without the place', (document, command, text, action) => {
    expect(told(document, command)).toEqual({ text, action });
  });

  it('says that a step is enabled again', () => {
    const off = after(gamma, { type: 'step.enable', time, owner: 'l', step: 's', enabled: false });
    expect(told(off, { type: 'step.enable', time, owner: 'l', step: 's', enabled: true }).text).toBe(
      'Enabled Gamma on Background',
    );
  });
});

group('names with line breaks, which files may have', () => {
  it('stay in one line of the history and of a refusal', () => {
    const odd = source('b', { name: 'b\r\nc.png', width: 1 });
    expect(describeOpening({ ...opening(), source: odd })).toEqual({
      text: 'Opened b c.png',
      action: 'open b c.png',
    });
    const document = sampleDocument();
    const blend: Command = {
      type: 'step.add',
      time,
      owner: 'l',
      step: step('s', 'blend', { source: odd.id }),
      index: 0,
      source: odd,
    };
    expect(refusal(reduce(document, blend))).toMatch(/^Blend: b c.png has 1 × 480 pixels/);
    expect(newLayerName(document, 'Sky\nand sea.jpeg')).toBe('Sky and sea');
  });

  it('make names of layers without the ending, each different', () => {
    const document = sampleDocument();
    const named = (file: string) => newLayerName(document, file);
    expect([named('sky.tar.gz'), named('.hidden'), named(''), named('Background.png')]).toEqual([
      'sky.tar',
      '.hidden',
      'Layer',
      'Background 2',
    ]);
    expect(named('x'.repeat(300))).toHaveLength(255);
  });
});

group('titles in a stack', () => {
  it('number the second and further ones of an operation', () => {
    const stack = [step('s', 'gamma'), step('t', 'negative'), step('u', 'gamma'), step('v', 'gamma')];
    expect(stack.map((each) => stepTitle(stack, each))).toEqual(['Gamma', 'Negative', 'Gamma 2', 'Gamma 3']);
  });
});
