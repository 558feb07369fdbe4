// Saving where there are native dialogs: a place that is asked for once, and what may go wrong there.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { isProject } from '../../../core/node/project/project-file';
import { changed, edited, hostForAll, page, real, stateOf, told, travel } from '../support/project-host';
import { silentDialogs } from '../support/silent-dialogs';

/** What the dialog was asked, and what it will answer. */
const asked: string[] = [];
const answers: (string | null)[] = [];

hostForAll({
  ...silentDialogs,
  chooseProject: (suggested) => {
    asked.push(suggested);
    return Promise.resolve(answers.shift() ?? null);
  },
});

beforeEach(() => {
  asked.length = answers.length = 0;
});

describe('a save', () => {
  it('asks once where to, then writes to that file', async () => {
    let state = await edited();
    const { id } = state.document;
    expect(await page.call('document.save', { document: id, as: false })).toMatchObject({ name: null });
    expect(await stateOf(state)).toMatchObject({ dirty: true });

    const path = join(real.folder, 'work.burnish');
    answers.push(path);
    const first = await page.call('document.save', { document: id, as: false });
    expect(first).toEqual({ name: 'work.burnish', download: null, bytes: readFileSync(path).length });
    state = await travel(state, 'history.redo');
    await page.call('document.save', { document: id, as: false });
    expect(asked).toEqual(['sea.burnish', 'sea.burnish']);
    expect(await stateOf(state)).toMatchObject({ dirty: false, name: 'work.burnish' });
    await page.call('document.close', { document: id });
    await real.host.openFiles([path]);
    const [again] = (await page.call('app.hello', {})).documents;
    expect(told(again)).toEqual(told(state));
  });

  it('is where the script of the edit finds pictures that have no path of their own', async () => {
    const state = await edited();
    const { id, sources } = state.document;
    expect((await page.call('script.make', { document: id })).nameless).toEqual(['sea.png']);
    const path = join(real.folder, 'scripted.burnish');
    answers.push(path);
    await page.call('document.save', { document: id, as: false });
    const { text, nameless } = await page.call('script.make', { document: id });
    expect(nameless).toEqual([]);
    const [source] = Object.keys(sources);
    expect(text).toContain(`PICTURES = [(${JSON.stringify(path)}, "burnish/sources/${source}.png")]`);
  });

  it('under another name begins at the old one, and goes on with the new', async () => {
    const state = await edited();
    const [one, two] = ['one.burnish', 'two.burnish'].map((name) => join(real.folder, name));
    answers.push(one, two);
    for (const as of [false, true, false])
      await page.call('document.save', { document: state.document.id, as });
    expect(asked).toEqual(['sea.burnish', one]);
    expect(await stateOf(state)).toMatchObject({ name: 'two.burnish' });
  });

  it('gives the file its ending, and replaces nothing that the dialog has not asked about', async () => {
    const state = await edited();
    answers.push(join(real.folder, 'plain'));
    const { id } = state.document;
    expect((await page.call('document.save', { document: id, as: true })).name).toBe('plain.burnish');
    const taken = join(real.folder, 'taken.burnish');
    writeFileSync(taken, 'mine');
    answers.push(join(real.folder, 'taken'));
    expect(await page.ask('document.save', { document: id, as: true })).toMatchObject({
      ok: false,
      fault: { code: 'exists', message: expect.stringContaining('taken.burnish') },
    });
    expect(readFileSync(taken, 'utf8')).toBe('mine');
  });

  it('that fails says why in one sentence, and the document stays unsaved', async () => {
    let state = await edited();
    const folder = join(real.folder, 'holiday');
    mkdirSync(folder);
    answers.push(join(folder, 'work.burnish'));
    const { id } = state.document;
    await page.call('document.save', { document: id, as: false });
    state = await travel(state, 'history.redo');
    rmSync(folder, { recursive: true });
    expect(await page.ask('document.save', { document: id, as: false })).toMatchObject({
      ok: false,
      fault: { code: 'unwritable', message: 'work.burnish: its folder does not exist' },
    });
    expect(await stateOf(state)).toMatchObject({ dirty: true });
  });

  it('leaves the file as it was where it is stopped, and no trace beside it', async () => {
    const state = await edited();
    const { id } = state.document;
    const path = join(real.folder, 'files', 'work.burnish');
    mkdirSync(join(real.folder, 'files'));
    answers.push(path);
    await page.call('document.save', { document: id, as: false });
    const before = readFileSync(path);
    await travel(state, 'history.redo');
    const saving = page.ask('document.save', { document: id, as: false });
    await page.call('document.cancelSave', { document: id });
    expect(await saving).toMatchObject({ ok: false, fault: { message: 'cancelled' } });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(join(real.folder, 'files'))).toEqual(['work.burnish']);
  });

  it('follows one that is under way, so that the newest state is what stays', async () => {
    let state = await edited();
    const { id } = state.document;
    const path = join(real.folder, 'work.burnish');
    answers.push(path);
    const first = page.call('document.save', { document: id, as: false });
    state = await travel(state, 'history.redo');
    const second = page.call('document.save', { document: id, as: false });
    expect((await Promise.all([first, second])).map(({ name }) => name)).toEqual([
      'work.burnish',
      'work.burnish',
    ]);
    expect((await stateOf(state))?.dirty).toBe(false);
    const again = await page.open(readFileSync(path), 'work.burnish');
    expect(told(again)).toEqual(told(state));
  });

  it('over a file that somebody else has written asks first, and replaces it only when told to', async () => {
    const state = await edited();
    const { id } = state.document;
    const path = join(real.folder, 'shared.burnish');
    const other = join(real.folder, 'mine.burnish');
    answers.push(path);
    await page.call('document.save', { document: id, as: false });
    writeFileSync(path, 'theirs');
    await travel(state, 'history.redo');
    expect(await page.ask('document.save', { document: id, as: false })).toMatchObject({
      ok: false,
      fault: {
        code: 'changed',
        message: expect.stringContaining('shared.burnish: it has changed on the disk'),
      },
    });
    expect(readFileSync(path, 'utf8')).toBe('theirs');
    expect(await stateOf(state)).toMatchObject({ dirty: true });
    const small = join(real.folder, 'small.burnish');
    answers.push(small, other);
    await page.call('document.save', { document: id, as: false, small: true });
    await page.call('document.save', { document: id, as: true });
    expect(readFileSync(path, 'utf8')).toBe('theirs');
    // From now on the other file is the document's own, and nobody has touched it.
    await travel(state, 'history.undo');
    await page.call('document.save', { document: id, as: false });
    writeFileSync(other, 'theirs too');
    await page.call('document.save', { document: id, as: false, overwrite: true });
    expect(isProject(readFileSync(other))).toBe(true);
    await page.call('document.save', { document: id, as: false });
    rmSync(other);
    await page.call('document.save', { document: id, as: false });
    expect(isProject(readFileSync(other))).toBe(true);
  });

  it('of a document that is closed meanwhile brings it not back', async () => {
    const state = await edited();
    answers.push(join(real.folder, 'work.burnish'));
    const saving = page.ask('document.save', { document: state.document.id, as: false });
    const from = page.events.length;
    await page.call('document.close', { document: state.document.id });
    await saving;
    const events = page.events.slice(from).map(({ event }) => event);
    expect(events).toContain('document.closed');
    expect(events).not.toContain('document.changed');
  });
});

