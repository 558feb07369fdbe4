import { describe as group, expect, it } from 'vitest';
import type { Command, LayerCommand } from '../../../core/document/command';
import type { Document } from '../../../core/document/document';
import { describe, reduce } from '../../../core/document/reduce';
import { adding, after, refusal, sampleDocument, source, step, valueOf } from './sample';

const time = 0;
const addSky: Command = { type: 'layer.add', time, layer: 'm', source: source('b'), name: 'Sky', index: 1 };
const addTree: Command = { type: 'layer.add', time, layer: 'n', source: source('c'), name: 'Tree', index: 2 };

function names(document: Document): readonly string[] {
  return document.layers.map((layer) => layer.name);
}

function told(document: Document, command: Command) {
  return describe(command, document, valueOf(reduce(document, command)));
}

group('opening', () => {
  it('makes one layer named Background, of the depth and layout of the picture', () => {
    const document = sampleDocument({ depth: 16, channels: 2 });
    expect(names(document)).toEqual(['Background']);
    expect(document).toMatchObject({ name: 'a.png', depth: 16, channels: 2, frame: null, canvas: [] });
    expect(document.layers[0]).toMatchObject({ visible: true, opacity: 1, mode: 'normal', stack: [] });
  });
});

group('adding a layer', () => {
  it('puts it at its index and makes its picture known', () => {
    const document = after(sampleDocument(), addSky);
    expect(names(document)).toEqual(['Background', 'Sky']);
    expect(Object.keys(document.sources)).toEqual([source('a').id, source('b').id]);
    expect(names(after(sampleDocument(), { ...addSky, index: 0 }))).toEqual(['Sky', 'Background']);
  });

  it('keeps a picture that is known as it is, whatever its file is called now', () => {
    const again = after(sampleDocument(), { ...addSky, source: source('a', { name: 'copy of a.png' }) });
    expect(Object.values(again.sources)).toEqual([source('a')]);
  });

  it('fixes the canvas at the size of what was the only layer, and frees it when one is left', () => {
    const cropped = after(
      sampleDocument(),
      adding(sampleDocument(), step('s', 'crop', { x: 0, y: 0, width: 100, height: 50 })),
    );
    const two = after(cropped, addSky);
    expect(two.frame).toEqual({ width: 100, height: 50 });
    expect(after(two, addTree).frame).toEqual({ width: 100, height: 50 });
    expect(after(two, { type: 'layer.remove', time, layer: 'l' }).frame).toBeNull();
  });

  it('is refused with an id that is taken or reserved, a bad index or a bad name', () => {
    const document = sampleDocument();
    const refused = (different: object): string => refusal(reduce(document, { ...addSky, ...different }));
    expect(refused({ layer: 'l' })).toBe('there is already a layer with the id "l"');
    expect(refused({ layer: 'canvas' })).toBe('a layer cannot have the id "canvas"');
    expect(refused({ index: 2 })).toBe(
      'the position of the new layer must be a whole number from 0 to 1, not 2',
    );
    expect(refused({ index: -1 })).toMatch(/not -1$/);
    expect(refused({ index: 0.5 })).toMatch(/not 0.5$/);
    expect(refused({ index: NaN })).toMatch(/not NaN$/);
    expect(refused({ name: '  ' })).toBe('a name needs at least one visible character');
    expect(refused({ name: 'x'.repeat(256) })).toBe('a name has at most 255 characters, not 256');
    expect(refused({ name: 'two\nlines' })).toBe('a name has no line breaks or control characters');
  });
});

group('duplicating a layer', () => {
  const stacked = after(
    sampleDocument(),
    adding(sampleDocument(), step('s', 'gamma', { gamma: 2 })),
    { type: 'layer.opacity', time, layer: 'l', opacity: 0.5 },
    { type: 'layer.mode', time, layer: 'l', mode: 'screen' },
  );
  const duplicate = { type: 'layer.duplicate', time, layer: 'l', copy: 'm', steps: ['t'] } as const;

  it('puts the copy above its original, with everything of it but the ids', () => {
    const document = after(stacked, duplicate);
    expect(names(document)).toEqual(['Background', 'Background copy']);
    const [original, copy] = document.layers;
    expect(copy).toEqual({
      ...original,
      id: 'm',
      name: 'Background copy',
      stack: [{ ...original.stack[0], id: 't' }],
    });
  });

  it('numbers further copies', () => {
    const twice = after(stacked, duplicate, { ...duplicate, copy: 'n', steps: ['u'] });
    const copyOfCopy = after(twice, { ...duplicate, layer: 'n', copy: 'o', steps: ['v'] });
    expect(names(copyOfCopy)).toEqual([
      'Background',
      'Background copy 2',
      'Background copy 3',
      'Background copy',
    ]);
  });

  it('is refused without exactly one new id a step', () => {
    const refused = (different: object): string => refusal(reduce(stacked, { ...duplicate, ...different }));
    expect(refused({ steps: [] })).toBe('a copy of Background needs 1 new operation ids, not 0');
    expect(refused({ steps: ['s'] })).toBe('there is already an operation with the id "s"');
    expect(refused({ copy: 'l' })).toBe('there is already a layer with the id "l"');
    expect(refused({ layer: 'x' })).toBe('there is no layer "x" in this document');
  });
});

