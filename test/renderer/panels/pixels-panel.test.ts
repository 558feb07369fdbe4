/** What the Pixels panel shows are the numbers of the explanation, and those that were read. */

import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { explainStep } from '../../../core/derive/explain';
import type { Explanation } from '../../../core/derive/explanation';
import type { PixelStory } from '../../../core/derive/pixel-story';
import { shownStory } from '../../../core/derive/shown-story';
import { checkStep } from '../../../core/document/step-check';
import type { GivenValues } from '../../../core/operation/parameter';
import { wholeOf } from '../../../core/raster/rectangle';
import { succeed } from '../../../core/raster/fault';
import PixelsPanel from '../../../renderer/panels/PixelsPanel.svelte';
import { Inspection } from '../../../renderer/session/inspection.svelte';
import { step } from '../../core/document/sample';
import { sharedNoise } from '../../support/documents';
import { openSession, show, type OpenSession } from '../../support/open-session';

const picture = sharedNoise({ width: 40, height: 30, channels: 3, depth: 8 }, 7);

function explained(operation: string, params: GivenValues, x: number, y: number): Explanation {
  const checked = checkStep(step('s', operation, params), picture);
  if (!checked.ok) throw new Error(checked.fault.message);
  const limits = { channels: 'rgb', opacity: 1, mask: null, outcome: null } as const;
  const input = { raster: picture, rectangle: wholeOf(picture) };
  const { operation: found, values } = checked.value;
  const whole = picture;
  return explainStep({
    ...limits,
    operation: found,
    values,
    whole,
    x,
    y,
    input,
    measured: null,
    second: null,
  });
}

function storyOf(explanation: Explanation | null, x: number, y: number): PixelStory {
  const levels = explanation?.stored ?? [1, 2, 3];
  const steps = explanation ? [{ step: 's', explanation }] : [];
  const told = {
    layer: 'l',
    name: 'Background',
    mode: 'normal',
    opacity: 1,
    over: [],
    arithmetic: [],
  } as const;
  return shownStory({
    x,
    y,
    awaited: false,
    channels: 3,
    depth: 8,
    levels,
    composite: { at: { x, y }, levels },
    layers: [{ ...told, at: { x, y }, levels, steps }],
    canvas: [],
  });
}

/** The panel of a document with this step, chosen, at a pixel. */
async function shown(operation: string, params: GivenValues, x: number, y: number) {
  const open = await openSession();
  await open.document.commit({ type: 'step.add', owner: 'l', step: step('s', operation, params), index: 0 });
  open.document.choice.chooseStep('l', 's');
  const explanation = explained(operation, params, x, y);
  await appear(open, storyOf(explanation, x, y), x, y);
  await screen.findByText('Stored');
  return { explanation };
}

async function appear(open: OpenSession, story: PixelStory, x: number, y: number): Promise<void> {
  open.host.answers['pixel.explain'] = () => succeed({ story });
  const inspection = new Inspection(open.session.connection);
  show(open.session, PixelsPanel, { document: open.document }, inspection);
  inspection.look(open.document, { x, y });
  await screen.findByText(`(${x}, ${y})`);
}

const numbersIn = (name: string): number[] =>
  within(screen.getByRole('table', { name }))
    .getAllByRole('cell')
    .map((cell) => Number.parseFloat(cell.textContent.replace('−', '-')));
const stored = (): string => screen.getByText('Stored').nextElementSibling?.textContent ?? '';

