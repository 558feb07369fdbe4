/**
 * Calls from the page over Electron's IPC: one channel in, one out. Who calls is checked before what is called: the main
 * frame of the editor's own window, at the editor's own origin. What is called is checked by the gate, as in the browser shell.
 */

import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { fail } from '../../core/raster/fault';
import { APP_ORIGIN, CALL_CHANNEL, EVENT_CHANNEL } from '../../core/protocol/wire';
import type { Connectable, Connected } from '../host/client';

/** Whether a call comes from the page of `contents` itself. */
export function isFromPage(event: IpcMainInvokeEvent, contents: WebContents): boolean {
  const { sender, senderFrame } = event;
  if (sender !== contents || senderFrame === null || senderFrame !== sender.mainFrame) return false;
  return senderFrame.origin === APP_ORIGIN;
}

/** Connects the page of one window with the host. A page that is loaded again is a new one. */
export function connectPage(contents: WebContents, host: Connectable): void {
  let line: Connected | null = null;
  const leave = (): void => {
    line?.close();
    line = null;
  };
  const connect = (): Connected =>
    host.connect({
      send: (event) => {
        if (!contents.isDestroyed()) contents.send(EVENT_CHANNEL, event);
      },
    });

  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, payload: unknown) => {
    if (!isFromPage(event, contents)) return fail('refused', 'only the editor itself may call');
    line ??= connect();
    return line.handle(name, payload);
  });
  contents.on('did-start-navigation', (details) => {
    if (details.isMainFrame && !details.isSameDocument) leave();
  });
  contents.on('render-process-gone', (_, { reason }) => {
    leave();
    if (reason !== 'clean-exit' && !contents.isDestroyed()) contents.reload();
  });
  contents.once('destroyed', () => {
    leave();
    ipcMain.removeHandler(CALL_CHANNEL);
  });
}