group('removing and moving layers', () => {
  const three = after(sampleDocument(), addSky, addTree);

  it('takes a layer out and keeps its picture known, for undo and for blend steps', () => {
    const document = after(three, { type: 'layer.remove', time, layer: 'm' });
    expect(names(document)).toEqual(['Background', 'Tree']);
    expect(document.sources).toBe(three.sources);
  });

  it('keeps at least one layer', () => {
    expect(refusal(reduce(sampleDocument(), { type: 'layer.remove', time, layer: 'l' }))).toBe(
      'a document keeps at least one layer; add another layer first, or hide this one',
    );
  });

  it('moves a layer so that it stands at the index', () => {
    const move = (layer: string, index: number) =>
      names(after(three, { type: 'layer.move', time, layer, index }));
    expect(move('l', 1)).toEqual(['Sky', 'Background', 'Tree']);
    expect(move('l', 2)).toEqual(['Sky', 'Tree', 'Background']);
    expect(move('n', 0)).toEqual(['Tree', 'Background', 'Sky']);
    expect(refusal(reduce(three, { type: 'layer.move', time, layer: 'l', index: 3 }))).toMatch(
      /from 0 to 2, not 3$/,
    );
  });
});

group('what a layer is composed with', () => {
  it.each<[LayerCommand, object]>([
    [{ type: 'layer.rename', time, layer: 'l', name: 'Sky' }, { name: 'Sky' }],
    [{ type: 'layer.show', time, layer: 'l', visible: false }, { visible: false }],
    [{ type: 'layer.opacity', time, layer: 'l', opacity: 0.25 }, { opacity: 0.25 }],
    [{ type: 'layer.mode', time, layer: 'l', mode: 'multiply' }, { mode: 'multiply' }],
  ])('%j changes that and nothing else', (command, changed) => {
    const document = sampleDocument();
    expect(after(document, command)).toEqual({
      ...document,
      layers: [{ ...document.layers[0], ...changed }],
    });
  });

  it.each<LayerCommand>([
    { type: 'layer.rename', time, layer: 'l', name: 'Background' },
    { type: 'layer.show', time, layer: 'l', visible: true },
    { type: 'layer.opacity', time, layer: 'l', opacity: 1 },
    { type: 'layer.mode', time, layer: 'l', mode: 'normal' },
    { type: 'layer.move', time, layer: 'l', index: 0 },
  ])('%j changes nothing, so the document is the very same', (command) => {
    const document = sampleDocument();
    expect(after(document, command)).toBe(document);
  });

  it('refuses opacities outside 0 to 1 and unknown layers', () => {
    for (const opacity of [-0.01, 1.01, NaN, Infinity]) {
      const command: Command = { type: 'layer.opacity', time, layer: 'l', opacity };
      expect(refusal(reduce(sampleDocument(), command))).toBe(
        `opacity must be a number from 0 to 1, not ${opacity}`,
      );
    }
    const command: Command = { type: 'layer.show', time, layer: 'x', visible: false };
    expect(refusal(reduce(sampleDocument(), command))).toBe('there is no layer "x" in this document');
  });
});

group('what the history says of layers', () => {
  const three = after(sampleDocument(), addSky, addTree);

  it.each<[Command, string, string]>([
    [
      { type: 'layer.add', time, layer: 'o', source: source('d'), name: 'Sea', index: 0 },
      'Added layer Sea',
      'add layer Sea',
    ],
    [{ type: 'layer.duplicate', time, layer: 'm', copy: 'o', steps: [] }, 'Duplicated Sky', 'duplicate Sky'],
    [{ type: 'layer.remove', time, layer: 'm' }, 'Removed layer Sky', 'remove layer Sky'],
    [{ type: 'layer.move', time, layer: 'm', index: 2 }, 'Moved Sky up', 'move Sky up'],
    [{ type: 'layer.move', time, layer: 'm', index: 0 }, 'Moved Sky down', 'move Sky down'],
    [
      { type: 'layer.move', time, layer: 'l', index: 2 },
      'Moved Background to the top',
      'move Background to the top',
    ],
    [
      { type: 'layer.move', time, layer: 'n', index: 0 },
      'Moved Tree to the bottom',
      'move Tree to the bottom',
    ],
    [
      { type: 'layer.rename', time, layer: 'm', name: 'Clouds' },
      'Renamed Sky to Clouds',
      'rename Sky to Clouds',
    ],
    [{ type: 'layer.show', time, layer: 'm', visible: false }, 'Hid Sky', 'hide Sky'],
    [
      { type: 'layer.opacity', time, layer: 'm', opacity: 0.6 },
      'Opacity 100 % → 60 % on Sky',
      'Opacity 100 % → 60 %',
    ],
    [
      { type: 'layer.opacity', time, layer: 'm', opacity: 0.333333 },
      'Opacity 100 % → 33.33 % on Sky',
      'Opacity 100 % → 33.33 %',
    ],
    [
      { type: 'layer.mode', time, layer: 'm', mode: 'colorDodge' },
      'Blend mode Normal → Color dodge on Sky',
      'Blend mode Normal → Color dodge',
    ],
    [{ type: 'document.depth', time, depth: 16 }, 'Depth 8 bit → 16 bit', 'Depth 8 bit → 16 bit'],
  ])('%j', (command, text, action) => {
    expect(told(three, command)).toEqual({ text, action });
  });

  it('says that a hidden layer is shown again', () => {
    const hidden = after(three, { type: 'layer.show', time, layer: 'm', visible: false });
    expect(told(hidden, { type: 'layer.show', time, layer: 'm', visible: true }).text).toBe('Showed Sky');
  });
});
