/** A page on a host of its own, and what tests of project files do with it: edit, save, open again. */

import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { Command } from '../../../core/document/command';
import type { DocumentState } from '../../../core/protocol/contract';
import type { NativeDialogs } from '../../../electron/host/dialogs';
import { step } from '../../core/document/sample';
import { gradientPng, startRealHost, type RealHost, type TestPage } from './real-host';

export let real: RealHost;
export let page: TestPage;

/** One host for all tests of a file, which leave it without documents. */
export function hostForAll(dialogs: NativeDialogs | null): void {
  beforeAll(async () => {
    real = await startRealHost({ dialogs });
    page = real.page();
  });
  afterEach(async () => {
    const { documents } = await page.call('app.hello', {});
    for (const { document } of documents) await page.call('document.close', { document: document.id });
    expect(real.complaints).toEqual([]);
  });
  afterAll(() => real.stop());
}

let steps = 0;

export function adding({ document }: DocumentState, operation: string, params = {}): Command {
  const added = step(`s${++steps}`, operation, params);
  const [layer] = document.layers;
  return { type: 'step.add', time: steps * 10_000, owner: layer.id, step: added, index: layer.stack.length };
}

/** Makes a call that changes the document and gives its new state. */
export async function changed(act: () => Promise<unknown>): Promise<DocumentState> {
  const from = page.events.length;
  await act();
  return page.event('document.changed', () => true, from);
}

export const commit = (state: DocumentState, command: Command): Promise<DocumentState> =>
  changed(() => page.call('edit.commit', { document: state.document.id, generation: page.next(), command }));

export const travel = (state: DocumentState, call: 'history.undo' | 'history.redo'): Promise<DocumentState> =>
  changed(() => page.call(call, { document: state.document.id, generation: page.next() }));

export async function stateOf({ document }: DocumentState): Promise<DocumentState | undefined> {
  const { documents } = await page.call('app.hello', {});
  return documents.find((state) => state.document.id === document.id);
}

export async function fetched(download: string | null): Promise<Buffer> {
  const response = await real.host.resources(new Request(`http://host/${download}`));
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

/** The document as a project file. */
export async function saved(state: DocumentState): Promise<Buffer> {
  const { download } = await page.call('document.save', { document: state.document.id, as: false });
  return fetched(download);
}

export async function pixels({ document }: DocumentState): Promise<Buffer> {
  const { download } = await page.call('export.save', { document: document.id, options: { format: 'png' } });
  return sharp(await fetched(download))
    .raw()
    .toBuffer();
}

export const told = ({ history }: DocumentState) => history.map(({ text, state }) => [text, state]);

/** A picture with three steps done, one of them undone, and one discarded before. */
export async function edited(name = 'sea.png'): Promise<DocumentState> {
  let state = await page.open(await gradientPng(48, 32), name);
  state = await commit(state, adding(state, 'gamma', { gamma: 2 }));
  state = await travel(state, 'history.undo');
  state = await commit(state, adding(state, 'negative'));
  state = await commit(state, adding(state, 'boxBlur', { size: 3 }));
  return travel(state, 'history.undo');
}
