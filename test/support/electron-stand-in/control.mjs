// How a test reaches in from its own process: messages with a verb, answered by their results.
import { app } from './app.mjs';
import { answers, handlers, registry, schemes } from './registry.mjs';
import { BrowserWindow } from './window.mjs';

const contents = () => BrowserWindow.getAllWindows()[0].webContents;
const page = () => contents().page;

/** Each verb takes the message's own fields. */
const verbs = {
  /** Runs an expression in the page's own world. */
  evaluate: ({ expression }) => page().evaluate(expression),
  press: ({ keys }) => page().keyboard.press(keys),
  type: ({ text }) => page().keyboard.type(text),
  title: () => page().title(),
  answerDialog: ({ answer }) => void answers.push(answer),
  /** A call from a frame of the test's making. */
  invokeAs: ({ frame, channel, words }) => contents().invokeAs(frame, channel, words),
  /** Whether the program would let a frame go there. */
  mayNavigate: ({ address, isMainFrame }) => contents().mayNavigate(address, isMainFrame),
  /** What the permission handlers say. */
  permission: ({ permission }) => ({
    request: new Promise((decide) => registry.permissionRequest(contents(), permission, decide)),
    check: registry.permissionCheck(contents(), permission),
    device: registry.devicePermission({ deviceType: permission }),
  }),
  secondInstance: ({ words, folder }) => void app.emit('second-instance', {}, words, folder),
  openFile: ({ path }) => void app.emit('open-file', { preventDefault: () => undefined }, path),
  closeWindow: () => void BrowserWindow.getAllWindows()[0].close(),
  facts: () => ({
    windows: registry.windows,
    dialogs: registry.dialogs,
    refused: registry.refused,
    menu: registry.menu ?? null,
    sandboxed: app.sandboxed,
    userData: app.getPath('userData'),
    channels: [...handlers.keys()],
    schemes: [...schemes].map(([scheme, { privileges }]) => ({ scheme, privileges })),
  }),
};

async function settled(value) {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(async ([name, part]) => [name, await part]);
  return Array.isArray(value) ? value : Object.fromEntries(await Promise.all(entries));
}

export function serveControl() {
  process.on('message', async ({ id, verb, ...fields }) => {
    try {
      process.send({ id, value: (await settled(await verbs[verb](fields))) ?? null });
    } catch (error) {
      process.send({ id, error: String(error) });
    }
  });
}
