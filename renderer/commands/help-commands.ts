/** Help: finding commands and keys. */

import type { Session } from '../session/session.svelte';
import type { MenuCommand } from './menu-command';

export function helpCommands(session: Session): readonly MenuCommand[] {
  return [
    {
      id: 'help.palette',
      title: 'Search commands',
      asks: true,
      menu: 'Help',
      section: 'find',
      keys: ['Mod+Shift+P', '/'],
      keywords: ['palette', 'find'],
      enabled: true,
      run: () => (session.dialog = 'palette'),
    },
    {
      id: 'help.keys',
      title: 'Keyboard shortcuts',
      menu: 'Help',
      section: 'find',
      keys: ['F1'],
      keywords: ['keys', 'sheet'],
      enabled: true,
      run: () => (session.dialog = 'keys'),
    },
    {
      id: 'help.about',
      title: 'About Burnish',
      menu: 'Help',
      section: 'about',
      keywords: ['version'],
      enabled: true,
      run: () => (session.dialog = 'about'),
    },
  ];
}
