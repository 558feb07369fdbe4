// OpenRaster files through the editor's host: opened as layers, exported as layers.
import { expect, it } from 'vitest';
import { isOpenRaster, isProject } from '../../../core/node/project/project-file';
import { edited, fetched, hostForAll, page, pixels, stateOf } from '../support/project-host';

hostForAll(null);

it('a document that is exported as OpenRaster opens again as its layers, unchanged and without a file of its own', async () => {
  const state = await edited();
  const options = { format: 'ora' } as const;
  const { download, name } = await page.call('export.save', { document: state.document.id, options });
  expect(name).toBe('sea-edited.ora');
  const bytes = await fetched(download);
  expect([isOpenRaster(bytes), isProject(bytes)]).toEqual([true, false]);
  const { bytes: estimated } = await page.call('export.estimate', { document: state.document.id, options });
  expect(estimated).toBe(bytes.length);

  const again = await page.open(bytes, 'drawing.ora');
  expect(again).toMatchObject({ name: 'drawing.ora', dirty: false, undo: null });
  expect(again.history.map(({ text }) => text)).toEqual(['Opened drawing.ora']);
  expect(again.document.layers.map((layer) => layer.name)).toEqual(['Background']);
  expect((await pixels(again)).equals(await pixels(state))).toBe(true);

  const saved = await page.call('document.save', { document: again.document.id, as: false });
  expect(saved.name).toBe('drawing.burnish');
  expect(isProject(await fetched(saved.download))).toBe(true);
  expect(await stateOf(again)).toMatchObject({ dirty: false, name: 'drawing.burnish' });
});

it('a broken one is refused by name, and leaves nothing', async () => {
  const state = await edited();
  const { download } = await page.call('export.save', {
    document: state.document.id,
    options: { format: 'ora' },
  });
  const bytes = await fetched(download);
  const file = await page.upload(bytes.subarray(0, bytes.length - 40), 'cut.ora');
  const answer = await page.ask('document.open', { file });
  expect(answer).toMatchObject({ ok: false, fault: { code: 'damaged' } });
  expect(answer.ok ? '' : answer.fault.message).toMatch(/^cut\.ora: /);
  expect((await page.call('app.hello', {})).documents).toHaveLength(1);
});
