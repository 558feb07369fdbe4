import { beforeEach, describe, expect, it } from 'vitest';
import { allCommands } from '../../../renderer/commands/all-commands';
import { CommandTable } from '../../../renderer/commands/command-table';
import { openSession, type OpenSession } from '../../support/open-session';

let open: OpenSession;
let table: CommandTable;
const press = (key: string, focused: Element | null, shiftKey = false): boolean =>
  table.handle(new KeyboardEvent('keydown', { key, ctrlKey: true, shiftKey }), focused);

beforeEach(async () => {
  open = await openSession();
  table = new CommandTable(allCommands(open.session), false);
  document.body.replaceChildren();
});

describe('the commands of the selection', () => {
  it('have their keys: all, none, and what is not selected', () => {
    const { selection } = open.document;
    press('a', document.body);
    expect(selection.area).toEqual({
      shape: 'rectangle',
      x: 0,
      y: 0,
      width: 640,
      height: 480,
      inverted: false,
    });
    expect(table.get('edit.invertSelection').enabled).toBe(false);
    press('d', document.body);
    expect(selection.area).toBeNull();
    expect(table.get('edit.selectNone').enabled).toBe(false);
    selection.set({ shape: 'ellipse', x: 1, y: 2, width: 3, height: 4, inverted: false });
    press('I', document.body, true);
    expect(selection.area?.inverted).toBe(true);
  });

  it('leave a text that is being typed to itself, also where the key comes by a native menu', () => {
    const field = document.body.appendChild(document.createElement('input'));
    field.value = 'gamma';
    field.focus();
    expect(press('a', field)).toBe(false);
    table.run('edit.selectAll', new Event('menu'));
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, 5]);
    expect(open.document.selection.area).toBeNull();
    field.type = 'range';
    table.run('edit.selectAll', new Event('menu'));
    expect(open.document.selection.area).not.toBeNull();
  });

  it('take the tools into the hand, and the line tool shows its panel', () => {
    const tool = (key: string, shiftKey = false): string => {
      table.handle(new KeyboardEvent('keydown', { key, shiftKey }), document.body);
      return open.session.tool;
    };
    expect([tool('m'), tool('M', true), tool('h')]).toEqual(['rectangle', 'ellipse', 'hand']);
    open.session.preferences.setPanel('Profile', { open: false });
    expect(tool('l')).toBe('line');
    expect(open.session.preferences.panels.Profile.open).toBe(true);
  });
});
