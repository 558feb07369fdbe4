/** What is selected, and what an operation that is added makes of it. */

import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Step } from '../../../core/document/document';
import { operationById } from '../../../core/operations';
import { addOperation } from '../../../renderer/session/editing';
import { areaText, Selection } from '../../../renderer/session/selection.svelte';
import { step } from '../../core/document/sample';
import { openSession, type OpenSession } from '../../support/open-session';
import { randomAreaIn } from '../../support/random-selection';

const size = { width: 64, height: 48 };
const random = randomAreaIn(size);
const place = fc.integer({ min: -100, max: 100 });

function selectionOf(area: Selection['area']): Selection {
  const selection = new Selection(() => size);
  selection.set(area);
  return selection;
}

function expectInside({ area }: Selection): void {
  if (area === null) throw new Error('nothing is selected');
  const { x, y, width, height } = area;
  expect(x >= 0 && y >= 0 && width >= 1 && height >= 1).toBe(true);
  expect(x + width <= size.width && y + height <= size.height).toBe(true);
}

describe('a selection', () => {
  it('inverted twice is the same', () => {
    fc.assert(
      fc.property(random, (area) => {
        const selection = selectionOf(area);
        selection.invert();
        selection.invert();
        expect(selection.area).toEqual(area);
      }),
    );
  });

  it('of everything, or of nothing, cannot be inverted', () => {
    const selection = new Selection(() => size);
    expect(selection.canInvert).toBe(false);
    selection.all();
    expect(selection.area).toEqual({ shape: 'rectangle', x: 0, y: 0, ...size, inverted: false });
    expect(selection.canInvert).toBe(false);
    selection.invert();
    expect(selection.area?.inverted).toBe(false);
    selection.set({ ...size, shape: 'ellipse', x: 0, y: 0, inverted: false });
    expect(selection.canInvert).toBe(true);
    selection.none();
    expect(selection.area).toBeNull();
  });

  it('moved keeps its size and stays in the picture; moved back from inside it is the same', () => {
    fc.assert(
      fc.property(random, place, place, (area, dx, dy) => {
        const selection = selectionOf(area);
        selection.move(dx, dy);
        expectInside(selection);
        const moved = selection.area;
        expect([moved?.width, moved?.height]).toEqual([area.width, area.height]);
        if (moved?.x === area.x + dx && moved.y === area.y + dy) {
          selection.move(-dx, -dy);
          expect(selection.area).toEqual(area);
        }
      }),
    );
  });

  it('stays in the picture however it is resized or typed', () => {
    const name = fc.constantFrom('x' as const, 'y' as const, 'width' as const, 'height' as const);
    fc.assert(
      fc.property(random, place, place, name, fc.nat(200), (area, dx, dy, changed, value) => {
        const selection = selectionOf(area);
        selection.resize(dx, dy);
        expectInside(selection);
        selection.change(changed, value, 'rectangle');
        expectInside(selection);
      }),
    );
  });

  it('begins with the whole picture where a number is typed, in the shape of the tool', () => {
    const selection = new Selection(() => size);
    selection.change('width', 20, 'ellipse');
    expect(selection.area).toEqual({ shape: 'ellipse', x: 0, y: 0, width: 20, height: 48, inverted: false });
    expect(selection.said).toBe('Ellipse of 20 × 48 pixels at 0, 0');
    expect(areaText({ ...size, shape: 'rectangle', x: 1, y: 2, inverted: true })).toBe(
      'Rectangle of 64 × 48 pixels at 1, 2, inverted',
    );
  });
});

describe('an operation that is added while something is selected', () => {
  const area = { shape: 'ellipse', x: 10, y: 20, width: 30, height: 40, inverted: true } as const;
  let open: OpenSession;
  const stack = (): readonly Step[] => open.document.document.layers[0].stack;
  const history = (): number => open.host.state.history.length;

  async function add(id: string, owner = 'l'): Promise<void> {
    const operation = operationById.get(id);
    if (operation === undefined) throw new Error(id);
    await addOperation(open.session, operation, owner, new Event('test'));
  }

  beforeEach(async () => {
    open = await openSession();
    open.document.selection.set(area);
  });

  it('is limited to it, in one step of the history, and the selection stays', async () => {
    const before = history();
    await add('negative');
    expect(stack()[0].mask).toEqual({
      parts: [{ shape: 'ellipse', mode: 'add', x: 10, y: 20, width: 30, height: 40, feather: 0 }],
      inverted: true,
    });
    expect(history()).toBe(before + 1);
    expect(open.document.selection.area).toEqual(area);
  });

  it('is not limited where nothing is selected, nor where it moves pixels', async () => {
    await add('flip');
    open.document.selection.none();
    await add('negative');
    expect(stack().map(({ operation, mask }) => [operation, mask])).toEqual([
      ['flip', null],
      ['negative', null],
    ]);
  });

  it('begins with what is selected where it makes a picture of a part, but not when it is repeated', async () => {
    const inside = { ...area, inverted: false };
    open.document.selection.set(inside);
    await add('crop', 'canvas');
    expect(open.document.document.canvas[0]).toMatchObject({
      params: { x: 10, y: 20, width: 30, height: 40 },
      mask: null,
    });
    expect(open.document.state.size).toEqual({ width: 30, height: 40 });
    open.document.selection.set({ ...inside, x: 1, y: 2, width: 3, height: 4 });
    const operation = operationById.get('crop');
    if (operation === undefined) throw new Error('no crop');
    const params = { x: 0, y: 0, width: 20, height: 20 };
    await addOperation(open.session, operation, 'canvas', new Event('test'), params);
    expect(open.document.state.size).toEqual({ width: 20, height: 20 });
    // Of everything but a part no picture can be made.
    open.document.selection.set({ ...area, x: 1, y: 2, width: 3, height: 4 });
    await add('crop', 'canvas');
    expect(open.document.state.size).toEqual({ width: 20, height: 20 });
  });

  it('is not added where the selection has no outline in what it works on', async () => {
    const resize = step('r', 'resize', { width: 640, height: 481 });
    await open.document.commit({ type: 'step.add', owner: 'canvas', step: resize, index: 0 });
    open.document.selection.set(area);
    await add('negative');
    expect(stack()).toEqual([]);
    expect(open.session.messages.shown).toMatchObject([
      { kind: 'alert', text: expect.stringContaining('Resize') },
    ]);
  });

  it('goes when the picture gets another size, with the line', async () => {
    open.document.line.across();
    await open.document.commit({ type: 'step.add', owner: 'l', step: step('n', 'negative'), index: 0 });
    expect(open.document.selection.area).toEqual(area);
    const crop = step('c', 'crop', { x: 0, y: 0, width: 100, height: 100 });
    await open.document.commit({ type: 'step.add', owner: 'l', step: crop, index: 0 });
    expect(open.document.selection.area).toBeNull();
    expect(open.document.line.line).toBeNull();
  });
});
