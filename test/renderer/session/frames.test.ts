import { describe, expect, it, vi } from 'vitest';
import type { FrameLoader } from '../../../renderer/session/frame-loader';
import { readInto } from '../../../renderer/session/frame-loader';
import { FrameStore, type Picture } from '../../../renderer/session/frame-store';
import { Frames } from '../../../renderer/session/frames.svelte';
import { frameOf } from '../../support/fake-host';

const picture = (bytes = 1): Picture => ({ image: document.createElement('canvas'), bytes });

/** A loader whose pictures come when the test says so. */
function slowLoader() {
  const waiting: { key: string; signal: AbortSignal; come: (picture: Picture) => void; fail: () => void }[] =
    [];
  const load: FrameLoader['load'] = ({ key }, signal) =>
    new Promise((come, reject) => waiting.push({ key, signal, come, fail: () => reject(new Error('gone')) }));
  return { waiting, loader: { load } };
}

function setUp() {
  const { waiting, loader } = slowLoader();
  const store = new FrameStore();
  const drawn = vi.fn();
  const missing = vi.fn();
  return { waiting, store, drawn, missing, frames: new Frames(store, loader, drawn, missing) };
}

describe('what was seen before there was a frame', () => {
  it('lies behind the first rows of a picture, until all of it is there', async () => {
    const { frames, store } = setUp();
    for (const key of ['rows', 'all']) store.put(key, picture());
    const whole = { width: 4, height: 4 };
    const first = frameOf({
      generation: 0,
      key: 'first',
      exact: false,
      whole,
      region: { x: 0, y: 0, ...whole },
    });
    frames.begin({ frame: first, picture: picture() });
    expect(frames.after?.frame.key).toBe('first');
    await frames.receive({
      ...frameOf({ key: 'rows', exact: false, whole, region: { x: 0, y: 0, width: 4, height: 2 } }),
      growing: true,
    });
    expect([frames.after, frames.backing].map((each) => each?.frame.key)).toEqual(['rows', 'first']);
    await frames.receive(frameOf({ key: 'all', whole, region: { x: 0, y: 0, ...whole } }));
    expect([frames.after, frames.backing].map((each) => each?.frame.key)).toEqual(['all', 'all']);
    // One that is there is not put behind what comes first.
    frames.begin({ frame: first, picture: picture() });
    expect(frames.backing?.frame.key).toBe('all');
  });
});

