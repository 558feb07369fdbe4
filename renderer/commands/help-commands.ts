/** Help: finding commands and keys, and learning what they do. */

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
      id: 'help.lessons',
      title: 'Lessons',
      asks: true,
      menu: 'Help',
      section: 'learn',
      keywords: ['learn', 'tutorial', 'course', 'teach', 'guide'],
      help: 'What the operations compute, shown on sample pictures',
      enabled: true,
      run: () => (session.dialog = 'lessons'),
    },
    turn(session, 'help.nextPage', 'Next page of the lesson', 'Alt+PageDown', 1),
    turn(session, 'help.previousPage', 'Previous page of the lesson', 'Alt+PageUp', -1),
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

function turn(session: Session, id: string, title: string, keys: string, by: 1 | -1): MenuCommand {
  return {
    id,
    title,
    menu: 'Help',
    section: 'learn',
    keys: [keys],
    keywords: ['lesson', 'learn'],
    get enabled() {
      return session.learning.current?.canTurn(by) ?? false;
    },
    run: (event) => void session.learning.current?.turn(by, event),
  };
}
