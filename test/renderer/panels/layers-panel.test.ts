import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import LayersPanel from '../../../renderer/panels/LayersPanel.svelte';
import { source } from '../../core/document/sample';
import { openSession, show, type OpenSession } from '../../support/open-session';

let open: OpenSession;
const rows = (): string[] =>
  within(screen.getByRole('treegrid', { name: 'Layers' }))
    .getAllByRole('row')
    .map((row) => row.getAttribute('aria-label') ?? '');
const chosen = (): string | null => screen.getByRole('row', { selected: true }).getAttribute('aria-label');

beforeEach(async () => {
  open = await openSession();
  await open.document.commit({ type: 'layer.add', layer: 'm', source: source('b'), name: 'Sky', index: 1 });
  show(open.session, LayersPanel, { document: open.document });
});

describe('the layers', () => {
  it('are rows, the top of the picture first', () => {
    expect(rows()).toEqual(['Sky', 'Background']);
    expect(chosen()).toBe('Sky');
  });

  it('are chosen by a click and by the arrows', async () => {
    await fireEvent.click(screen.getByRole('row', { name: 'Background' }));
    expect(chosen()).toBe('Background');
    await fireEvent.keyDown(screen.getByRole('row', { name: 'Background' }), { key: 'ArrowUp' });
    expect(chosen()).toBe('Sky');
    expect(document.activeElement).toBe(screen.getByRole('row', { name: 'Sky' }));
  });

  it('are hidden and shown by the button of their name', async () => {
    await fireEvent.click(screen.getByRole('button', { name: 'Hide Sky' }));
    expect(open.document.document.layers[1].visible).toBe(false);
    await fireEvent.click(screen.getByRole('button', { name: 'Show Sky' }));
    expect(open.document.document.layers[1].visible).toBe(true);
  });

  it('are renamed in place, Escape keeping the name', async () => {
    await fireEvent.dblClick(screen.getByText('Sky'));
    const field = screen.getByRole('textbox', { name: 'Name of Sky' });
    expect(document.activeElement).toBe(field);
    await fireEvent.input(field, { target: { value: ' Clouds ' } });
    await fireEvent.keyDown(field, { key: 'Enter' });
    expect(rows()).toEqual(['Clouds', 'Background']);
    await fireEvent.dblClick(screen.getByText('Clouds'));
    const again = screen.getByRole('textbox', { name: 'Name of Clouds' });
    await fireEvent.input(again, { target: { value: 'Rain' } });
    await fireEvent.keyDown(again, { key: 'Escape' });
    expect(rows()).toEqual(['Clouds', 'Background']);
  });

  it('take a blend mode and an opacity from 0 to 100', async () => {
    await fireEvent.change(screen.getByRole('combobox', { name: 'Blend mode' }), {
      target: { value: 'multiply' },
    });
    expect(open.document.document.layers[1].mode).toBe('multiply');
    const slider = screen.getByRole<HTMLInputElement>('slider', { name: 'Opacity' });
    expect([slider.min, slider.max, slider.value]).toEqual(['0', '100', '100']);
    for (let time = 0; time < 4; time++)
      await fireEvent.keyDown(slider, { key: 'ArrowLeft', shiftKey: true });
    await fireEvent.keyUp(slider, { key: 'ArrowLeft' });
    expect(open.document.document.layers[1].opacity).toBe(0.6);
    expect(open.host.payloads('edit.commit').at(-1)?.command).toMatchObject({
      type: 'layer.opacity',
      opacity: 0.6,
    });
  });

  it('are duplicated and deleted by the buttons, the next one being chosen', async () => {
    await fireEvent.click(screen.getByRole('button', { name: 'Duplicate layer' }));
    expect(rows()).toEqual(['Sky copy', 'Sky', 'Background']);
    expect(chosen()).toBe('Sky copy');
    await fireEvent.click(screen.getByRole('button', { name: 'Delete layer' }));
    expect(rows()).toEqual(['Sky', 'Background']);
    expect(chosen()).toBe('Sky');
  });

  it('cannot be changed in a window that only looks on', async () => {
    open.host.send({ event: 'writable', data: { writable: false, reason: 'no' } });
    await vi.waitFor(() =>
      expect(screen.getByRole('slider', { name: 'Opacity' })).toHaveProperty('disabled', true),
    );
    expect(screen.getByRole('button', { name: 'Hide Sky' })).toHaveProperty('disabled', true);
  });
});
