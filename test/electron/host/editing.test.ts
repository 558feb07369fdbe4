// A page opens, edits, looks and exports, through the contract alone; the engine and the codec are the real ones.
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../../core/document/command';
import type { DocumentState } from '../../../core/protocol/contract';
import { gradient, gradientPng, startRealHost, type RealHost, type TestPage } from '../support/real-host';

let real: RealHost;
let page: TestPage;
let state: DocumentState;
const WIDTH = 96;
const HEIGHT = 64;

beforeAll(async () => {
  real = await startRealHost();
  page = real.page();
});

afterAll(async () => {
  expect(real.complaints).toEqual([]);
  await real.stop();
});

/** What a point operation that reverses levels gives: easy to say here without the program's help. */
const reversed = (samples: Uint8Array) => samples.map((level) => 255 - level);

function opaque(samples: Uint8Array): Uint8Array {
  const rgba = new Uint8Array((samples.length / 3) * 4).fill(255);
  for (let pixel = 0; pixel < samples.length / 3; pixel++) {
    rgba.set(samples.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  }
  return rgba;
}

function adding(id: string, operation: string, params = {}): Command {
  const step = {
    id,
    operation,
    params,
    enabled: true,
    channels: 'rgb',
    opacity: 1,
    mask: null,
    measured: null,
  } as const;
  const layer = state.document.layers[0];
  return { type: 'step.add', time: Date.now(), owner: layer.id, step, index: layer.stack.length };
}

async function commit(command: Command): Promise<DocumentState> {
  const from = page.events.length;
  await page.call('edit.commit', { document: state.document.id, generation: page.next(), command });
  state = await page.event('document.changed', () => true, from);
  return state;
}

describe('a page', () => {
  it('is told what there is', async () => {
    const hello = await page.call('app.hello', {});
    expect(hello).toMatchObject({
      shell: 'browser',
      nativeDialogs: false,
      writable: true,
      reason: '',
      documents: [],
    });
  });

  it('opens an uploaded picture and sees it to the byte', async () => {
    state = await page.open(await gradientPng(WIDTH, HEIGHT), 'sea.png');
    expect(state).toMatchObject({
      size: { width: WIDTH, height: HEIGHT },
      dirty: false,
      undo: null,
      redo: null,
    });
    expect(state.history.map(({ text, state: at }) => [text, at])).toEqual([['Opened sea.png', 'current']]);
    await page.look(state);
    const frame = await page.settled();
    expect(frame).toMatchObject({
      level: 0,
      region: { x: 0, y: 0, width: WIDTH, height: HEIGHT },
      exact: true,
    });
    expect(await page.pixels(frame.key)).toEqual(opaque(gradient(WIDTH, HEIGHT)));
  });

  it('adds an operation and sees what it does', async () => {
    await commit(adding('n', 'negative'));
    expect(state).toMatchObject({ dirty: true, undo: expect.stringMatching(/^Undo /) });
    const frame = await page.settled();
    expect(await page.pixels(frame.key)).toEqual(opaque(reversed(gradient(WIDTH, HEIGHT))));
  });

  it('gets the frame of before, untouched', async () => {
    await page.look(state, 1, 'both');
    const frame = await page.settled(page.generation, 'before');
    expect(await page.pixels(frame.key)).toEqual(opaque(gradient(WIDTH, HEIGHT)));
    await page.look(state);
    await page.settled();
  });

  it('undoes and redoes to the same frames', async () => {
    const after = (await page.settled()).key;
    await page.call('history.undo', { document: state.document.id, generation: page.next() });
    const before = await page.settled();
    expect(await page.pixels(before.key)).toEqual(opaque(gradient(WIDTH, HEIGHT)));
    await page.call('history.redo', { document: state.document.id, generation: page.next() });
    expect((await page.settled()).key).toBe(after);
    await page.call('history.goTo', { document: state.document.id, generation: page.next(), entry: 0 });
    expect((await page.settled()).key).toBe(before.key);
    await page.call('history.redo', { document: state.document.id, generation: page.next() });
    await page.settled();
  });

  it('previews without a trace and sees the log again when it lets go', async () => {
    const { document } = state;
    const [layer] = document.layers;
    const settled = (await page.settled()).key;
    const command: Command = { type: 'step.enable', time: 1, owner: layer.id, step: 'n', enabled: false };
    await page.call('edit.preview', { document: document.id, generation: page.next(), command });
    const preview = await page.settled();
    expect(await page.pixels(preview.key)).toEqual(opaque(gradient(WIDTH, HEIGHT)));
    const changes = page.events.filter(({ event }) => event === 'document.changed').length;
    await page.call('edit.abandon', { document: document.id, generation: page.next() });
    expect((await page.settled()).key).toBe(settled);
    expect(page.events.filter(({ event }) => event === 'document.changed')).toHaveLength(changes);
  });

  it('reads a pixel as it is stored, and nothing outside', async () => {
    const { document } = state;
    const inside = await page.call('pixel.read', { document: document.id, x: 10, y: 20 });
    const at = (20 * WIDTH + 10) * 3;
    expect(inside.levels).toEqual([...reversed(gradient(WIDTH, HEIGHT)).subarray(at, at + 3)]);
    expect(inside).toMatchObject({ channels: 3, depth: 8 });
    expect((await page.call('pixel.read', { document: document.id, x: WIDTH, y: 0 })).levels).toBeNull();
    expect((await page.call('pixel.read', { document: document.id, x: -1, y: 0 })).levels).toBeNull();
  });

  it('reads what lies in the picture of a rectangle, as it is stored and as it was', async () => {
    const wanted = { document: state.document.id, x: -2, y: 3, width: 5, height: 2 };
    const rows = [3, 4].flatMap((y) => [
      ...gradient(WIDTH, HEIGHT).subarray(y * WIDTH * 3, (y * WIDTH + 3) * 3),
    ]);
    const { block: before } = await page.call('pixels.read', { ...wanted, which: 'before' });
    expect(before).toEqual({ x: 0, y: 3, width: 3, height: 2, channels: 3, depth: 8, levels: rows });
    const { block } = await page.call('pixels.read', { ...wanted, which: 'after' });
    expect(block?.levels).toEqual(rows.map((level) => 255 - level));
    expect((await page.call('pixels.read', { ...wanted, x: WIDTH, which: 'after' })).block).toBeNull();
  });

  it('counts what is selected, as it is and as it was', async () => {
    const selection = { shape: 'rectangle', x: 5, y: 6, width: 20, height: 10, inverted: false } as const;
    const samples = gradient(WIDTH, HEIGHT);
    const counts = (levels: readonly number[]): number[] => {
      const bins = new Array<number>(256).fill(0);
      for (const level of levels) bins[level]++;
      return bins;
    };
    const reds = Array.from({ length: 200 }, (_, at) => {
      const [x, y] = [5 + (at % 20), 6 + Math.floor(at / 20)];
      return samples[(y * WIDTH + x) * 3];
    });
    const read = async (which: 'after' | 'before', inverted: boolean) =>
      (
        await page.call('histogram.read', {
          document: state.document.id,
          which,
          selection: { ...selection, inverted },
        })
      ).histogram;
    expect(await read('before', false)).toMatchObject({ count: 200, channels: 3 });
    expect((await read('before', false)).bins[0]).toEqual(counts(reds));
    expect((await read('after', false)).bins[0]).toEqual(counts(reds.map((level) => 255 - level)));
    expect((await read('after', true)).count).toBe(WIDTH * HEIGHT - 200);
  });

  it('reads the levels along a line, as they are and as they were, and of none that leaves the picture', async () => {
    const { id } = state.document;
    const line = { from: { x: 3, y: 9 }, to: { x: 0, y: 8 } };
    const samples = gradient(WIDTH, HEIGHT);
    // (3, 9), (2, 8⅔), (1, 8⅓), (0, 8), rounded.
    const levels = [
      [3, 9],
      [2, 9],
      [1, 8],
      [0, 8],
    ].flatMap(([x, y]) => [...samples.subarray((y * WIDTH + x) * 3, (y * WIDTH + x) * 3 + 3)]);
    const { profile: before } = await page.call('profile.read', { document: id, which: 'before', ...line });
    expect(before).toEqual({ channels: 3, depth: 8, levels });
    const { profile } = await page.call('profile.read', { document: id, which: 'after', ...line });
    expect(profile?.levels).toEqual(levels.map((level) => 255 - level));
    const outside = { ...line, to: { x: WIDTH, y: 0 } };
    expect(
      (await page.call('profile.read', { document: id, which: 'after', ...outside })).profile,
    ).toBeNull();
  });

  it('fetches what a step meets, and what it would make with other values', async () => {
    const { document } = state;
    const region = { x: 90, y: -2, width: 20, height: 4 };
    const place = { document: document.id, owner: document.layers[0].id, step: 'n', level: 0, region };
    const { input } = await page.call('step.input', place);
    expect(input).toMatchObject({
      region: { x: 90, y: 0, width: 6, height: 2 },
      whole: { width: WIDTH, height: HEIGHT },
      channels: 3,
      depth: 8,
    });
    const rows = [0, 1].flatMap((y) => {
      const at = (y * WIDTH + 90) * 3;
      return [...gradient(WIDTH, HEIGHT).subarray(at, at + 18)];
    });
    expect([...(await page.pixels(input?.key ?? ''))]).toEqual(rows);
    const { trial } = await page.call('step.trial', { ...place, params: {} });
    expect(trial?.region).toEqual(input?.region);
    expect(await page.pixels(trial?.key ?? '')).toEqual(opaque(reversed(Uint8Array.from(rows))));
    const strange = await page.ask('step.trial', { ...place, params: { size: 3 } });
    expect(strange).toMatchObject({ ok: false, fault: { code: 'unknown-parameter' } });
    expect(await page.call('step.input', { ...place, step: 'gone' })).toEqual({ input: null });
    const vast = { ...place, region: { x: 0, y: 0, width: 1_000_000, height: 1_000_000 } };
    expect((await page.call('step.input', vast)).input?.region).toEqual({
      x: 0,
      y: 0,
      width: WIDTH,
      height: HEIGHT,
    });
  });

  it('is refused what does not make sense, and the document stays', async () => {
    const { document } = state;
    const refused = [
      adding('n', 'negative'),
      adding('x', 'noSuchOperation'),
      { type: 'layer.opacity', time: 1, layer: 'nobody', opacity: 1 } as const,
    ];
    for (const command of refused) {
      const answer = await page.ask('edit.commit', {
        document: document.id,
        generation: page.next(),
        command,
      });
      expect(answer).toMatchObject({ ok: false });
    }
    expect((await page.call('app.hello', {})).documents[0].document).toEqual(document);
  });

  it('is refused a layer of a picture that was never opened, whatever it says of it', async () => {
    const source = { ...Object.values(state.document.sources)[0], id: 'f'.repeat(64) };
    const command: Command = { type: 'layer.add', time: 1, layer: 'm', source, name: 'Ghost', index: 1 };
    const answer = await page.ask('edit.commit', {
      document: state.document.id,
      generation: page.next(),
      command,
    });
    expect(answer).toMatchObject({ ok: false, fault: { code: 'not-found' } });
  });

  it('adds a layer of a picture as the host knows it', async () => {
    const file = await page.upload(await gradientPng(20, 10), 'top.png');
    const { source } = await page.call('source.open', { document: state.document.id, file });
    expect(source).toMatchObject({ name: 'top.png', width: 20, height: 10, format: 'PNG' });
    const lie = { ...source, width: 9_999 };
    await commit({ type: 'layer.add', time: 1, layer: 'm', source: lie, name: 'Top', index: 1 });
    expect(state.document.sources[source.id].width).toBe(20);
    await page.settled();
    await page.call('history.undo', { document: state.document.id, generation: page.next() });
    state = await page.event(
      'document.changed',
      ({ document }) => document.layers.length === 1,
      page.events.length - 3,
    );
  });

  it('is told what an export will weigh, and gets exactly that', async () => {
    const { document } = state;
    const options = { format: 'png' } as const;
    const estimate = await page.call('export.estimate', { document: document.id, options });
    const saved = await page.call('export.save', { document: document.id, options });
    expect(saved).toMatchObject({ name: 'sea-edited.png', bytes: estimate.bytes });
    expect(estimate.share).toBeGreaterThan(0);
    const response = await real.host.resources(new Request(`http://host/${saved.download}`));
    expect(response.headers.get('content-disposition')).toContain('filename="sea-edited.png"');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes).toHaveLength(estimate.bytes);
    const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    expect(new Uint8Array(data)).toEqual(reversed(gradient(WIDTH, HEIGHT)));
  });

  it('finds the file among the recent ones, and opens it again', async () => {
    // Its thumbnail is made whenever there is time for it.
    await page.event('recents.changed');
    const [recent] = (await page.call('app.hello', {})).recents;
    expect(recent).toMatchObject({ name: 'sea.png', width: WIDTH, height: HEIGHT });
    const thumbnail = await real.host.resources(new Request(`http://host/${recent.thumbnail}`));
    expect((await sharp(await thumbnail.arrayBuffer()).metadata()).format).toBe('webp');
    const { document } = await page.call('recents.open', { recent: recent.id });
    const again = await page.event('document.changed', (changed) => changed.document.id === document);
    expect(again.document.name).toBe('sea.png');
    await page.call('document.close', { document });
    expect(await page.ask('document.close', { document })).toMatchObject({ ok: true });
  });

  it('is told of a file that is no picture, by name', async () => {
    const file = await page.upload(Buffer.from('not a picture'), 'notes.txt');
    const answer = await page.ask('document.open', { file });
    expect(answer).toMatchObject({ ok: false, fault: { message: expect.stringContaining('notes.txt') } });
    expect(await page.ask('document.open', { file })).toMatchObject({
      ok: false,
      fault: { code: 'not-found' },
    });
    expect(await page.ask('document.open', { file: 'etc_passwd' })).toMatchObject({ ok: false });
  });

  it('closes the document', async () => {
    const { id } = state.document;
    await page.call('document.close', { document: id });
    await page.event('document.closed', ({ document }) => document === id);
    expect(await page.ask('history.undo', { document: id, generation: page.next() })).toMatchObject({
      ok: false,
    });
    expect((await page.call('app.hello', {})).documents).toEqual([]);
  });
});
