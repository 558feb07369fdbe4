import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gapAt, Reorder } from '../../../renderer/panels/reorder.svelte';

const ROW = 20;
const item = (at: number) => ({ getBoundingClientRect: () => new DOMRect(0, at * ROW, 100, ROW) });

describe('a gap', () => {
  it('is the one nearest to the pointer', () => {
    const items = [0, 1, 2].map(item);
    expect([0, 9, 11, 29, 31, 59, 500].map((y) => gapAt(items, y))).toEqual([0, 0, 1, 1, 2, 3, 3]);
  });
});

describe('dragging an item', () => {
  const move = vi.fn();
  let allowed: boolean;
  let list: HTMLElement;
  let reorder: Reorder;
  let detach: () => void;

  const point = (type: string, y: number): PointerEvent =>
    new MouseEvent(type, { clientY: y, bubbles: true, button: 0 }) as PointerEvent;

  beforeEach(() => {
    move.mockReset();
    allowed = true;
    list = document.createElement('div');
    list.setPointerCapture = () => undefined;
    for (let at = 0; at < 3; at++) {
      const row = document.createElement('div');
      row.dataset.item = String(at);
      row.innerHTML = '<input>';
      row.getBoundingClientRect = item(at).getBoundingClientRect;
      list.append(row);
    }
    document.body.append(list);
    reorder = new Reorder(move, () => allowed);
    detach = reorder.attach(list);
  });

  afterEach(() => {
    detach();
    list.remove();
  });

  function drag(from: number, to: number): void {
    list.children[from].dispatchEvent(point('pointerdown', from * ROW + 5));
    window.dispatchEvent(point('pointermove', to));
  }

  it('moves it to the gap where it is let go, counted without itself', () => {
    drag(0, 2 * ROW + 15);
    expect([reorder.from, reorder.gap]).toEqual([0, 3]);
    window.dispatchEvent(point('pointerup', 0));
    expect(move.mock.calls[0].slice(0, 2)).toEqual([0, 2]);
    expect([reorder.from, reorder.gap]).toEqual([null, null]);
  });

  it('leaves it on Escape, on its own place, and after a mere press', () => {
    drag(0, 2 * ROW + 15);
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }));
    window.dispatchEvent(point('pointerup', 0));
    drag(1, ROW + 15);
    window.dispatchEvent(point('pointerup', 0));
    drag(1, ROW + 6);
    expect(reorder.from).toBeNull();
    window.dispatchEvent(point('pointerup', 0));
    expect(move).not.toHaveBeenCalled();
  });

  it('does not begin in a field, nor where nothing may be changed', () => {
    list.querySelector('input')?.dispatchEvent(point('pointerdown', 5));
    window.dispatchEvent(point('pointermove', 55));
    expect(reorder.from).toBeNull();
    allowed = false;
    drag(0, 55);
    expect(reorder.from).toBeNull();
  });
});
