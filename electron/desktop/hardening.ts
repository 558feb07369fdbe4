/**
 * What no page in this program may ever do: ask for permissions (but to put a text on the clipboard), go to another address, open a window, embed a page. A file that
 * is dropped beside the drop target would navigate; that is refused too.
 */

import { app, session, type WebContents } from 'electron';
import { APP_ORIGIN } from '../../core/protocol/wire';

/** Text that the user asked to copy; reading the clipboard is another permission. */
const MAY_COPY = 'clipboard-sanitized-write';

/** Whether a frame may be at this address at all. */
export function isOwnAddress(address: string): boolean {
  return address === `${APP_ORIGIN}/` || address.startsWith(`${APP_ORIGIN}/#`);
}

function harden(contents: WebContents): void {
  // The page may load itself again and nothing else.
  contents.on('will-navigate', (details) => {
    if (!isOwnAddress(details.url)) details.preventDefault();
  });
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !isOwnAddress(details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => details.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** To be called when the app is ready and before there is a window. */
export function hardenEverything(): void {
  app.on('web-contents-created', (_, contents) => harden(contents));
  const own = session.defaultSession;
  own.setPermissionRequestHandler((_contents, permission, decide) => decide(permission === MAY_COPY));
  own.setPermissionCheckHandler((_contents, permission) => permission === MAY_COPY);
  own.setDevicePermissionHandler(() => false);
}
