/** Edit, selection: all of the picture, nothing, or what is not selected now. None of them is a step of the history. */

import type { Session } from '../session/session.svelte';
import { takesText } from './keys';
import type { MenuCommand } from './menu-command';

export function selectionCommands(session: Session): readonly MenuCommand[] {
  const selected = (): boolean => (session.active?.selection.area ?? null) !== null;
  return [
    {
      id: 'edit.selectAll',
      title: 'Select all',
      menu: 'Edit',
      section: 'selection',
      keys: ['Mod+A'],
      keywords: ['whole picture', 'selection'],
      help: 'Selects every pixel of the picture',
      get enabled() {
        return session.active !== null;
      },
      run: () => {
        const focused = document.activeElement;
        const isText = focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement;
        // A native menu's key comes here also while a text is being typed.
        if (isText && takesText(focused)) focused.select();
        else session.active?.selection.all();
      },
    },
    {
      id: 'edit.selectNone',
      title: 'Select none',
      menu: 'Edit',
      section: 'selection',
      keys: ['Mod+D'],
      keywords: ['deselect', 'clear selection'],
      help: 'Takes the selection away',
      get enabled() {
        return selected();
      },
      run: () => session.active?.selection.none(),
    },
    {
      id: 'edit.invertSelection',
      title: 'Invert selection',
      menu: 'Edit',
      section: 'selection',
      keys: ['Mod+Shift+I'],
      keywords: ['inverse', 'selection', 'outside'],
      help: 'Selects what is not selected now',
      get enabled() {
        return session.active?.selection.canInvert === true;
      },
      run: () => session.active?.selection.invert(),
    },
  ];
}
