/** File: pictures come in and go out. */

import { momentOf } from '../session/measures';
import type { Session } from '../session/session.svelte';
import type { MenuCommand } from './menu-command';
import { replayCommands } from './replay-commands';

export function fileCommands(session: Session): readonly MenuCommand[] {
  return [
    {
      id: 'file.open',
      title: 'Open',
      asks: true,
      menu: 'File',
      section: 'open',
      keys: ['Mod+O'],
      keywords: ['load', 'picture', 'photo', 'import'],
      help: 'Opens pictures, each in a tab of its own',
      get enabled() {
        return session.writable && session.line.kind === 'open';
      },
      run: () => void openChosen(session),
    },
    {
      id: 'file.export',
      title: 'Export',
      asks: true,
      menu: 'File',
      section: 'export',
      keys: ['Mod+Shift+E'],
      keywords: ['save', 'download', 'jpeg', 'png', 'webp', 'tiff', 'avif'],
      help: 'Writes the picture to a file',
      get enabled() {
        return session.active !== null && session.line.kind === 'open';
      },
      run: () => (session.dialog = 'export'),
    },
    ...replayCommands(session),
    {
      id: 'file.close',
      title: 'Close picture',
      menuTitle: 'Close',
      menu: 'File',
      section: 'close',
      help: 'Closes the picture in front',
      get enabled() {
        return session.editable;
      },
      run: () => {
        if (session.active) session.askToClose(session.active);
      },
    },
  ];
}

/** The recent files as commands; made anew whenever the list changes. */
export function recentCommands(session: Session): readonly MenuCommand[] {
  return session.recents.slice(0, 8).map((recent) => ({
    id: `file.recent.${recent.id}`,
    title: recent.name,
    menu: 'File',
    section: 'Recent',
    enabled: session.writable && session.line.kind === 'open',
    run: (event) => void session.openings.openRecent(recent, momentOf(event)),
  }));
}

async function openChosen(session: Session): Promise<void> {
  const { files, at } = await session.chooser.choose(true);
  await session.openings.open(files, at);
}
