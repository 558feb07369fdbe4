// What stands on the canvas while a control moves, after it rests, and after an undo: never an older state, and in the end the
// exact picture.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { writePhoto } from '../support/make-photo.mjs';
import { Editor, startServer, type Server } from './support/editor';

let folder: string;
let server: Server;
let page: Page;
let editor: Editor;

test.beforeAll(async ({ browser }) => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-frames-'));
  const photo = await writePhoto(join(folder, 'photo.jpg'), 2400, 1700);
  server = await startServer(photo);
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  editor = new Editor(page);
  await page.route('**/frames/**', async (route) => {
    await gate;
    // The page may have given it up meanwhile.
    await route.continue().catch(() => undefined);
  });
  await page.goto(server.url);
  await editor.canvas.waitFor();
  await editor.settled();
});

test.afterAll(async () => {
  await page.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test.describe.configure({ mode: 'serial' });

/** Every pixel of the canvas, in a short text. */
async function shown(): Promise<string> {
  return editor.canvas.evaluate(async (element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('the canvas is a canvas');
    const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
    const digest = await crypto.subtle.digest('SHA-256', data);
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  });
}

interface Measure {
  readonly name: string;
  readonly exact: boolean;
}

async function measures(): Promise<readonly Measure[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('measure')
      .filter(({ name }) => name.startsWith('burnish:'))
      .map((entry) => ({
        name: entry.name,
        exact: (entry as PerformanceMeasure & { detail: { exact: boolean } }).detail.exact,
      })),
  );
}

/** What frames wait for before they come. */
let gate = Promise.resolve();

/** Keeps frames from coming until the returned function is called. */
function holdFramesBack(): () => void {
  let open = (): void => undefined;
  gate = new Promise<void>((resolve) => (open = resolve));
  return open;
}

const held = () => page.waitForResponse((response) => /\/frames\/held-/.test(response.url()));
const number = (title: string, label: string) =>
  editor.parameters(title).getByRole('spinbutton', { name: label, exact: true });

test('a table is drawn by the page while it is dragged, with the bytes that the exact frame has', async () => {
  const first = held();
  await editor.addOperation('Gamma');
  await editor.settled();
  await first;
  const whole = held();
  await page.keyboard.press('Control+1');
  await editor.settled();
  await whole;

  // What moves on the canvas now is the page's own.
  const release = holdFramesBack();
  const before = await shown();
  const slider = editor.parameters('Gamma').getByRole('slider', { name: 'Gamma', exact: true });
  const box = await slider.boundingBox();
  if (box === null) throw new Error('the slider is not on the page');
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2);
  await page.mouse.down();
  let share = 0.7;
  const move = async (): Promise<string> => {
    // What lies beneath may still be on its way at the first.
    share = share === 0.7 ? 0.65 : 0.7;
    await page.mouse.move(box.x + box.width * share, box.y + box.height / 2);
    return shown();
  };
  await expect.poll(move).not.toBe(before);
  const own = await shown();
  await expect(editor.canvas).toHaveAttribute('aria-busy', 'true');
  release();
  await page.mouse.up();
  await editor.settled();
  expect(await shown()).toBe(own);
});

test('an undo and a redo show what was there, without a request', async () => {
  await editor.settled();
  const after = await shown();
  const value = await number('Gamma', 'Gamma').inputValue();
  await page.keyboard.press('Control+z');
  await editor.settled();
  const before = await shown();
  expect(before).not.toBe(after);
  await page.keyboard.press('Control+Shift+z');
  await editor.settled();
  const release = holdFramesBack();
  for (const wanted of [before, after]) {
    await page.keyboard.press(wanted === before ? 'Control+z' : 'Control+Shift+z');
    expect(await shown()).toBe(wanted);
    await editor.settled();
    expect(await shown()).toBe(wanted);
  }
  release();
  expect(await number('Gamma', 'Gamma').inputValue()).toBe(value);
});

test('a preview comes before the exact frame, and the newest value is what stays', async () => {
  await page.keyboard.press('Control+0');
  await editor.addOperation('Box blur');
  await editor.settled();
  await page.evaluate(() => performance.clearMeasures());
  await editor.dragSlider(editor.parameters('Box blur').getByRole('slider', { name: 'Size' }), 0.6);
  await editor.settled();
  const seen = await measures();
  expect(seen.find(({ name }) => name === 'burnish:frame')?.exact).toBe(false);
  expect(seen.at(-1)).toEqual({ name: 'burnish:settled', exact: true });
  const dragged = await shown();
  const value = Number(await number('Box blur', 'Size').inputValue());
  await editor.setNumber('Box blur', 'Size', 3);
  await editor.settled();
  expect(await shown()).not.toBe(dragged);
  await editor.setNumber('Box blur', 'Size', value);
  await editor.settled();
  expect(await shown()).toBe(dragged);
});

test('work that is overtaken is given up, and what follows is the same picture', async () => {
  await editor.setNumber('Box blur', 'Size', 9);
  await editor.settled();
  const before = await shown();
  for (const title of ['Median', 'Bilateral']) {
    await editor.addOperation(title);
    await page.keyboard.press('Control+z');
    await editor.settled();
    expect(await shown()).toBe(before);
  }
});
