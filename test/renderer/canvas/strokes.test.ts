/** Strokes of the tools on an open document of 640 × 480 pixels, and the keys of the tools. */

import { beforeEach, describe, expect, it } from 'vitest';
import { attachGestures } from '../../../renderer/canvas/gestures';
import { beginStroke, cursorOf, lineGrab, reachOf } from '../../../renderer/canvas/strokes';
import { toolKey } from '../../../renderer/canvas/tool-keys';
import type { Tool } from '../../../renderer/session/session.svelte';
import { openSession, type OpenSession } from '../../support/open-session';

let open: OpenSession;
const none = { shiftKey: false, altKey: false };
const place = (x: number, y: number) => ({ x, y });

/** Draws from one place to another. */
function draw(tool: Tool, from: [number, number], to: [number, number], keys = none): void {
  const stroke = beginStroke(tool, open.document, place(...from));
  stroke?.move(place(...to), keys);
  stroke?.end();
}

beforeEach(async () => {
  open = await openSession();
});

describe('a selection tool', () => {
  it('draws, moves, resizes and takes away', () => {
    const { selection } = open.document;
    draw('rectangle', [100, 100], [200, 180]);
    expect(selection.area).toEqual({
      shape: 'rectangle',
      x: 100,
      y: 100,
      width: 100,
      height: 80,
      inverted: false,
    });
    draw('rectangle', [150, 140], [160, 130]);
    expect(selection.area).toMatchObject({ x: 110, y: 90, width: 100, height: 80 });
    draw('rectangle', [210, 170], [250, 200]);
    expect(selection.area).toMatchObject({ x: 110, y: 90, width: 140, height: 110 });
    // A press without a drag: inside it changes nothing, outside it takes the selection away.
    beginStroke('rectangle', open.document, place(150, 150))?.end();
    expect(selection.area).not.toBeNull();
    beginStroke('rectangle', open.document, place(5, 5))?.end();
    expect(selection.area).toBeNull();
  });

  it('shows what it is about to select, which cancelling forgets', () => {
    const { selection } = open.document;
    draw('ellipse', [10, 10], [60, 40]);
    const before = selection.area;
    const stroke = beginStroke('ellipse', open.document, place(300, 300));
    stroke?.move(place(400, 350), { ...none, shiftKey: true });
    expect(selection.shown).toMatchObject({ shape: 'ellipse', x: 300, y: 300, width: 100, height: 100 });
    expect(selection.area).toBe(before);
    stroke?.cancel();
    expect(selection.shown).toBe(before);
  });

  it('shows with the pointer what a press would do', () => {
    draw('rectangle', [100, 100], [300, 300]);
    const cursors = [place(100, 100), place(200, 100), place(300, 200), place(200, 200), place(400, 400)];
    expect(cursors.map((at) => cursorOf('rectangle', open.document, at))).toEqual([
      'nwse-resize',
      'ns-resize',
      'ew-resize',
      'move',
      'crosshair',
    ]);
  });
});

describe('the line tool', () => {
  it('draws between pixels, moves an end, and moves the whole', () => {
    const { line } = open.document;
    draw('line', [10.7, 20.2], [110.1, 60.9]);
    expect(line.line).toEqual({ from: { x: 10, y: 20 }, to: { x: 110, y: 60 } });
    draw('line', [110, 60], [200, 100]);
    expect(line.line?.to).toEqual({ x: 200, y: 100 });
    draw('line', [105.5, 60.5], [115.5, 50.5]);
    expect(line.line).toEqual({ from: { x: 20, y: 10 }, to: { x: 210, y: 90 } });
    beginStroke('line', open.document, place(500, 20))?.end();
    expect(line.line).toBeNull();
  });

  it('draws in eighths of a turn with Shift, inside the picture', () => {
    const shift = { ...none, shiftKey: true };
    draw('line', [10.5, 10.5], [100.5, 14.5], shift);
    expect(open.document.line.line?.to).toEqual({ x: 100, y: 10 });
    open.document.line.set(null);
    draw('line', [10.5, 470.5], [100.5, 560.5], shift);
    expect(open.document.line.line?.to).toEqual({ x: 19, y: 479 });
  });

  it('takes back what was drawn', () => {
    draw('line', [10, 20], [110, 60]);
    const before = open.document.line.line;
    const stroke = beginStroke('line', open.document, place(300, 300));
    stroke?.move(place(400, 310), none);
    stroke?.cancel();
    expect(open.document.line.line).toEqual(before);
  });

  it('takes hold of the nearest of its parts', () => {
    const line = { from: { x: 10, y: 10 }, to: { x: 50, y: 10 } };
    const reach = 3;
    expect(lineGrab(line, place(12, 11), reach)).toBe('from');
    expect(lineGrab(line, place(50, 10), reach)).toBe('to');
    expect(lineGrab(line, place(30, 12), reach)).toBe('both');
    expect(lineGrab(line, place(30, 20), reach)).toBeNull();
    expect(reachOf(open.document)).toBeGreaterThan(0);
  });
});

