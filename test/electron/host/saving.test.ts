// Projects on their way out and in again as downloads and uploads, through the contract alone, with the real engine and codec.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { logFromRecords, logToRecords, type LogRecord } from '../../../core/document/log-records';
import { readProject } from '../../../core/node/project/project-file';
import { projectName } from '../../../electron/host/file-names';
import {
  adding,
  changed,
  commit,
  edited,
  fetched,
  hostForAll,
  page,
  pixels,
  real,
  saved,
  stateOf,
  told,
  travel,
} from '../support/project-host';
import { valueOf } from '../../core/document/sample';
import { projectBytes } from '../../support/projects';
import { gradientPng, startRealHost, writePng } from '../support/real-host';

hostForAll(null);

/** The same project, whose history says that its picture is half as wide. */
async function ofAnotherWidth(file: Uint8Array): Promise<Uint8Array> {
  const { log, files } = valueOf(await readProject(file));
  const narrow = JSON.stringify(logToRecords(log)).replaceAll('"width":48', '"width":24');
  const told = valueOf(logFromRecords(JSON.parse(narrow) as readonly LogRecord[]));
  return projectBytes({ log: told, files });
}

describe('a saved document', () => {
  it('goes out as a download of its name, and is no longer unsaved', async () => {
    const state = await edited();
    expect(state).toMatchObject({ name: 'sea.png', dirty: true });
    const from = page.events.length;
    const answer = await page.call('document.save', { document: state.document.id, as: false });
    expect(answer).toMatchObject({ name: 'sea.burnish', bytes: (await fetched(answer.download)).length });
    expect(await page.event('document.changed', () => true, from)).toMatchObject({
      name: 'sea.burnish',
      dirty: false,
    });
  });

  it('comes back from its file with its history, at the same place, and can be undone and redone', async () => {
    const state = await edited();
    const before = await pixels(state);
    const file = await saved(state);
    await page.call('document.close', { document: state.document.id });

    let again = await page.open(file, 'copy.burnish');
    expect(told(again)).toEqual(told(state));
    expect(told(again).map(([, at]) => at)).toEqual(['done', 'current', 'later', 'discarded']);
    expect(again).toMatchObject({ name: 'copy.burnish', dirty: false });
    expect(again.document).toEqual(state.document);
    expect((await pixels(again)).equals(before)).toBe(true);
    again = await travel(again, 'history.undo');
    expect(again.undo).toBeNull();
    expect(
      (await pixels(again)).equals(
        await sharp(await gradientPng(48, 32))
          .raw()
          .toBuffer(),
      ),
    ).toBe(true);
    again = await travel(again, 'history.redo');
    expect((await pixels(again)).equals(before)).toBe(true);
    again = await travel(again, 'history.redo');
    expect(again.redo).toBeNull();
  });

  it('takes in the picture as it was opened, whatever has become of its file', async () => {
    const path = await writePng(real.folder, 'mine.png');
    const original = readFileSync(path);
    await real.host.openFiles([path]);
    writeFileSync(path, 'something else');
    const [state] = (await page.call('app.hello', {})).documents;
    const file = await saved(state);
    expect(file.includes(original)).toBe(true);
  });

  it('holds the log and nothing of a gesture under way', async () => {
    const state = await edited();
    const command = adding(state, 'negative');
    await page.call('edit.preview', { document: state.document.id, generation: page.next(), command });
    const file = await saved(state);
    await page.call('edit.abandon', { document: state.document.id, generation: page.next() });
    const again = await page.open(file, 'sea.burnish');
    expect(told(again)).toEqual(told(state));
  });

  it('holds pictures that only an undone step used', async () => {
    let state = await page.open(await gradientPng(48, 32), 'sea.png');
    const file = await page.upload(await gradientPng(20, 10), 'top.png');
    const { source } = await page.call('source.open', { document: state.document.id, file });
    state = await commit(state, { type: 'layer.add', time: 1, layer: 'm', source, name: 'Top', index: 1 });
    const both = await pixels(state);
    state = await travel(state, 'history.undo');
    const project = await saved(state);
    await page.call('document.close', { document: state.document.id });
    let again = await page.open(project, 'sea.burnish');
    again = await travel(again, 'history.redo');
    expect((await pixels(again)).equals(both)).toBe(true);
  });
});

