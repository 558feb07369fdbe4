/** What is drawn of a selection and of a line, in device pixels of the canvas, and the fields of the selection tools. */

import { fireEvent, screen, within } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import LineMark from '../../../renderer/canvas/LineMark.svelte';
import SelectionMark from '../../../renderer/canvas/SelectionMark.svelte';
import SelectionOptions from '../../../renderer/canvas/SelectionOptions.svelte';
import type { SelectedArea } from '../../../core/raster/selection';
import { openSession, show, type OpenSession } from '../../support/open-session';

let open: OpenSession;
const area: SelectedArea = { shape: 'rectangle', x: 100, y: 50, width: 200, height: 80, inverted: false };
const paths = (): readonly (string | null)[] =>
  [...document.querySelectorAll('svg path')].map((path) => path.getAttribute('d'));

/** The picture of 640 × 480 at 100 % on a canvas of 800 × 600 device pixels: its corner is at 80, 60. */
beforeEach(async () => {
  open = await openSession();
  open.document.camera.measure({ width: 800, height: 600 }, 1);
  open.document.camera.zoomTo(1);
});

describe('the outline of a selection', () => {
  it('runs along the edges of its pixels, on whole device pixels', () => {
    show(open.session, SelectionMark, { document: open.document });
    expect(paths()).toEqual([]);
    open.document.selection.set(area);
    flushSync();
    const outline = 'M180.5 110.5H380.5V190.5H180.5Z';
    expect(paths()).toEqual([outline, outline]);
    open.document.camera.zoomTo(2, { x: 80, y: 60 });
    flushSync();
    expect(paths()[0]).toBe('M280.5 160.5H680.5V320.5H280.5Z');
    expect(screen.getByRole('status').textContent).toBe('Rectangle of 200 × 80 pixels at 100, 50');
  });

  it('has the edge of the picture besides where it is inverted, and an ellipse is one', () => {
    open.document.selection.set({ ...area, shape: 'ellipse', inverted: true });
    show(open.session, SelectionMark, { document: open.document });
    expect(paths()[0]).toBe(
      'M180.5 150.5A100 40 0 0 1 380.5 150.5A100 40 0 0 1 180.5 150.5Z' + 'M80.5 60.5H720.5V540.5H80.5Z',
    );
  });

  it('has handles while a selection tool is in hand, and its size while it is drawn', () => {
    open.document.selection.set(area);
    show(open.session, SelectionMark, { document: open.document });
    const handles = () => document.querySelectorAll('svg rect').length;
    expect(handles()).toBe(0);
    open.session.tool = 'ellipse';
    flushSync();
    expect(handles()).toBe(8);
    open.document.selection.draft = { ...area, width: 12 };
    flushSync();
    expect(handles()).toBe(0);
    expect(document.querySelector('.size')?.textContent.trim()).toBe('12 × 80');
  });
});

describe('the mark of a line', () => {
  it('goes from the middle of a pixel to the middle of another, with the marked pixel around its own', () => {
    open.document.camera.zoomTo(10, { x: 80, y: 60 });
    open.document.line.set({ from: { x: 1, y: 2 }, to: { x: 9, y: 6 } });
    open.document.line.marked = 4;
    open.session.tool = 'line';
    show(open.session, LineMark, { document: open.document });
    expect(paths()[1]).toBe('M95 85L175 125');
    const at = (name: string) => document.querySelector('rect.marked')?.getAttribute(name);
    // The fifth of nine pixels is (5, 4).
    expect(['x', 'y', 'width', 'height'].map(at)).toEqual(['130', '100', '10', '10']);
    expect(document.querySelectorAll('circle')).toHaveLength(2);
  });
});

describe('the fields of a selection tool', () => {
  it('make a selection of its shape, change it, and take a gesture back', async () => {
    show(open.session, SelectionOptions, { document: open.document, shape: 'ellipse' });
    const options = within(screen.getByRole('group', { name: 'Selection' }));
    const field = (name: string) => options.getByRole('spinbutton', { name: `Selection ${name}` });
    expect(field('width').getAttribute('aria-valuenow')).toBe('640');
    await fireEvent.input(field('width'), { target: { value: '40' } });
    await fireEvent.keyDown(field('width'), { key: 'Enter' });
    const { selection } = open.document;
    expect(selection.area).toEqual({
      shape: 'ellipse',
      x: 0,
      y: 0,
      width: 40,
      height: 480,
      inverted: false,
    });
    await fireEvent.keyDown(field('x'), { key: 'ArrowUp', shiftKey: true });
    expect(selection.shown?.x).toBe(10);
    await fireEvent.keyDown(field('x'), { key: 'Escape' });
    expect(selection.shown?.x).toBe(0);
    await fireEvent.keyDown(field('x'), { key: 'ArrowUp' });
    await fireEvent.keyUp(field('x'), { key: 'ArrowUp' });
    expect(selection.area?.x).toBe(1);
    await fireEvent.click(options.getByRole('button', { name: 'Invert selection' }));
    expect(selection.area?.inverted).toBe(true);
    await fireEvent.click(options.getByRole('button', { name: 'Select none' }));
    expect(selection.area).toBeNull();
    expect(options.getByRole('button', { name: 'Select none' })).toHaveProperty('disabled', true);
    await fireEvent.click(options.getByRole('button', { name: 'Select all' }));
    expect(selection.area).toMatchObject({ shape: 'rectangle', width: 640, height: 480 });
  });
});
