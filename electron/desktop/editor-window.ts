/** The editor's window: sandboxed, isolated, without Node, and only ever at the editor's own address. */

import { BrowserWindow, screen } from 'electron';
import { APP_ORIGIN } from '../../core/protocol/wire';
import { readWindowState, SMALLEST, writeWindowState } from './window-state';

export interface EditorWindowParts {
  /** The built preload script. */
  readonly preload: string;
  /** Where the window's place is remembered. */
  readonly stateFile: string;
}

export function createEditorWindow({ preload, stateFile }: EditorWindowParts): BrowserWindow {
  const main = screen.getPrimaryDisplay().workArea;
  const screens = [main, ...screen.getAllDisplays().map((display) => display.workArea)];
  const { bounds, maximized } = readWindowState(stateFile, screens);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Burnish',
    backgroundColor: '#1d1d1d',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      // It would fetch dictionaries from the network.
      spellcheck: false,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    void writeWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  return window;
}

export function loadEditor(window: BrowserWindow): Promise<void> {
  return window.loadURL(`${APP_ORIGIN}/`);
}