describe('the arrow keys', () => {
  const press = (key: string, more: KeyboardEventInit = {}): boolean =>
    toolKey(open.session, new KeyboardEvent('keydown', { key, ...more }), document.body);

  it('move the selection, and with Ctrl make it larger or smaller, while its tool is in hand', () => {
    draw('rectangle', [100, 100], [200, 180]);
    expect(press('ArrowLeft')).toBe(false);
    open.session.tool = 'ellipse';
    expect(press('ArrowLeft')).toBe(true);
    expect(press('ArrowDown', { shiftKey: true })).toBe(true);
    expect(open.document.selection.area).toMatchObject({ x: 99, y: 110, width: 100, height: 80 });
    press('ArrowRight', { ctrlKey: true, shiftKey: true });
    press('ArrowUp', { ctrlKey: true });
    expect(open.document.selection.area).toMatchObject({ x: 99, y: 110, width: 110, height: 79 });
    expect(press('Enter')).toBe(false);
  });

  it('move the line, and with Ctrl its end alone', () => {
    open.session.tool = 'line';
    expect(press('ArrowLeft')).toBe(false);
    draw('line', [10, 20], [110, 60]);
    press('ArrowRight');
    press('ArrowUp', { ctrlKey: true, shiftKey: true });
    expect(open.document.line.line).toEqual({ from: { x: 11, y: 20 }, to: { x: 111, y: 50 } });
  });

  it('are left to what the focus is on', () => {
    draw('rectangle', [100, 100], [200, 180]);
    open.session.tool = 'rectangle';
    const slider = document.createElement('input');
    const event = new KeyboardEvent('keydown', { key: 'ArrowLeft' });
    expect(toolKey(open.session, event, slider)).toBe(false);
    expect(toolKey(open.session, event, document.createElement('button'))).toBe(true);
  });
});

describe('the pointer over the canvas', () => {
  it('is told where it is before the screen frame in which it moves', () => {
    const element = document.createElement('div');
    const told: unknown[] = [];
    const detach = attachGestures(element, {
      camera: () => open.document.camera,
      tool: () => 'hand',
      space: () => false,
      hover: (at) => told.push(at),
      dragging: () => undefined,
      begin: () => null,
    });
    const send = (type: string, x: number, y: number): boolean =>
      element.dispatchEvent(
        Object.assign(new MouseEvent(type, { clientX: x, clientY: y }), { pointerId: 1 }),
      );
    send('pointerrawupdate', 30, 40);
    expect(told).toEqual([{ x: 30, y: 40 }]);
    // Browsers without that event tell it by the movement.
    send('pointermove', 31, 40);
    expect(told.at(-1)).toEqual({ x: 31, y: 40 });
    send('pointerleave', 31, 40);
    expect(told.at(-1)).toBeNull();
    detach();
    send('pointerrawupdate', 50, 50);
    expect(told.at(-1)).toBeNull();
  });
});

describe('a drag on the canvas', () => {
  it('draws from the press to the release, heeds keys on the way, and ends with Escape', () => {
    const element = document.createElement('div');
    element.setPointerCapture = () => undefined;
    const { document: opened } = open;
    opened.camera.measure({ width: 640, height: 480 }, 1);
    opened.camera.zoomTo(1);
    const detach = attachGestures(element, {
      camera: () => opened.camera,
      tool: () => 'rectangle',
      space: () => false,
      hover: () => undefined,
      dragging: () => undefined,
      begin: (at) => beginStroke('rectangle', opened, at),
    });
    const send = (type: string, x: number, y: number, more: PointerEventInit = {}): boolean =>
      element.dispatchEvent(
        new MouseEvent(type, { clientX: x, clientY: y, button: 0, ...more }) as PointerEvent,
      );
    const { viewport } = opened.camera;
    send('pointerdown', 100, 100);
    send('pointermove', 200, 150);
    const drawn = opened.selection.shown;
    expect(drawn).toMatchObject({ width: 100, height: 50 });
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', shiftKey: true }));
    expect(opened.selection.shown).toMatchObject({ width: 100, height: 100 });
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    expect(opened.selection.shown).toBeNull();
    send('pointerup', 200, 150);
    expect(opened.selection.area).toBeNull();
    send('pointerdown', 100, 100);
    send('pointermove', 200, 150);
    send('pointerup', 200, 150);
    expect(opened.selection.area).toEqual(drawn);
    expect(opened.camera.viewport).toEqual(viewport);
    detach();
  });
});
