import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FrameStore } from '../../../renderer/session/frame-store';
import { Messages } from '../../../renderer/session/messages.svelte';
import { OpenDocument } from '../../../renderer/session/open-document.svelte';
import { Generations } from '../../../renderer/session/timeline.svelte';
import { graphOf } from '../../../core/plan/graph';
import { beneath } from '../../../core/plan/held';
import { fail } from '../../../core/raster/fault';
import { opening, step } from '../../core/document/sample';
import { FakeHost, frameOf } from '../../support/fake-host';

let host: FakeHost;
let messages: Messages;
let document: OpenDocument;
let store: FrameStore;

const gamma = step('s', 'gamma', { gamma: 1 });
const setGamma = (value: number) =>
  ({ type: 'step.set', owner: 'l', step: 's', params: { gamma: value } }) as const;
const shownGamma = (): unknown => document.document.layers[0].stack[0]?.params.gamma;

/** Draws a frame that was on the canvas lately. */
function draw(generation: number, exact = true): void {
  document.receive(frameOf({ generation, exact }));
}

beforeEach(async () => {
  vi.stubGlobal('requestAnimationFrame', (run: FrameRequestCallback) => setTimeout(run, 0));
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
  host = new FakeHost(opening());
  messages = new Messages();
  store = new FrameStore();
  store.put('k', { image: window.document.createElement('canvas'), bytes: 1 });
  document = new OpenDocument(host.state, {
    connection: host,
    messages,
    store,
    loader: {
      load: () => Promise.reject(new Error('not in this test')),
      samples: (_, bytes) => Promise.resolve(new ArrayBuffer(bytes)),
    },
    generations: new Generations(),
    takeRequest: () => [],
  });
  host.listen((event) => event.event === 'document.changed' && document.adopt(event.data));
  document.camera.measure({ width: 800, height: 600 }, 1);
  document.askForFrames();
  draw(1);
});

describe('a frame that still grows', () => {
  it('is drawn, and counts for nothing that a whole one does', async () => {
    const drawn = vi.fn();
    document.draw = drawn;
    document.askForFrames();
    document.receive({ ...frameOf({ generation: 2, exact: false }), growing: true });
    expect(drawn).toHaveBeenCalledTimes(1);
    expect(document.timeline.busy).toBe(true);
    draw(2);
    expect(document.timeline.busy).toBe(false);
  });
});

describe('committing', () => {
  it('shows the change before it is answered, and stays with it afterwards', async () => {
    const done = document.commit({ type: 'step.add', owner: 'l', step: gamma, index: 0 });
    expect(shownGamma()).toBe(1);
    expect(document.state.document.layers[0].stack).toEqual([]);
    expect(await done).toBeNull();
    expect(shownGamma()).toBe(1);
    expect(document.state.document.layers[0].stack).toHaveLength(1);
  });

  it('refuses nothing that a command on its way makes possible', async () => {
    const done = document.commit({ type: 'step.add', owner: 'l', step: gamma, index: 0 });
    expect(document.state.document.layers[0].stack).toEqual([]);
    expect(document.refusal(setGamma(1.3))).toBeNull();
    expect(document.refusal(setGamma(-1))?.message).toMatch(/gamma/);
    await Promise.all([done, document.commit(setGamma(1.3))]);
    expect(document.state.document.layers[0].stack[0].params).toEqual({ gamma: 1.3 });
  });

  it('asks about a command as if the gesture under way were not', async () => {
    await document.commit({ type: 'step.add', owner: 'l', step: gamma, index: 0 });
    document.preview({ type: 'step.remove', owner: 'l', step: 's' });
    expect(document.refusal(setGamma(1.3))).toBeNull();
  });

  it('is busy in the same task, until the exact frame is drawn', async () => {
    const done = document.commit({ type: 'layer.opacity', layer: 'l', opacity: 0.5 });
    expect(document.timeline.busy).toBe(true);
    await done;
    expect(document.timeline.busy).toBe(true);
    draw(document.timeline.newest);
    expect(document.timeline.busy).toBe(false);
  });

  it('takes a refused change back, and asks for the frame of what is so', async () => {
    host.answers['edit.commit'] = () => fail('bad-parameter', 'no');
    const views = host.payloads('view.set').length;
    const fault = await document.commit({ type: 'layer.opacity', layer: 'l', opacity: 0.5 });
    expect(fault?.message).toBe('no');
    expect(document.document.layers[0].opacity).toBe(1);
    expect(host.payloads('view.set')).toHaveLength(views + 1);
  });
});

