import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Step } from '../../../core/document/document';
import type { Reported } from '../../../core/operation/operation';
import PropertiesPanel from '../../../renderer/panels/PropertiesPanel.svelte';
import { step } from '../../core/document/sample';
import { openSession, show, type OpenSession } from '../../support/open-session';

let open: OpenSession;
const panel = () => within(screen.getByRole('group'));
const now = (): Step => open.document.document.layers[0].stack[0];

/** The properties of one step on the 640 × 480 picture; `reported` is what it measured. */
async function edit(made: Step, reported?: Reported): Promise<void> {
  await open.document.commit({ type: 'step.add', owner: 'l', step: made, index: 0 });
  if (reported) {
    const data = { ...open.host.state, reported: { [made.id]: reported } };
    open.host.send({ event: 'document.changed', data });
  }
  open.document.choice.chooseStep('l', made.id);
  show(open.session, PropertiesPanel, { document: open.document });
}

async function choose(value: string): Promise<void> {
  await fireEvent.change(await panel().findByRole('combobox', { name: 'Mask' }), { target: { value } });
}

async function type(name: string, value: string): Promise<void> {
  const field = panel().getByRole('spinbutton', { name });
  await fireEvent.input(field, { target: { value } });
  await fireEvent.keyDown(field, { key: 'Enter' });
}

beforeEach(async () => {
  Element.prototype.scrollIntoView = () => undefined;
  open = await openSession();
});

describe('the mask of a step', () => {
  it('begins as half of the picture in its middle, and keeps its place as another shape', async () => {
    await edit(step('s', 'gamma', { gamma: 2 }));
    await fireEvent.click(screen.getByRole('button', { name: 'Limit to' }));
    await choose('ellipse');
    const half = { mode: 'add', x: 160, y: 120, width: 320, height: 240, feather: 0 };
    expect(now().mask).toEqual({ parts: [{ shape: 'ellipse', ...half }], inverted: false });
    await type('Mask feather', '12.5');
    await type('Mask x', '-20');
    await choose('rectangle');
    expect(now().mask?.parts).toEqual([{ shape: 'rectangle', ...half, x: -20, feather: 12.5 }]);
    expect(screen.getByRole('button', { name: /^Limit to/ }).textContent).toContain('rectangle');
  });

  it('becomes what is selected, where something is', async () => {
    await edit(step('s', 'gamma', { gamma: 2 }, { opacity: 0.5 }));
    const options = async (): Promise<string[]> => {
      const mask = await panel().findByRole<HTMLSelectElement>('combobox', { name: 'Mask' });
      return [...mask.options].map(({ text }) => text);
    };
    expect(await options()).toEqual(['None', 'Rectangle', 'Ellipse']);
    open.document.selection.set({ shape: 'ellipse', x: 3, y: 4, width: 50, height: 60, inverted: true });
    await vi.waitFor(async () => expect(await options()).toContain('As selected'));
    await choose('selected');
    expect(now().mask).toEqual({
      parts: [{ shape: 'ellipse', mode: 'add', x: 3, y: 4, width: 50, height: 60, feather: 0 }],
      inverted: true,
    });
    expect(panel().getByRole('combobox', { name: 'Mask' })).toHaveProperty('value', 'ellipse');
  });

  it('is turned round and taken off', async () => {
    await edit(step('s', 'gamma', { gamma: 2 }, { channels: 'r' }));
    await choose('rectangle');
    await fireEvent.click(panel().getByRole('checkbox', { name: 'Invert mask' }));
    expect(now().mask?.inverted).toBe(true);
    await choose('none');
    expect(now()).toMatchObject({ mask: null, channels: 'r' });
    expect(panel().queryByRole('checkbox', { name: 'Invert mask' })).toBeNull();
  });

  it('has its start in the picture that the step meets', async () => {
    await edit(step('s', 'gamma', { gamma: 2 }, { channels: 'g' }));
    const cut = step('c', 'crop', { x: 0, y: 0, width: 100, height: 50 });
    await open.document.commit({ type: 'step.add', owner: 'l', step: cut, index: 0 });
    await choose('rectangle');
    const [, gamma] = open.document.document.layers[0].stack;
    expect(gamma.mask?.parts[0]).toMatchObject({ x: 25, y: 12, width: 50, height: 25 });
  });

  it('of other shapes is named and left as it is', async () => {
    const points = [
      [0, 0],
      [9, 0],
      [0, 9],
    ] as const;
    const mask = { parts: [{ shape: 'polygon', mode: 'add', points, feather: 0 }], inverted: false } as const;
    await edit(step('s', 'gamma', { gamma: 2 }, { mask }));
    const select = await panel().findByRole<HTMLSelectElement>('combobox', { name: 'Mask' });
    expect(select.selectedOptions[0].textContent?.trim()).toBe('Polygon');
    expect(panel().queryByRole('spinbutton', { name: 'Mask x' })).toBeNull();
  });

  it('is previewed while it is dragged, and one step of the history', async () => {
    await edit(step('s', 'gamma', { gamma: 2 }, { opacity: 0.5 }));
    await choose('ellipse');
    const slider = panel().getByRole('slider', { name: 'Mask width' });
    const entries = open.document.state.history.length;
    await fireEvent.input(slider, { target: { value: '200' } });
    await fireEvent.input(slider, { target: { value: '210' } });
    await fireEvent.change(slider, { target: { value: '210' } });
    expect(now().mask?.parts[0]).toMatchObject({ width: 210 });
    expect(open.document.state.history.length).toBe(entries + 1);
  });
});

describe('measured numbers', () => {
  const reported = { low: [10, 10, 10], high: [200, 200, 210] };

  it('that are kept are measured again when the box is cleared', async () => {
    await edit(step('s', 'percentileStretch', {}, { measured: { low: [1], high: [2] } }), reported);
    const box = await panel().findByRole<HTMLInputElement>('checkbox', { name: 'Keep these numbers' });
    expect(box.checked).toBe(true);
    await fireEvent.click(box);
    expect(now().measured).toBeNull();
  });

  it('are kept by a box', async () => {
    await edit(step('s', 'percentileStretch'), reported);
    const box = await panel().findByRole('checkbox', { name: 'Keep these numbers' });
    await fireEvent.click(box);
    expect(now().measured).toEqual({ low: [10], high: [200, 200, 210] });
    expect(open.document.state.history.at(-1)?.text).toBe(
      'Kept the numbers of Percentile stretch on Background',
    );
  });

  it('have no box where the operation cannot go on from them', async () => {
    await edit(step('s', 'statistics'), { mean: [1, 2, 3] });
    expect(await screen.findByText('Mean')).toBeTruthy();
    expect(screen.queryByRole('checkbox', { name: 'Keep these numbers' })).toBeNull();
  });
});