describe('a project file on the disk', () => {
  it('that is open already is not opened twice; a copy of it is a document of its own', async () => {
    const state = await edited();
    const path = join(real.folder, 'work.burnish');
    answers.push(path);
    await page.call('document.save', { document: state.document.id, as: false });
    await real.host.openFiles([path]);
    expect((await page.call('app.hello', {})).documents).toHaveLength(1);

    const copy = join(real.folder, 'copy.burnish');
    writeFileSync(copy, readFileSync(path));
    await real.host.openFiles([copy, copy]);
    const { documents } = await page.call('app.hello', {});
    expect(documents.map(({ name }) => name)).toEqual(['work.burnish', 'copy.burnish']);
    expect(new Set(documents.map(({ document }) => document.id)).size).toBe(2);
    await page.call('document.close', { document: state.document.id });
    const after = await travel(documents[1], 'history.undo');
    await page.look(after);
    await page.settled();
  });

  it('is among the recent files once, however often it is saved', async () => {
    let state = await edited();
    const { id } = state.document;
    answers.push(join(real.folder, 'often.burnish'));
    for (const call of ['history.redo', 'history.undo'] as const) {
      const from = page.events.length;
      await page.call('document.save', { document: id, as: false });
      await page.event('recents.changed', ([first]) => first.name === 'often.burnish', from);
      state = await travel(state, call);
    }
    const { recents } = await page.call('app.hello', {});
    expect(recents.filter(({ name }) => name === 'often.burnish')).toHaveLength(1);
    const thumbnail = await real.host.resources(new Request(`http://host/${recents[0].thumbnail}`));
    expect(thumbnail.status).toBe(200);
    await page.call('document.close', { document: id });
    const again = await changed(() => page.call('recents.open', { recent: recents[0].id }));
    expect(again.name).toBe('often.burnish');
  });
});