describe('what counts as unsaved', () => {
  it('is where the document stands elsewhere than its file, and what the file lacks', async () => {
    let state = await edited();
    await saved(state);
    state = await travel(state, 'history.undo');
    expect(state.dirty).toBe(true);
    state = await travel(state, 'history.redo');
    expect(state.dirty).toBe(false);
    const entry = state.history.find((each) => each.state === 'current')?.id ?? -1;
    state = await commit(state, adding(state, 'gamma', { gamma: 3 }));
    expect(state.dirty).toBe(true);
    const { id } = state.document;
    state = await changed(() => page.call('history.goTo', { document: id, generation: page.next(), entry }));
    expect(state.dirty).toBe(true);
  });

  it('is not ended by an export', async () => {
    const state = await edited();
    await pixels(state);
    expect((await stateOf(state))?.dirty).toBe(true);
  });

  it('is nothing in a picture that stands where it was opened', async () => {
    const state = await travel(await edited(), 'history.undo');
    expect(state).toMatchObject({ undo: null, dirty: false });
  });

  it('stays so after a small copy, which is no file of the document’s own', async () => {
    const state = await edited();
    const { document } = state;
    const small = await page.call('document.save', { document: document.id, as: true, small: true });
    expect(small.name).toBe('sea-small.burnish');
    expect(await stateOf(state)).toMatchObject({ dirty: true, name: 'sea.png' });
    const again = await page.open(await fetched(small.download), 'sea-small.burnish');
    expect(told(again)).toEqual(told(state));
  });
});

describe('a project file', () => {
  it('that is damaged, or tells of another picture than it holds, is refused by name and leaves nothing', async () => {
    const state = await edited();
    const file = await saved(state);
    const [source] = Object.keys(state.document.sources);
    await page.call('document.close', { document: state.document.id });
    const other = await ofAnotherWidth(file);
    for (const [bytes, reason] of [
      [file.subarray(0, -30), 'the archive is cut off'],
      [other, 'not the picture that its history tells of'],
    ] as const) {
      const answer = await page.ask('document.open', { file: await page.upload(bytes, 'bad.burnish') });
      expect(answer).toMatchObject({
        ok: false,
        fault: {
          code: 'damaged',
          message: expect.stringMatching(new RegExp(`^bad\\.burnish: .*${reason}`)),
        },
      });
    }
    expect((await page.call('app.hello', {})).documents).toEqual([]);
    expect(real.engine.hasSource(source)).toBe(false);
  });

  it('is no layer', async () => {
    const state = await edited();
    const file = await page.upload(await saved(state), 'sea.burnish');
    expect(await page.ask('source.open', { document: state.document.id, file })).toMatchObject({
      ok: false,
      fault: { code: 'unsupported', message: 'sea.burnish is a project, not a picture' },
    });
  });
});

describe('the originals', () => {
  it('go with the document, and with the program', async () => {
    const kept = join(real.folder, 'data', 'originals', String(process.pid));
    const state = await edited();
    await saved(state);
    expect(readdirSync(kept)).toHaveLength(1);
    await page.call('document.close', { document: state.document.id });
    await expect.poll(() => readdirSync(kept)).toEqual([]);
    const whole = await startRealHost();
    const other = join(whole.folder, 'data', 'originals', String(process.pid));
    expect(existsSync(other)).toBe(true);
    await whole.host.close();
    expect(existsSync(other)).toBe(false);
    await whole.stop();
  });
});

describe('the name of a project', () => {
  it.each([
    ['harbour.jpg', 'harbour.burnish'],
    ['no ending', 'no ending.burnish'],
    ['../evil.png', 'evil.burnish'],
    ['...', 'picture.burnish'],
  ])('of %s is %s', (name, expected) => {
    expect(projectName(name)).toBe(expected);
  });
});
