/** Edit: there and back in the history. */

import type { Session } from '../session/session.svelte';
import type { MenuCommand } from './menu-command';

export function editCommands(session: Session): readonly MenuCommand[] {
  return [
    {
      id: 'edit.undo',
      title: 'Undo',
      get menuTitle() {
        return session.active?.state.undo ?? 'Undo';
      },
      menu: 'Edit',
      section: 'history',
      keys: ['Mod+Z'],
      get enabled() {
        return session.editable && session.active?.canUndo === true;
      },
      run: (event) => session.active?.undo(event),
    },
    {
      id: 'edit.redo',
      title: 'Redo',
      get menuTitle() {
        return session.active?.state.redo ?? 'Redo';
      },
      menu: 'Edit',
      section: 'history',
      keys: ['Mod+Shift+Z', 'Mod+Y'],
      get enabled() {
        return session.editable && session.active?.canRedo === true;
      },
      run: (event) => session.active?.redo(event),
    },
    {
      id: 'edit.previous',
      title: 'Previous ⇄ current',
      menu: 'Edit',
      section: 'compare',
      keys: ['Mod+Alt+Z'],
      keywords: ['compare', 'toggle', 'flicker'],
      help: 'Goes to the state before this one, and back, to compare them',
      get enabled() {
        return session.editable && session.active?.hasPrevious === true;
      },
      run: (event) => session.active?.goToPrevious(event),
    },
  ];
}
