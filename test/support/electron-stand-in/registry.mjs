// What the program told the stand-in, and what a test has laid ready for it.

/** Schemes with their privileges and handlers. @type {Map<string, { privileges: object, handler?: (request: Request) => Promise<Response> }>} */
export const schemes = new Map();

/** Handlers of `ipcMain.handle`, by channel. @type {Map<string, Function>} */
export const handlers = new Map();

/** What the next dialogs answer. @type {unknown[]} */
export const answers = [];

/** Everything else that was set or happened. */
export const registry = {
  version: '0',
  permissionRequest: undefined,
  permissionCheck: undefined,
  devicePermission: undefined,
  menu: undefined,
  /** What dialogs were asked. */
  dialogs: [],
  /** Options of the windows that were made. */
  windows: [],
  /** Addresses that were refused, and how. */
  refused: [],
};
