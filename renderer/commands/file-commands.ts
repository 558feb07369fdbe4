/** File: pictures come in and go out. */

import { momentOf } from '../session/measures';
import { saveDocument, type SaveWish } from '../session/saving';
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
      id: 'file.samples',
      title: 'Open a sample picture',
      asks: true,
      menu: 'File',
      section: 'open',
      keywords: ['example', 'try', 'demo', 'test'],
      help: 'Pictures that come with Burnish, to try things on',
      get enabled() {
        return session.writable && session.line.kind === 'open';
      },
      run: () => (session.dialog = 'samples'),
    },
    {
      id: 'file.save',
      title: 'Save',
      menu: 'File',
      section: 'save',
      keys: ['Mod+S'],
      keywords: ['project', 'keep', 'burnish'],
      help: 'Writes the picture with its whole history to a project file',
      get enabled() {
        return session.editable;
      },
      run: () => save(session, { as: false }),
    },
    {
      id: 'file.saveAs',
      title: 'Save as',
      asks: true,
      menu: 'File',
      section: 'save',
      keys: ['Mod+Shift+S'],
      keywords: ['project', 'copy', 'burnish'],
      help: 'Writes the project to another file and goes on with that one',
      get enabled() {
        return session.editable;
      },
      run: () => save(session, { as: true }),
    },
    {
      id: 'file.saveSmall',
      title: 'Save a small copy',
      asks: true,
      menu: 'File',
      section: 'save',
      keywords: ['project', 'openraster', 'burnish'],
      help: 'Writes a copy of the project without the pictures that only other programs need',
      get enabled() {
        return session.editable;
      },
      run: () => save(session, { as: true, small: true }),
    },
    {
      id: 'file.export',
      title: 'Export',
      asks: true,
      menu: 'File',
      section: 'export',
      keys: ['Mod+Shift+E'],
      keywords: ['download', 'jpeg', 'png', 'webp', 'tiff', 'avif'],
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
        if (session.active) void session.askToClose(session.active);
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

function save(session: Session, wish: SaveWish): void {
  if (session.active) void saveDocument(session, session.active, wish);
}

async function openChosen(session: Session): Promise<void> {
  const { files, at } = await session.chooser.choose(true);
  await session.openings.open(files, at);
}