describe('a gesture', () => {
  beforeEach(async () => {
    await document.commit({ type: 'step.add', owner: 'l', step: gamma, index: 0 });
    draw(document.timeline.newest);
  });

  it('sends one value at a time and the newest next, and one step when it ends', async () => {
    for (const value of [1.1, 1.2, 1.3]) document.preview(setGamma(value));
    expect(shownGamma()).toBe(1.3);
    const sent = () =>
      host.payloads('edit.preview').map(({ command }) => 'params' in command && command.params.gamma);
    expect(sent()).toEqual([1.1]);
    draw(document.timeline.newest, false);
    expect(sent()).toEqual([1.1, 1.3]);
    const steps = document.state.history.length;
    await document.commit(setGamma(1.4));
    expect(document.state.history.length).toBe(steps + 1);
    expect(shownGamma()).toBe(1.4);
  });

  it('is forgotten whole', () => {
    document.preview(setGamma(3));
    document.preview(setGamma(4));
    document.abandon();
    expect(shownGamma()).toBe(1);
    expect(host.payloads('edit.abandon')).toHaveLength(1);
    draw(document.timeline.newest);
    expect(document.timeline.busy).toBe(false);
  });

  it('asks for nothing back where none was under way', () => {
    document.abandon();
    expect(host.payloads('edit.abandon')).toEqual([]);
  });

  it('numbers its messages upwards, whatever is sent in between', () => {
    document.preview(setGamma(2));
    document.preview(setGamma(2.1));
    document.askForFrames();
    draw(host.payloads('edit.preview')[0].generation, false);
    const generations = host.asked.flatMap(({ payload }) =>
      'generation' in payload ? [payload.generation] : [],
    );
    expect(generations).toEqual([...generations].sort((a, b) => a - b));
    expect(new Set(generations).size).toBe(generations.length);
  });

  it('knows beforehand what would be refused', () => {
    expect(document.refusal(setGamma(99))?.message).toContain('gamma');
    expect(document.refusal(setGamma(2))).toBeNull();
  });
});

describe('stopping the work', () => {
  it('leaves the picture as it is, and says so until an exact one is there', async () => {
    await document.commit({ type: 'layer.opacity', layer: 'l', opacity: 0.5 });
    document.cancelWork();
    expect(host.payloads('work.cancel')).toHaveLength(1);
    expect([document.timeline.busy, document.stopped]).toEqual([false, true]);
    await document.commit({ type: 'layer.opacity', layer: 'l', opacity: 0.4 });
    draw(document.timeline.newest);
    expect(document.stopped).toBe(false);
  });

  it('stops a save first, where one is under way', () => {
    document.saving = 1;
    document.exporting = true;
    document.cancelWork();
    expect(host.payloads('document.cancelSave')).toEqual([{ document: 'd' }]);
    expect([host.payloads('export.cancel').length, host.payloads('work.cancel').length]).toEqual([0, 0]);
  });

  it('stops an export first, where one is under way', () => {
    document.exporting = true;
    document.cancelWork();
    expect([host.payloads('export.cancel').length, host.payloads('work.cancel').length]).toEqual([1, 0]);
  });
});

