/** A menu's commands in their sections, in the order in which both first come. */

import type { MenuCommand, MenuName } from './menu-command';

export interface Section {
  readonly name: string;
  readonly commands: readonly MenuCommand[];
}

export function sectionsOf(commands: readonly MenuCommand[], menu: MenuName): readonly Section[] {
  const own = commands.filter((command) => command.menu === menu);
  const names = [...new Set(own.map(({ section }) => section))];
  return names.map((name) => ({ name, commands: own.filter(({ section }) => section === name) }));
}
