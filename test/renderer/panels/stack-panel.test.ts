import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import StackPanel from '../../../renderer/panels/StackPanel.svelte';
import { step } from '../../core/document/sample';
import { openSession, show, type OpenSession } from '../../support/open-session';

let open: OpenSession;
const list = () => within(screen.getByRole('list', { name: 'Operations of Background' }));
const titles = (): string[] =>
  list()
    .getAllByRole('checkbox')
    .map((box) => box.getAttribute('aria-label') ?? '');

const scrolled = vi.fn<(this: Element) => void>();

beforeEach(async () => {
  scrolled.mockClear();
  Element.prototype.scrollIntoView = scrolled;
  open = await openSession();
  for (const [at, id] of ['gamma', 'negative', 'gamma'].entries()) {
    const added = step(`s${at}`, id, id === 'gamma' ? { gamma: 2.2 } : {});
    await open.document.commit({ type: 'step.add', owner: 'l', step: added, index: at });
  }
  show(open.session, StackPanel, { document: open.document });
});

describe('the stack', () => {
  it('lists the operations in order of application, a second one of a title with its number', () => {
    expect(titles()).toEqual(['Enable Gamma', 'Enable Negative', 'Enable Gamma 2']);
    expect(list().getAllByRole('listitem')).toHaveLength(3);
  });

  it('switches an operation off and on', async () => {
    const box = list().getByRole<HTMLInputElement>('checkbox', { name: 'Enable Negative' });
    await fireEvent.click(box);
    expect(open.document.document.layers[0].stack[1].enabled).toBe(false);
    expect(box.checked).toBe(false);
  });

  it('chooses an operation to be edited, and asks for the focus', async () => {
    await fireEvent.click(list().getByRole('button', { name: 'Edit Gamma 2' }));
    expect(open.document.choice.step?.step.id).toBe('s2');
    expect(open.session.focusRequest).toBe('s2');
  });

  it('keeps the operation in sight that is chosen, from wherever', async () => {
    open.document.choice.chooseStep('l', 's2');
    await vi.waitFor(() => expect(scrolled).toHaveBeenCalled());
    expect((scrolled.mock.contexts.at(-1) as HTMLElement).dataset['item']).toBe('s2');
  });

  it('removes an operation by its button, and by Delete', async () => {
    await fireEvent.click(list().getByRole('button', { name: 'Remove Gamma' }));
    expect(titles()).toEqual(['Enable Negative', 'Enable Gamma']);
    await fireEvent.keyDown(list().getByRole('button', { name: 'Edit Negative' }), { key: 'Delete' });
    expect(titles()).toEqual(['Enable Gamma']);
  });

  it('moves an operation with Alt and the arrows, which keeps the focus', async () => {
    const button = list().getByRole('button', { name: 'Edit Negative' });
    button.focus();
    await fireEvent.keyDown(button, { key: 'ArrowUp', altKey: true });
    expect(titles()).toEqual(['Enable Negative', 'Enable Gamma', 'Enable Gamma 2']);
    expect(document.activeElement).toBe(list().getByRole('button', { name: 'Edit Negative' }));
  });

  it('says what to do where nothing is applied yet', async () => {
    for (const id of ['s0', 's1', 's2'])
      await open.document.commit({ type: 'step.remove', owner: 'l', step: id });
    expect(await screen.findByText(/Nothing is applied to Background yet/)).toBeTruthy();
  });

  it('shows what is applied to the whole picture as a list of its own', async () => {
    const flip = step('c', 'flip', { axis: 'horizontal' });
    await open.document.commit({ type: 'step.add', owner: 'canvas', step: flip, index: 0 });
    const whole = await screen.findByRole('list', { name: 'Operations of the whole picture' });
    expect(within(whole).getAllByRole('listitem')).toHaveLength(1);
  });
});