describe('a frame that could not be computed', () => {
  it('leaves an older picture, and says so until the newest is there', async () => {
    await document.commit({ type: 'layer.opacity', layer: 'l', opacity: 0.5 });
    document.giveUp(document.timeline.newest);
    expect([document.timeline.busy, document.failed]).toEqual([false, true]);
    await document.commit({ type: 'layer.opacity', layer: 'l', opacity: 0.4 });
    expect(document.timeline.busy).toBe(true);
    document.giveUp(document.timeline.newest - 1);
    expect([document.timeline.busy, document.failed]).toEqual([true, false]);
    draw(document.timeline.newest);
    expect([document.timeline.busy, document.failed]).toEqual([false, false]);
  });

  it('does not keep the next preview waiting', () => {
    document.preview(setGamma(2));
    document.preview(setGamma(2.5));
    expect(host.payloads('edit.preview')).toHaveLength(1);
    document.giveUp(document.timeline.newest);
    expect(host.payloads('edit.preview')).toHaveLength(2);
  });
});

describe('the history', () => {
  it('goes back, forth, and to the state before to compare', async () => {
    await document.commit({ type: 'step.add', owner: 'l', step: gamma, index: 0 });
    document.undo();
    await vi.waitFor(() => expect(document.state.document.layers[0].stack).toEqual([]));
    expect(document.canRedo).toBe(true);
    document.goToPrevious();
    await vi.waitFor(() => expect(document.state.document.layers[0].stack).toHaveLength(1));
    document.goToPrevious();
    await vi.waitFor(() => expect(document.state.document.layers[0].stack).toEqual([]));
  });

  it('can be undone while the change is still on its way', () => {
    expect(document.canUndo).toBe(false);
    void document.commit({ type: 'layer.opacity', layer: 'l', opacity: 0.5 });
    expect(document.canUndo).toBe(true);
  });
});

describe('looking elsewhere', () => {
  it('sends one message for all movements of a screen frame', async () => {
    const views = host.payloads('view.set').length;
    for (let time = 0; time < 5; time++) document.camera.zoomBy(1.5);
    expect(document.timeline.busy).toBe(true);
    await vi.waitFor(() => expect(host.payloads('view.set')).toHaveLength(views + 1));
    expect(host.payloads('view.set').at(-1)?.zoom).toBe(document.camera.viewport.zoom);
  });

  it('shows the untouched picture while a key is held, then what was shown before', () => {
    document.setShow('both');
    document.holdBefore(true);
    document.holdBefore(true);
    expect(document.show).toBe('before');
    document.holdBefore(false);
    expect(document.show).toBe('both');
    document.holdBefore(false);
    expect(document.show).toBe('both');
  });
});

describe('choosing', () => {
  it('falls back to the top layer, and comes back to a step with the redo', async () => {
    await document.commit({ type: 'step.add', owner: 'l', step: gamma, index: 0 });
    document.choice.chooseStep('l', 's');
    expect(document.choice.step?.step.id).toBe('s');
    document.undo();
    await vi.waitFor(() => expect(document.choice.step).toBeNull());
    document.redo();
    await vi.waitFor(() => expect(document.choice.step?.step.id).toBe('s'));
    expect(document.choice.layer?.id).toBe('l');
  });
});

describe('travelling in the history', () => {
  const key = 'seen';

  beforeEach(async () => {
    document.receive(frameOf({ generation: document.timeline.newest, key: 'k' }));
    await document.commit({ type: 'step.add', owner: 'l', step: gamma, index: 0 });
    const { revision } = document.state;
    store.put(key, { image: window.document.createElement('canvas'), bytes: 1 });
    document.receive(frameOf({ generation: document.timeline.newest, key, revision }));
    expect(document.frames.after?.frame.key).toBe(key);
  });

  it('shows what was on the canvas there in the same task, and is at rest when the panels have followed', async () => {
    document.undo();
    expect(document.frames.after?.frame).toMatchObject({ key: 'k', exact: true });
    expect(document.frames.after?.frame.generation).toBe(document.timeline.newest);
    expect(document.timeline.busy).toBe(true);
    await vi.waitUntil(() => !document.timeline.busy);
    expect(document.state.document.layers[0].stack).toEqual([]);
    document.redo();
    expect(document.frames.after?.frame.key).toBe(key);
  });

  it('waits for the main process where the view is another one', () => {
    document.camera.zoomBy(2);
    document.undo();
    expect(document.frames.after?.frame.key).toBe(key);
    expect(document.timeline.busy).toBe(true);
  });

  it('knows a change that joined the last one as another entry', async () => {
    await document.commit(setGamma(1.5));
    const first = document.state.history.find(({ state }) => state === 'current')?.id;
    await document.commit(setGamma(1.7));
    const second = document.state.history.find(({ state }) => state === 'current')?.id;
    expect(document.state.history.filter(({ state }) => state !== 'discarded')).toHaveLength(3);
    expect(second).not.toBe(first);
  });
});

