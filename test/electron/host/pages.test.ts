// Several pages on one host, files from the command line, and what happens when something breaks.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '../../../core/document/command';
import { fail, succeed } from '../../../core/raster/fault';
import { gradientPng, startRealHost, writePng, type RealHost } from '../support/real-host';

let real: RealHost;

beforeEach(async () => {
  real = await startRealHost({ grace: 200 });
});

afterEach(() => real.stop());

const opacity = (layer: string, value: number): Command => ({
  type: 'layer.opacity',
  time: 1,
  layer,
  opacity: value,
});

describe('a page that comes while a file is being opened', () => {
  it('is told of the opening or of the document, never of both', async () => {
    const path = await writePng(real.folder, 'sea.png');
    const told: Promise<readonly number[]>[] = [];
    const counted = async (): Promise<readonly number[]> => {
      const answer = await late.ask('app.hello', {});
      return answer.ok ? [answer.value.opening.length, answer.value.documents.length] : [];
    };
    const late = real.page();
    real.host.connect({
      send: ({ event }) => {
        if (event === 'document.opening' || event === 'document.changed') told.push(counted());
      },
    });
    await real.host.openFiles([path]);
    told.push(counted());
    expect((await Promise.all(told)).map(String)).toEqual(['1,0', '0,1', '0,1']);
  });
});

describe('a second page', () => {
  it('looks on: it sees what the first does, and is refused every change with the reason', async () => {
    const [first, second] = [real.page(), real.page()];
    const state = await first.open(await gradientPng(40, 30), 'sea.png');
    const { id, layers } = state.document;
    expect(await second.call('app.hello', {})).toMatchObject({
      writable: false,
      reason: expect.stringContaining('another window'),
      documents: [{ document: { id } }],
    });
    await second.look(state);
    const before = await second.settled();

    const refused = [
      second.ask('edit.commit', { document: id, generation: 9, command: opacity(layers[0].id, 0.5) }),
      second.ask('edit.preview', { document: id, generation: 9, command: opacity(layers[0].id, 0.5) }),
      second.ask('history.undo', { document: id, generation: 9 }),
      second.ask('document.close', { document: id }),
      second.ask('document.open', { file: 'x' }),
      second.ask('export.save', { document: id, options: { format: 'png' } }),
    ];
    for (const answer of await Promise.all(refused))
      expect(answer).toMatchObject({ ok: false, fault: { code: 'refused' } });

    const from = second.events.length;
    await first.call('edit.commit', {
      document: id,
      generation: first.next(),
      command: opacity(layers[0].id, 0.5),
    });
    const changed = await second.event('document.changed', () => true, from);
    expect(changed.document.layers[0].opacity).toBe(0.5);
    const after = await second.event('frame.ready', ({ exact }) => exact, from);
    expect(after.key).not.toBe(before.key);
    expect(after.generation).toBe(before.generation);
  });

  it('takes over when the first has been gone for a while, and finds everything as it was', async () => {
    const [first, second] = [real.page(), real.page()];
    const state = await first.open(await gradientPng(40, 30), 'sea.png');
    const { id, layers } = state.document;
    first.line.away();
    expect((await second.call('app.hello', {})).writable).toBe(false);
    await second.event('writable', ({ writable }) => writable);
    await second.call('edit.commit', { document: id, generation: 1, command: opacity(layers[0].id, 0.5) });
    first.line.back();
    await first.event('writable', ({ writable, reason }) => !writable && reason !== '');
    expect(await first.ask('history.undo', { document: id, generation: 2 })).toMatchObject({ ok: false });
  });
});

describe('a gesture under way', () => {
  it('is forgotten when another page has taken over, and when its page is gone', async () => {
    const [first, second, third] = [real.page(), real.page(), real.page()];
    const state = await first.open(await gradientPng(40, 30), 'sea.png');
    const { id, layers } = state.document;
    await third.look(state);
    const untouched = (await third.settled()).key;
    for (const [editing, end] of [
      [first, () => first.line.away()],
      [second, () => second.line.close()],
    ] as const) {
      let from = third.events.length;
      await editing.call('edit.preview', {
        document: id,
        generation: 1,
        command: opacity(layers[0].id, 0.5),
      });
      await third.event('frame.ready', ({ exact, key }) => exact && key !== untouched, from);
      from = third.events.length;
      end();
      await third.event('frame.ready', ({ exact, key }) => exact && key === untouched, from);
    }
  });
});

describe('files of the command line', () => {
  it('are opened one after the other; what fails is told by name, and the rest is opened', async () => {
    const page = real.page();
    const good = await writePng(real.folder, 'good.png');
    const last = await writePng(real.folder, 'last.png', 8, 8);
    writeFileSync(join(real.folder, 'bad.jpg'), 'no picture');
    await real.host.openFiles([good, join(real.folder, 'gone.png'), join(real.folder, 'bad.jpg'), last]);
    const alerts = page.events.flatMap(({ event, data }) => (event === 'alert' ? [data.message] : []));
    expect(alerts).toHaveLength(2);
    expect(alerts[0]).toContain('gone.png');
    expect(alerts[1]).toContain('bad.jpg');
    const { documents, opening } = await page.call('app.hello', {});
    expect(documents.map(({ document }) => document.name)).toEqual(['good.png', 'last.png']);
    expect(opening).toEqual([]);
    const opened = page.events.flatMap(({ event, data }) =>
      event === 'document.opened' ? [data.document !== null] : [],
    );
    expect(opened).toEqual([true, false, false, true]);
  });

  it('that failed before a page came are told to the first that comes', async () => {
    await real.host.openFiles([join(real.folder, 'gone.png')]);
    const page = real.page();
    await page.event('alert', ({ message }) => message.includes('gone.png'));
    const later = real.page();
    await later.call('app.hello', {});
    expect(later.events.filter(({ event }) => event === 'alert')).toEqual([]);
  });
});

