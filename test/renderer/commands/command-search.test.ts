import { fireEvent, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import CommandSearch from '../../../renderer/commands/CommandSearch.svelte';
import type { MenuCommand } from '../../../renderer/commands/menu-command';
import { openSession, show } from '../../support/open-session';

const command = (title: string, enabled = true, more: Partial<MenuCommand> = {}): MenuCommand => ({
  id: title,
  title,
  menu: 'Edit',
  section: '',
  enabled,
  run: () => undefined,
  ...more,
});

const choose = vi.fn();
const field = () => screen.getByRole('combobox', { name: 'Search commands' });
const selected = (): string | null => screen.getByRole('option', { selected: true }).id.replace(/^\w+-/, '');
const chosen = (): string[] => choose.mock.calls.map(([{ title }]) => title);

beforeEach(async () => {
  Element.prototype.scrollIntoView = () => undefined;
  Element.prototype.scrollTo = () => undefined;
  choose.mockReset();
  const items = ['Gamma correction', 'Gamma', 'Box blur'].map((title) => command(title));
  const { session } = await openSession();
  show(session, CommandSearch, {
    items: [...items, command('Undo', false, { needs: 'Do something first' })],
    label: 'Search commands',
    placeholder: '',
    choose,
  });
});

describe('the search field', () => {
  it('has the focus', () => {
    expect(document.activeElement).toBe(field());
  });

  it('selects the best match at once, and Enter runs it', async () => {
    await fireEvent.input(field(), { target: { value: 'gamma' } });
    expect(selected()).toBe('Gamma');
    expect(field().getAttribute('aria-activedescendant')).toBe(
      screen.getByRole('option', { selected: true }).id,
    );
    await fireEvent.keyDown(field(), { key: 'Enter' });
    expect(chosen()).toEqual(['Gamma']);
  });

  it('runs it also where key and text come in the same task', () => {
    const input = field();
    if (!(input instanceof HTMLInputElement)) throw new Error('no field');
    input.value = 'box';
    input.dispatchEvent(new InputEvent('input', { bubbles: true }));
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    expect(chosen()).toEqual(['Box blur']);
  });

  it('goes through the matches with the arrows, around the ends', async () => {
    await fireEvent.input(field(), { target: { value: 'gamma' } });
    await fireEvent.keyDown(field(), { key: 'ArrowUp' });
    expect(selected()).toBe('Gamma correction');
    await fireEvent.keyDown(field(), { key: 'ArrowDown' });
    expect(selected()).toBe('Gamma');
  });

  it('does not run what cannot be had now', async () => {
    await fireEvent.input(field(), { target: { value: 'undo' } });
    await fireEvent.keyDown(field(), { key: 'Enter' });
    await fireEvent.click(screen.getByRole('option', { name: /Undo/ }));
    expect(chosen()).toEqual([]);
  });

  it('says what is missing for it', async () => {
    await fireEvent.input(field(), { target: { value: 'undo' } });
    expect(screen.getByRole('option', { name: 'Undo Do something first' }).title).toBe('Do something first');
  });

  it('says that nothing fits', async () => {
    await fireEvent.input(field(), { target: { value: 'xyzzy' } });
    expect(screen.getByRole('status').textContent).toMatch(/Nothing is called like that/);
    // A list box without options is none.
    expect(field().getAttribute('aria-expanded')).toBe('false');
    expect(screen.queryByRole('listbox')).toBeNull();
    await fireEvent.keyDown(field(), { key: 'Enter' });
    expect(chosen()).toEqual([]);
  });
});