describe('a gesture on a step whose input the page has', () => {
  const drawings: Uint8ClampedArray[] = [];

  beforeEach(async () => {
    drawings.length = 0;
    class Data {
      readonly data: Uint8ClampedArray;
      constructor(
        readonly width: number,
        readonly height: number,
      ) {
        this.data = new Uint8ClampedArray(width * height * 4);
      }
    }
    class Drawing {
      getContext = () => ({ putImageData: (image: Data) => void drawings.push(image.data.slice()) });
    }
    vi.stubGlobal('ImageData', Data);
    vi.stubGlobal('OffscreenCanvas', Drawing);
    await document.commit({ type: 'step.add', owner: 'l', step: gamma, index: 0 });
    draw(document.timeline.newest);
    document.choice.chooseStep('l', 's');
    const graph = graphOf({ document: document.document, level: 3, known: new Map() });
    const node = graph.kind === 'graph' ? beneath(graph.root, 's') : null;
    if (node === null) throw new Error('there is something beneath a step');
    document.receiveHeld({
      document: 'd',
      step: 's',
      key: 'held',
      node: node.key,
      channels: 3,
      depth: 8,
      level: 3,
      region: { x: 0, y: 0, width: 80, height: 60 },
      whole: { width: 80, height: 60 },
      full: { width: 640, height: 480 },
      looked: [],
    });
    await Promise.resolve();
    await Promise.resolve();
  });

  it('is drawn in the same task, and only then told', () => {
    document.preview(setGamma(2));
    expect(drawings).toHaveLength(1);
    expect(document.frames.after?.frame).toMatchObject({ level: 3, exact: false });
    document.preview(setGamma(2.5));
    expect(drawings).toHaveLength(2);
    expect(host.payloads('edit.preview').map(({ drawn }) => drawn)).toEqual([true, true]);
    expect(document.timeline.busy).toBe(true);
  });

  it('is drawn when it is kept, too, until the exact frame comes', async () => {
    document.preview(setGamma(2));
    const done = document.commit(setGamma(2.5));
    expect(drawings).toHaveLength(2);
    expect(document.frames.after?.frame.generation).toBe(document.timeline.newest);
    expect(document.timeline.busy).toBe(true);
    await done;
    draw(document.timeline.newest);
    expect(document.timeline.busy).toBe(false);
  });

  it('never gives way to an older frame, and does to the exact one', () => {
    document.preview(setGamma(2));
    const old = document.timeline.newest;
    document.preview(setGamma(2.5));
    draw(old, true);
    expect(document.frames.after?.frame.exact).toBe(false);
    draw(document.timeline.newest, true);
    expect(document.frames.after?.frame.exact).toBe(true);
    expect(document.timeline.busy).toBe(false);
  });

  it('is left to the main process where what lies beneath has changed', async () => {
    await document.commit({
      type: 'step.add',
      owner: 'l',
      step: step('b', 'boxBlur', { size: 5 }),
      index: 0,
    });
    document.preview(setGamma(2));
    expect(drawings.length).toBe(0);
    expect(host.payloads('edit.preview').map(({ drawn }) => drawn)).toEqual([undefined]);
  });
});
