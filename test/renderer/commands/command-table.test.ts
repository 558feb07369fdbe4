import { describe, expect, it, vi, type Mock } from 'vitest';
import { CommandTable } from '../../../renderer/commands/command-table';
import type { MenuCommand } from '../../../renderer/commands/menu-command';

function command(
  id: string,
  keys: readonly string[],
  enabled = true,
): MenuCommand & { run: Mock<(event: Event) => void> } {
  return { id, title: id, menu: 'Edit', section: '', keys, enabled, run: vi.fn() };
}

const press = (key: string, held: KeyboardEventInit = {}): KeyboardEvent =>
  new KeyboardEvent('keydown', { key, ...held });

describe('a press of a key', () => {
  const field = document.createElement('input');
  const slider = document.createElement('input');
  slider.type = 'range';

  it('runs its command', () => {
    const undo = command('undo', ['Mod+Z']);
    const event = press('z', { ctrlKey: true });
    expect(new CommandTable([undo], false).handle(event, null)).toBe(true);
    expect(undo.run).toHaveBeenCalledWith(event);
  });

  it('does nothing in a text field where it is a letter, but Ctrl combinations do', () => {
    const split = command('split', ['Y']);
    const undo = command('undo', ['Mod+Z']);
    const table = new CommandTable([split, undo], false);
    expect(table.handle(press('y'), field)).toBe(false);
    expect(table.handle(press('z', { ctrlKey: true }), field)).toBe(true);
    expect(table.handle(press('y'), slider)).toBe(true);
    expect(split.run).toHaveBeenCalledTimes(1);
  });

  it('is kept from the browser even where its command is not to be had', () => {
    const undo = command('undo', ['Mod+Z'], false);
    expect(new CommandTable([undo], false).handle(press('z', { ctrlKey: true }), null)).toBe(true);
    expect(undo.run).not.toHaveBeenCalled();
  });

  it('is left alone where a control has used it or text is being composed', () => {
    const undo = command('undo', ['Mod+Z']);
    const table = new CommandTable([undo], false);
    const used = press('z', { ctrlKey: true, cancelable: true });
    used.preventDefault();
    expect(table.handle(used, null)).toBe(false);
    expect(table.handle(press('z', { ctrlKey: true, isComposing: true }), null)).toBe(false);
  });
});

describe('a command', () => {
  it('runs by its id where it is to be had', () => {
    const on = command('on', []);
    const off = command('off', [], false);
    const table = new CommandTable([on, off], false);
    for (const id of ['on', 'off', 'unknown']) table.run(id, new Event('menu'));
    expect(on.run).toHaveBeenCalledTimes(1);
    expect(off.run).not.toHaveBeenCalled();
  });
});
