import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import HistoryPanel from '../../../renderer/panels/HistoryPanel.svelte';
import { step } from '../../core/document/sample';
import { openSession, show, type OpenSession } from '../../support/open-session';

let open: OpenSession;
const list = () => screen.getByRole('listbox', { name: 'History' });
const options = () => within(list()).getAllByRole('option');
const current = (): string => within(list()).getByRole('option', { selected: true }).textContent.trim();

beforeEach(async () => {
  Element.prototype.scrollIntoView = () => undefined;
  open = await openSession();
  for (const [at, id] of ['negative', 'grayscale'].entries()) {
    await open.document.commit({ type: 'step.add', owner: 'l', step: step(`s${at}`, id), index: at });
  }
  show(open.session, HistoryPanel, { document: open.document });
});

describe('the history', () => {
  it('lists the steps, the oldest first, the current one selected', () => {
    expect(options().map((option) => option.textContent.trim())).toEqual([
      'Opened a.png',
      'Added Negative to Background',
      'Added Grayscale BT.601 to Background',
    ]);
    expect(current()).toBe('Added Grayscale BT.601 to Background');
  });

  it('goes to a step by a click; later ones stay', async () => {
    await fireEvent.click(options()[1]);
    await vi.waitFor(() => expect(current()).toBe('Added Negative to Background'));
    expect(options()).toHaveLength(3);
  });

  it('goes to a step by arrows and Enter', async () => {
    await fireEvent.keyDown(list(), { key: 'Home' });
    expect(list().getAttribute('aria-activedescendant')).toBe(options()[0].id);
    expect(current()).toBe('Added Grayscale BT.601 to Background');
    await fireEvent.keyDown(list(), { key: 'Enter' });
    await vi.waitFor(() => expect(current()).toBe('Opened a.png'));
  });

  it('goes to the state before and back by clicks on the current step', async () => {
    await fireEvent.click(options()[0]);
    await vi.waitFor(() => expect(current()).toBe('Opened a.png'));
    await fireEvent.click(options()[0]);
    await vi.waitFor(() => expect(current()).toBe('Added Grayscale BT.601 to Background'));
    await fireEvent.click(options()[2]);
    await vi.waitFor(() => expect(current()).toBe('Opened a.png'));
  });

  it('keeps what was left behind, from where it can be recovered', async () => {
    await fireEvent.click(options()[1]);
    await vi.waitFor(() => expect(current()).toBe('Added Negative to Background'));
    await open.document.commit({ type: 'layer.opacity', layer: 'l', opacity: 0.5 });
    const discarded = await screen.findByRole('listbox', { name: 'Discarded steps', hidden: true });
    await fireEvent.click(within(discarded).getByText('Added Grayscale BT.601 to Background'));
    await vi.waitFor(() => expect(current()).toBe('Added Grayscale BT.601 to Background'));
  });
});