describe('a frame', () => {
  it('is drawn when its pixels have come, the one before staying until then', async () => {
    const { frames, waiting, drawn } = setUp();
    const first = frames.receive(frameOf({ key: 'a' }));
    waiting[0].come(picture());
    await first;
    const second = frames.receive(frameOf({ key: 'b', generation: 2 }));
    expect(frames.after?.frame.key).toBe('a');
    waiting[1].come(picture());
    await second;
    expect(frames.after?.frame.key).toBe('b');
    expect(drawn).toHaveBeenCalledTimes(2);
  });

  it('that was drawn lately is drawn in the same task, without a request', () => {
    const { frames, store, waiting, drawn } = setUp();
    store.put('a', picture());
    void frames.receive(frameOf({ key: 'a' }));
    expect(drawn).toHaveBeenCalledTimes(1);
    expect(waiting).toEqual([]);
  });

  it('that is overtaken is not fetched to its end, nor drawn', async () => {
    const { frames, waiting, drawn, missing } = setUp();
    const first = frames.receive(frameOf({ key: 'a' }));
    const second = frames.receive(frameOf({ key: 'b', generation: 2 }));
    expect(waiting[0].signal.aborted).toBe(true);
    waiting[0].fail();
    waiting[1].come(picture());
    await Promise.all([first, second]);
    expect(drawn).toHaveBeenCalledTimes(1);
    expect(missing).not.toHaveBeenCalled();
  });

  it('does not overtake the one of the other side of the split', async () => {
    const { frames, waiting } = setUp();
    const both = [
      frames.receive(frameOf({ key: 'a' })),
      frames.receive(frameOf({ key: 'b', which: 'before' })),
    ];
    for (const each of waiting) each.come(picture());
    await Promise.all(both);
    expect([frames.after?.frame.key, frames.before?.frame.key]).toEqual(['a', 'b']);
  });

  it('that is older, or only a preview of what is there exactly, changes nothing', () => {
    const { frames, store } = setUp();
    for (const key of ['exact', 'older', 'preview']) store.put(key, picture());
    void frames.receive(frameOf({ key: 'exact', generation: 5 }));
    void frames.receive(frameOf({ key: 'older', generation: 4 }));
    void frames.receive(frameOf({ key: 'preview', generation: 5, exact: false }));
    expect(frames.after?.frame.key).toBe('exact');
  });

  it('that is gone is asked for again', async () => {
    const { frames, waiting, missing } = setUp();
    const lost = frames.receive(frameOf({}));
    waiting[0].fail();
    await lost;
    expect(missing).toHaveBeenCalledTimes(1);
  });

  it('of the whole picture lies behind parts of the same state, and of no other', () => {
    const { frames, store } = setUp();
    for (const key of ['whole', 'part', 'later']) store.put(key, picture());
    const region = { x: 0, y: 0, width: 64, height: 64 };
    void frames.receive(frameOf({ key: 'whole', generation: 1 }));
    void frames.receive(frameOf({ key: 'part', generation: 2, region }));
    expect(frames.backing?.frame.key).toBe('whole');
    void frames.receive(frameOf({ key: 'later', generation: 3, region, revision: 1 }));
    expect(frames.backing).toBeNull();
  });
});

describe('the store of frames', () => {
  it('lets go what was not used for the longest time, once there is too much', () => {
    const store = new FrameStore(10);
    store.put('a', picture(4));
    store.put('b', picture(4));
    store.get('a');
    store.put('c', picture(4));
    expect(['a', 'b', 'c'].map((key) => store.get(key) !== undefined)).toEqual([true, false, true]);
  });

  it('keeps a frame that is larger than everything else together', () => {
    const store = new FrameStore(10);
    store.put('a', picture(4));
    store.put('large', picture(40));
    expect([store.get('a'), store.get('large')?.bytes]).toEqual([undefined, 40]);
  });
});

describe('reading a frame', () => {
  function streamOf(...chunks: readonly number[][]): ReadableStream<Uint8Array<ArrayBuffer>> {
    return new ReadableStream({
      type: 'bytes',
      start(controller) {
        for (const chunk of chunks) controller.enqueue(Uint8Array.from(chunk));
        controller.close();
      },
    });
  }

  it('fills the buffer from pieces of any size', async () => {
    const buffer = await readInto(streamOf([1, 2], [3], [4, 5, 6]), new ArrayBuffer(8), 6);
    expect([...new Uint8Array(buffer, 0, 6)]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('fails where there is too little', async () => {
    await expect(readInto(streamOf([1, 2]), new ArrayBuffer(8), 6)).rejects.toThrow('2 bytes instead of 6');
  });
});

describe('the edited picture', () => {
  it('is another one with every frame but the exact one of a preview', async () => {
    const { frames, store } = setUp();
    const show = async (key: string, frame: Partial<Parameters<typeof frameOf>[0]>): Promise<number> => {
      store.put(key, picture());
      await frames.receive(frameOf({ key, ...frame }));
      return frames.changes;
    };
    expect(await show('a', { generation: 1, revision: 1, exact: true })).toBe(1);
    expect(await show('b', { generation: 2, revision: 2, exact: false })).toBe(2);
    expect(await show('c', { generation: 2, revision: 2, exact: true })).toBe(2);
    // What another page drags has no generation of ours.
    expect(await show('d', { generation: 2, revision: 2, exact: true })).toBe(3);
    expect(await show('e', { generation: 2, revision: 3, exact: true })).toBe(4);
    expect(await show('f', { generation: 2, revision: 3, which: 'before' })).toBe(4);
  });
});
