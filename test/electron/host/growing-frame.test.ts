// What is shown of a picture while a large file is read: its first rows, seldom enough that a page keeps up.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Frame } from '../../../core/protocol/contract';
import { createRaster } from '../../../core/raster/raster';
import type { Asked } from '../../../electron/host/asked-frame';
import { FrameShelf } from '../../../electron/host/frame-shelf';
import { growing } from '../../../electron/host/growing-frame';
import { sampleDocument } from '../../core/document/sample';

const SIZE = { width: 8, height: 64 };
const raster = createRaster({ ...SIZE, channels: 4, depth: 8 });
raster.data.forEach((_, at) => (raster.data[at] = (at * 7) & 255));

function asked(different: Partial<Asked['request']> = {}, region = { x: 0, y: 0, ...SIZE }): Asked {
  const request = { document: sampleDocument(), level: 3, exact: true, region, format: 'display' } as const;
  return {
    request: { ...request, ...different },
    state: 's',
    frame: { which: 'after', document: 'd', generation: 5, revision: 2 },
    ...{ level: 3, region, whole: SIZE, full: { width: 64, height: 512 } },
  };
}

let sent: Frame[];
let shelf: FrameShelf;
const given = (each: Asked, signal = new AbortController().signal) =>
  growing(each, { shelf, send: (frame) => sent.push(frame) }, signal);

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  shelf = new FrameShelf(1e9);
});
afterEach(() => vi.useRealTimers());

describe('a picture that takes its time', () => {
  it('is shown from the top down, each time twice as much, and never as if it were all', () => {
    const grown = given(asked());
    vi.advanceTimersByTime(600);
    for (let rows = 1; rows <= SIZE.height; rows++) {
      grown?.(raster, rows);
      vi.advanceTimersByTime(300);
    }
    expect(sent.map(({ region }) => region.height)).toEqual([1, 2, 4, 8, 16, 32]);
    for (const { key, region, ...rest } of sent) {
      expect(rest).toMatchObject({
        exact: false,
        growing: true,
        generation: 5,
        revision: 2,
        level: 3,
        whole: SIZE,
      });
      const pixels = shelf.pixels(key) ?? [];
      expect([...pixels]).toEqual([...raster.data.slice(0, region.height * SIZE.width * 4)]);
    }
  });

  it('is not shown so often that a page could not keep up', () => {
    const grown = given(asked());
    vi.advanceTimersByTime(600);
    for (let rows = 1; rows < SIZE.height; rows++) {
      grown?.(raster, rows);
      vi.advanceTimersByTime(10);
    }
    expect(sent.map(({ region }) => region.height)).toEqual([1, 26, 52]);
  });

  it('is not shown before it is whole where that is soon, nor once nobody wants it', () => {
    const stop = new AbortController();
    const grown = given(asked(), stop.signal);
    vi.advanceTimersByTime(400);
    grown?.(raster, 30);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(200);
    grown?.(raster, 30);
    expect(sent).toHaveLength(1);
    stop.abort();
    grown?.(raster, 63);
    grown?.(raster, 64);
    expect(sent).toHaveLength(1);
  });

  it('is shown as a whole alone where nobody waits for it, or it is a part of the picture', () => {
    expect(given(asked({ idle: true }))).toBeUndefined();
    expect(given(asked({}, { x: 0, y: 0, width: 8, height: 20 }))).toBeUndefined();
  });
});
