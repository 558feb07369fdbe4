/** View: where one looks, and what of the window is to be seen. Nothing here changes a document. */

import type { Camera } from '../canvas/camera.svelte';
import { PANELS, type PanelName } from '../session/preferences.svelte';
import { PIXEL_NUMBERS, type PixelNumbers, type Session } from '../session/session.svelte';
import { THEMES, type Theme } from '../theme/theme';
import type { MenuCommand } from './menu-command';

export function viewCommands(session: Session): readonly MenuCommand[] {
  const open = (): boolean => session.active !== null;
  const camera = (
    command: Pick<MenuCommand, 'id' | 'title' | 'keys' | 'keywords'>,
    act: (camera: Camera) => void,
  ): MenuCommand => ({
    ...command,
    menu: 'View',
    section: 'Zoom',
    get enabled() {
      return open();
    },
    run: () => {
      if (session.active) act(session.active.camera);
    },
  });
  return [
    camera({ id: 'view.zoomIn', title: 'Zoom in', keys: ['Mod+=', 'Mod+Plus'], keywords: ['larger'] }, (it) =>
      it.step(1),
    ),
    camera({ id: 'view.zoomOut', title: 'Zoom out', keys: ['Mod+-'], keywords: ['smaller'] }, (it) =>
      it.step(-1),
    ),
    camera({ id: 'view.fit', title: 'Fit in window', keys: ['Mod+0'], keywords: ['whole', 'all'] }, (it) =>
      it.fit(),
    ),
    camera({ id: 'view.actual', title: 'Actual size', keys: ['Mod+1'], keywords: ['100 %', '1:1'] }, (it) =>
      it.zoomTo(1),
    ),
    {
      id: 'view.split',
      title: 'Before and after',
      menu: 'View',
      section: 'Compare and inspect',
      keys: ['Y'],
      keywords: ['split', 'compare', 'original'],
      help: 'Shows the untouched picture on the left and the edited one on the right',
      get enabled() {
        return open();
      },
      get checked() {
        return session.active?.show === 'both';
      },
      run: () => session.active?.setShow(session.active.show === 'both' ? 'after' : 'both'),
    },
    {
      id: 'view.pin',
      title: 'Pin pixel',
      menu: 'View',
      section: 'Compare and inspect',
      keys: ['P'],
      keywords: ['formula', 'inspect', 'probe', 'explain'],
      help: 'The panels keep speaking of the pixel under the pointer; the arrow keys move it, with Shift by 10',
      get enabled() {
        return open();
      },
      get checked() {
        return (session.active?.pin ?? null) !== null;
      },
      run: () => session.turnPin(),
    },
    {
      id: 'view.pixelGrid',
      title: 'Pixel grid',
      menu: 'View',
      section: 'Compare and inspect',
      keywords: ['lines', 'cells', 'raster', 'levels'],
      help: 'Lines between the pixels from 800 %, their levels from 3,200 %',
      get enabled() {
        return open();
      },
      get checked() {
        return session.pixelGrid;
      },
      run: () => (session.pixelGrid = !session.pixelGrid),
    },
    ...PIXEL_NUMBERS.map((name) => numbersCommand(session, name)),
    ...tools(session),
    ...PANELS.map((name) => panel(session, name)),
    {
      id: 'view.hidePanels',
      title: 'Hide panels',
      menu: 'View',
      section: 'Panels',
      keywords: ['sidebar', 'distraction'],
      enabled: true,
      get checked() {
        return session.preferences.panelsHidden;
      },
      run: () => (session.preferences.panelsHidden = !session.preferences.panelsHidden),
    },
    ...THEMES.map((name) => theme(session, name)),
    {
      id: 'view.fullScreen',
      title: 'Full screen',
      menu: 'View',
      section: 'Window',
      keys: ['F11'],
      enabled: true,
      run: () =>
        void (document.fullscreenElement
          ? document.exitFullscreen()
          : document.documentElement.requestFullscreen()),
    },
    turn(session, 'view.nextDocument', 'Next picture', ['Mod+Tab'], 1),
    turn(session, 'view.previousDocument', 'Previous picture', ['Mod+Shift+Tab'], -1),
  ];
}

const numbersTitles: Readonly<Record<PixelNumbers, string>> = {
  All: 'all channels',
  R: 'red',
  G: 'green',
  B: 'blue',
  Grey: 'grey',
};

function numbersCommand(session: Session, name: PixelNumbers): MenuCommand {
  return {
    id: `view.pixelNumbers${name}`,
    title: `Pixel levels of ${numbersTitles[name]}`,
    menu: 'View',
    section: 'Numbers in the cells',
    keywords: ['pixel grid', 'values', 'channel'],
    help: 'What stands in the cells of the pixel grid from 3,200 %',
    get enabled() {
      return session.active !== null && session.pixelGrid;
    },
    get checked() {
      return session.pixelNumbers === name;
    },
    run: () => (session.pixelNumbers = name),
  };
}

function tools(session: Session): readonly MenuCommand[] {
  const tool = (name: Session['tool'], title: string, keys: readonly string[]): MenuCommand => ({
    id: `view.${name}Tool`,
    title,
    menu: 'View',
    section: 'Tools',
    keys,
    get enabled() {
      return session.active !== null;
    },
    get checked() {
      return session.tool === name;
    },
    run: () => {
      session.tool = name;
      if (name === 'line') session.preferences.reveal('Profile');
    },
  });
  return [
    tool('hand', 'Hand tool', ['H']),
    tool('zoom', 'Zoom tool', ['Z']),
    tool('rectangle', 'Rectangle selection tool', ['M']),
    tool('ellipse', 'Ellipse selection tool', ['Shift+M']),
    tool('line', 'Line profile tool', ['L']),
  ];
}

const panelKeys: Readonly<Partial<Record<PanelName, readonly string[]>>> = {
  History: ['F6'],
  Layers: ['F7'],
  Formula: ['F8'],
  Pixels: ['Shift+F8'],
  Histogram: ['F9'],
  Profile: ['Shift+F9'],
  Fourier: ['Mod+F9'],
};

function panel(session: Session, name: PanelName): MenuCommand {
  const keys = panelKeys[name];
  return {
    id: `view.panel${name}`,
    title: `${name} panel`,
    menu: 'View',
    section: 'Panels',
    ...(keys && { keys }),
    enabled: true,
    get checked() {
      return !session.preferences.panelsHidden && session.preferences.panels[name].open;
    },
    run: () => {
      const { preferences } = session;
      const seen = !preferences.panelsHidden && preferences.panels[name].open;
      if (seen) preferences.setPanel(name, { open: false });
      else preferences.reveal(name);
    },
  };
}

const themeTitles: Readonly<Record<Theme, string>> = {
  dark: 'Dark theme',
  light: 'Light theme',
  system: 'System theme',
};

function theme(session: Session, name: Theme): MenuCommand {
  return {
    id: `view.theme.${name}`,
    title: themeTitles[name],
    menu: 'View',
    section: 'Theme',
    keywords: ['appearance', 'colours', 'bright', 'night'],
    enabled: true,
    get checked() {
      return session.preferences.theme === name;
    },
    run: () => (session.preferences.theme = name),
  };
}

function turn(
  session: Session,
  id: string,
  title: string,
  keys: readonly string[],
  direction: 1 | -1,
): MenuCommand {
  return {
    id,
    title,
    menu: 'View',
    section: 'Window',
    keys,
    get enabled() {
      return session.tabs.length > 1;
    },
    run: () => session.turn(direction),
  };
}