describe('of a weighted sum', () => {
  const kernel = [
    [1, 2, 3],
    [0, 4, 0],
    [-1, -2, -3],
  ];

  it('shows levels, weights and products, and the stored level of every channel', async () => {
    const { explanation } = await shown('convolve', { kernel, divisor: 4, offset: 20 }, 11, 9);
    for (const [channel, { name, window }] of explanation.arithmetic.entries()) {
      await fireEvent.click(screen.getByRole('radio', { name }));
      expect(numbersIn('Levels')).toEqual(window?.levels);
      expect(numbersIn('× weights')).toEqual(window?.weighted?.weights);
      expect(numbersIn('= products')).toEqual(window?.weighted?.products);
      expect(screen.getByText('Sum').nextElementSibling?.textContent).toBe(String(window?.weighted?.sum));
      expect(stored()).toBe(String(explanation.stored[channel]));
    }
  });

  it('says which cells the picture does not have, and what stands there', async () => {
    await shown('boxBlur', { size: 3, boundary: 'replicate' }, 0, 0);
    const cells = within(screen.getByRole('table', { name: 'Levels' })).getAllByRole('cell');
    const outside = cells.map((cell) => cell.textContent.includes('outside, replicate'));
    expect(outside).toEqual([true, true, true, true, false, false, true, false, false]);
    expect(screen.getByText(/Hatched.*replicate/)).toBeTruthy();
  });

  it('tells of the cell under the pointer which pixel it is, and more digits', async () => {
    await shown('convolve', { kernel: [[1 / 3, 1 / 3, 1 / 3]], divisor: 1 }, 11, 9);
    const table = screen.getByRole('table', { name: '× weights' });
    expect(table.title).toBe('');
    await fireEvent(within(table).getAllByRole('cell')[2], new MouseEvent('pointerover', { bubbles: true }));
    expect(table.title).toMatch(/^\(12, 9\): 0\.333333/);
    await fireEvent(table, new MouseEvent('pointerleave'));
    expect(table.title).toBe('');
  });

  it('shows the middle of a large window and its exact sum', async () => {
    const { explanation } = await shown('boxBlur', { size: 15 }, 20, 15);
    const window = explanation.arithmetic[0].window;
    expect(numbersIn('Levels')).toHaveLength(81);
    expect(screen.getByText(/144 more levels/)).toBeTruthy();
    expect(screen.getByText('Sum').nextElementSibling?.textContent).toBe(
      String(window?.levels.reduce((sum, level) => sum + level, 0)),
    );
  });
});

describe('of other neighbourhoods', () => {
  it('sorts the samples of a median and marks the one that is stored', async () => {
    const { explanation } = await shown('median', { size: 3 }, 12, 8);
    const items = within(screen.getByRole('list', { name: 'Sorted samples' })).getAllByRole('listitem');
    const levels = explanation.arithmetic[0].window?.levels ?? [];
    expect(items.map((item) => Number(item.textContent))).toEqual(levels.toSorted((a, b) => a - b));
    expect(items.map((item) => item.getAttribute('aria-current')).indexOf('true')).toBe(4);
    expect(stored()).toBe(items[4].textContent);
  });

  it('leaves out of an erosion what lies outside, and says so', async () => {
    const { explanation } = await shown('morphology', { operation: 'erode', radius: 1 }, 0, 0);
    const cells = within(screen.getByRole('table', { name: 'Levels' })).getAllByRole('cell');
    const levels = explanation.arithmetic[0].window?.levels ?? [];
    expect(cells.map((cell) => Number.parseFloat(cell.textContent))).toEqual(
      levels.map((level, at) => (at < 3 || at % 3 === 0 ? Number.NaN : level)),
    );
    expect(cells[0].textContent).toMatch(/outside, left out/);
    expect(stored()).toBe(String(Math.min(...[4, 5, 7, 8].map((at) => levels[at]))));
  });

  it('shows both sums of a gradient', async () => {
    const { explanation } = await shown('gradient', {}, 12, 8);
    expect(numbersIn('Weights of gx')).toEqual([-1, 0, 1, -2, 0, 2, -1, 0, 1]);
    expect(numbersIn('Weights of gy')).toEqual([-1, -2, -1, 0, 0, 0, 1, 2, 1]);
    expect(stored()).toBe(String(explanation.stored[0]));
  });
});

describe('without a neighbourhood', () => {
  it('shows the levels around the pixel, of every channel and in grey', async () => {
    const open = await openSession();
    const levels = Array.from({ length: 6 }, (_, at) => 10 * at + 1);
    const block = { x: 0, y: 0, width: 2, height: 1, channels: 3, depth: 8, levels } as const;
    open.host.answers['pixels.read'] = () => succeed({ block });
    await appear(open, storyOf(null, 0, 0), 0, 0);
    const table = await screen.findByRole('table', { name: '9 × 9 stored levels around (0, 0)' });
    const texts = () =>
      within(table)
        .getAllByRole('cell')
        .map((cell) => Number.parseFloat(cell.textContent))
        .filter((level) => !Number.isNaN(level));
    expect(texts()).toEqual([1, 31]);
    await fireEvent.click(screen.getByRole('radio', { name: 'B' }));
    expect(texts()).toEqual([21, 51]);
    await fireEvent.click(screen.getByRole('radio', { name: 'Grey' }));
    expect(texts()).toEqual([9, 39]);
    expect(open.host.payloads('pixels.read')).toEqual(
      ['after', 'before'].map((which) => ({ document: 'd', which, x: -4, y: -4, width: 9, height: 9 })),
    );
  });
});
