import { describe, expect, it, vi } from 'vitest';
import { numberSize, paintCells } from '../../../renderer/laboratory/paint-cells';

/** A canvas that writes down what is painted on it. */
function recorder() {
  const fills: { style: string; text?: string }[] = [];
  let strokes = 0;
  const context = {
    canvas: { width: 100, height: 100 },
    fillStyle: '',
    strokeStyle: '',
    fillRect: () => fills.push({ style: context.fillStyle }),
    fillText: (text: string) => fills.push({ style: context.fillStyle, text }),
    stroke: () => strokes++,
    measureText: (text: string) => ({ width: text.length * 6 }),
  };
  for (const name of [
    'clearRect',
    'strokeRect',
    'save',
    'restore',
    'beginPath',
    'rect',
    'clip',
    'moveTo',
    'lineTo',
  ])
    Object.assign(context, { [name]: vi.fn() });
  return {
    context: context as unknown as CanvasRenderingContext2D,
    fills,
    get strokes() {
      return strokes;
    },
  };
}

describe('painted cells', () => {
  const paint = { columns: 2, side: 40, top: 255, empty: 'empty', font: 'mono' };

  it('have the tone of their level, its number in ink that can be read, and nothing where nothing is known', () => {
    const { context, fills } = recorder();
    const cells = [0, 200, null].map((level) => ({ level, outside: false }));
    paintCells(context, { ...paint, cells }, 1);
    expect(fills).toEqual([
      { style: 'rgb(0 0 0)' },
      { style: 'white', text: '0' },
      { style: 'rgb(200 200 200)' },
      { style: 'black', text: '200' },
    ]);
    // An outline alone: any ground would be the tone of a level.
    expect(context.strokeRect).toHaveBeenCalledTimes(1);
    expect(context.strokeStyle).toBe('empty');
  });

  it('are hatched outside the picture, where a constant may be a fraction', () => {
    const record = recorder();
    paintCells(record.context, { ...paint, cells: [{ level: 127.5, outside: true }] }, 1);
    expect(record.strokes).toBe(1);
    expect(record.fills.at(-1)?.text).toBe('127.5');
  });

  it('stand for themselves where there is no room for numbers', () => {
    const { context, fills } = recorder();
    paintCells(context, { ...paint, side: 12, cells: [{ level: 7, outside: false }] }, 1);
    expect(fills).toEqual([{ style: 'rgb(7 7 7)' }]);
    expect(numberSize(12, 3, 1)).toBeNull();
    expect(numberSize(40, 3, 1)).toBeGreaterThanOrEqual(8);
    // Twice the pixels, twice the size.
    expect(numberSize(80, 3, 2)).toBe(2 * (numberSize(40, 3, 1) ?? 0));
    // Levels of 16 bit need more room.
    expect(numberSize(28, 5, 1) ?? 0).toBeLessThan(numberSize(28, 3, 1) ?? 0);
  });
});