describe('when something breaks', () => {
  it('a failing render is an alert, and editing goes on', async () => {
    const { engine } = real;
    let broken = false;
    await real.stop();
    real = await startRealHost({
      engine: {
        addSource: (...words) => real.engine.addSource(...words),
        addFile: (...words) => real.engine.addFile(...words),
        beneath: () => Promise.resolve(succeed(null)),
        dropSource: (...words) => real.engine.dropSource(...words),
        look: (...words) => real.engine.look(...words),
        seen: (...words) => real.engine.seen(...words),
        strips: (...words) => real.engine.strips(...words),
        lend: (...words) => real.engine.lend(...words),
        render: (...words) =>
          broken
            ? Promise.resolve(fail('crashed', 'a worker stopped', 'undo'))
            : real.engine.render(...words),
      },
    });
    expect(real.engine).not.toBe(engine);
    const page = real.page();
    const state = await page.open(await gradientPng(40, 30), 'sea.png');
    const { id, layers } = state.document;
    await page.look(state);
    await page.settled();
    broken = true;
    await page.call('edit.commit', {
      document: id,
      generation: page.next(),
      command: opacity(layers[0].id, 0.5),
    });
    await page.event('alert', ({ message, remedy }) => message === 'a worker stopped' && remedy === 'undo');
    // The page need not wait for a frame of this state.
    const failed = await page.event('frame.failed');
    expect(failed).toEqual({ document: id, generation: page.generation });
    broken = false;
    await page.call('edit.commit', {
      document: id,
      generation: page.next(),
      command: opacity(layers[0].id, 0.25),
    });
    await page.settled();
  });

  it('a mistake in the engine is told, and is no end', async () => {
    let broken = true;
    await real.stop();
    real = await startRealHost({
      engine: {
        addSource: (...words) => real.engine.addSource(...words),
        addFile: (...words) => real.engine.addFile(...words),
        beneath: () => Promise.resolve(succeed(null)),
        dropSource: (...words) => real.engine.dropSource(...words),
        look: (...words) => real.engine.look(...words),
        seen: (...words) => real.engine.seen(...words),
        strips: (...words) => real.engine.strips(...words),
        lend: (...words) => real.engine.lend(...words),
        render: (...words) => (broken ? Promise.reject(new Error('a bug')) : real.engine.render(...words)),
      },
    });
    const page = real.page();
    const state = await page.open(await gradientPng(40, 30), 'sea.png');
    await page.look(state);
    await page.event('alert', ({ message }) => message.includes('mistake'));
    expect(real.complaints.length).toBeGreaterThan(0);
    broken = false;
    await page.look(state);
    await page.settled();
  });

  it('two pictures of the same bytes are decoded once, and one that no document uses is let go', async () => {
    const page = real.page();
    const png = await gradientPng(40, 30);
    const [one, two] = await Promise.all([page.open(png, 'one.png'), page.open(png, 'two.png')]);
    expect(Object.keys(one.document.sources)).toEqual(Object.keys(two.document.sources));
    expect([one.document.name, two.document.name].sort()).toEqual(['one.png', 'two.png']);
    const [source] = Object.keys(one.document.sources);
    await page.call('document.close', { document: one.document.id });
    expect(real.engine.hasSource(source)).toBe(true);
    await page.call('document.close', { document: two.document.id });
    expect(real.engine.hasSource(source)).toBe(false);
  });
});

describe('resources', () => {
  const fetch_ = async (path: string, init?: RequestInit) =>
    real.host.resources(new Request(`http://host${path}`, init));

  it.each([
    '/',
    '/frames',
    '/frames/',
    '/frames/none',
    '/frames/a/b',
    '/downloads/none',
    '/thumbnails/none',
    '/samples/none',
    '/other/x',
  ])('that do not exist are not found: %s', async (path) => {
    expect((await fetch_(path)).status).toBe(404);
  });

  it('take uploads by POST alone, with a name', async () => {
    expect((await fetch_('/uploads?name=a.png')).status).toBe(404);
    expect((await fetch_('/uploads', { method: 'POST', body: 'x' })).status).toBe(400);
    expect((await fetch_('/uploads/x?name=a', { method: 'POST', body: 'x' })).status).toBe(404);
    const answer = await fetch_('/uploads?name=a.png', { method: 'POST', body: 'x' });
    expect(await answer.json()).toMatchObject({
      ok: true,
      value: { handle: expect.stringMatching(/^[\w-]{22}$/) },
    });
  });
});
