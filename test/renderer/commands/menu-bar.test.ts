import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import MenuBar from '../../../renderer/commands/MenuBar.svelte';
import { openSession, show, type OpenSession } from '../../support/open-session';

let open: OpenSession;
const bar = () => screen.getByRole('menubar', { name: 'Main menu' });
const menuName = (name: string) => within(bar()).getByRole('menuitem', { name, expanded: false });
const focused = (): string => document.activeElement?.textContent?.trim() ?? '';
const press = (key: string): Promise<boolean> =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key });

beforeEach(async () => {
  open = await openSession();
  show(open.session, MenuBar);
});

describe('the menu bar', () => {
  it('has the menus in their order', () => {
    const names = within(bar())
      .getAllByRole('menuitem')
      .map((item) => item.textContent.trim());
    expect(names).toEqual(['File', 'Edit', 'Image', 'Layer', 'Operations', 'View', 'Help']);
  });

  it('can be gone through by keys alone', async () => {
    menuName('File').focus();
    await press('ArrowRight');
    expect(focused()).toBe('Edit');
    await press('ArrowDown');
    expect(screen.getByRole('menu', { name: 'Edit' })).toBe(document.activeElement);
    await press('ArrowRight');
    await press('ArrowDown');
    expect(screen.getByRole('menu', { name: 'Image' }).contains(document.activeElement)).toBe(true);
    await press('Escape');
    expect(screen.queryByRole('menu')).toBeNull();
  });

  it('goes to the next item that begins with a letter', async () => {
    await fireEvent.click(menuName('Operations'));
    await press('b');
    const first = focused();
    await press('b');
    expect([first.charAt(0), focused().charAt(0)]).toEqual(['B', 'B']);
    expect(focused()).not.toBe(first);
  });

  it('shows every operation at once, and adds the one that is chosen', async () => {
    await fireEvent.click(menuName('Operations'));
    await fireEvent.click(screen.getByRole('menuitem', { name: 'Gamma' }));
    expect(screen.queryByRole('menu')).toBeNull();
    expect(open.document.document.layers[0].stack).toMatchObject([{ operation: 'gamma' }]);
    expect(open.document.choice.step?.step.operation).toBe('gamma');
  });

  it('gives the focus back to where it was', async () => {
    const field = document.createElement('input');
    document.body.append(field);
    field.focus();
    await fireEvent.click(menuName('View'));
    await press('Escape');
    expect(document.activeElement).toBe(field);
    field.remove();
  });

  it('does not run what cannot be had now', async () => {
    await fireEvent.click(menuName('Edit'));
    const undo = screen.getByRole('menuitem', { name: 'Undo' });
    expect(undo.getAttribute('aria-disabled')).toBe('true');
    await fireEvent.click(undo);
    expect(screen.queryByRole('menu')).not.toBeNull();
    expect(open.host.payloads('history.undo')).toEqual([]);
  });

  it('says what Undo would undo', async () => {
    await open.document.commit({ type: 'layer.opacity', layer: 'l', opacity: 0.5 });
    await fireEvent.click(menuName('Edit'));
    expect(screen.getByRole('menuitem', { name: /^Undo Opacity 100 % → 50 %/ })).toBeTruthy();
  });
});
