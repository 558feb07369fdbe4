import { describe, expect, it } from 'vitest';
import { allCommands } from '../../../renderer/commands/all-commands';
import { chordOf } from '../../../renderer/commands/keys';
import { MENUS } from '../../../renderer/commands/menu-command';
import { Session } from '../../../renderer/session/session.svelte';
import { menuTemplate } from '../../../electron/desktop/menu';
import { opening } from '../../core/document/sample';
import { FakeHost } from '../../support/fake-host';

const commands = allCommands(new Session(new FakeHost(opening())));

describe('the commands', () => {
  it('have ids of their own', () => {
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
  });

  it('have titles of their own, so that the palette can tell them apart', () => {
    expect(new Set(commands.map(({ title }) => title)).size).toBe(commands.length);
  });

  it('do not share keys', () => {
    const chords = commands.flatMap(({ keys = [] }) => keys.map((each) => JSON.stringify(chordOf(each))));
    expect(chords.filter((chord, at) => chords.indexOf(chord) !== at)).toEqual([]);
  });

  it('fill every menu', () => {
    for (const menu of MENUS) expect(commands.some((command) => command.menu === menu)).toBe(true);
  });

  it.each([
    ['Mod+O', 'Open'],
    ['Mod+S', 'Save'],
    ['Mod+Shift+S', 'Save as'],
    ['Mod+Shift+E', 'Export'],
    ['Mod+Alt+P', 'Export as Python'],
    ['Mod+Z', 'Undo'],
    ['Mod+Shift+Z', 'Redo'],
    ['Mod+Y', 'Redo'],
    ['Mod+I', 'Negative'],
    ['Mod+J', 'Duplicate layer'],
    ['Mod+Shift+N', 'Add layer from file'],
    ['Delete', 'Delete layer'],
    ['F2', 'Rename layer'],
    ['Mod+]', 'Move layer up'],
    ['Alt+[', 'Choose layer below'],
    ['Mod+0', 'Fit in window'],
    ['Mod+1', 'Actual size'],
    ['Mod+=', 'Zoom in'],
    ['Y', 'Before and after'],
    ['Mod+Shift+P', 'Search commands'],
    ['/', 'Search commands'],
    ['F1', 'Keyboard shortcuts'],
  ])('have %s for %s', (keys, title) => {
    expect(commands.find((command) => command.keys?.includes(keys))?.title).toBe(title);
  });

  it('are what the native menu calls by id', () => {
    const called: string[] = [];
    const visit = (items: ReturnType<typeof menuTemplate>): void => {
      for (const { id, submenu } of items) {
        if (id !== undefined) called.push(id);
        if (Array.isArray(submenu)) visit(submenu);
      }
    };
    visit(menuTemplate(() => undefined));
    expect(called.length).toBeGreaterThan(20);
    const known = new Set(commands.map(({ id }) => id));
    expect(called.filter((id) => !known.has(id))).toEqual([]);
  });
});
