/** What the panels speak of while the picture is too large for all of it to be known at once. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Pixel, PixelStory } from '../../../core/derive/pixel-story';
import { fail, succeed, type Result } from '../../../core/raster/fault';
import { Inspection } from '../../../renderer/session/inspection.svelte';
import { openSession, type OpenSession } from '../../support/open-session';

/** Rows below this are known. */
let known = 0;
let open: OpenSession;
let inspection: Inspection;
/** Ends the waiting that is under way. */
let finish: ((answer: Result<Record<string, never>>) => void)[] = [];

function storyAt({ x, y }: Pixel): PixelStory {
  const levels = [1, 2, 3];
  const composite = { at: { x, y }, levels };
  return { x, y, awaited: y >= known, channels: 3, depth: 8, levels, composite, layers: [], canvas: [] };
}

/** What takes long is there for the rows above this one. */
async function answer(at: number, rows: number): Promise<void> {
  known = rows;
  finish[at](succeed({}));
  await vi.advanceTimersByTimeAsync(0);
}

const awaited = (): readonly unknown[] => open.host.payloads('pixel.await');
const explained = (): readonly unknown[] => open.host.payloads('pixel.explain');
const point = (x: number, y: number): void => {
  inspection.look(open.document, { x, y });
};

beforeEach(async () => {
  open = await openSession();
  known = 0;
  finish = [];
  const { host } = open;
  host.answers['pixel.explain'] = () =>
    succeed({ story: storyAt(host.payloads('pixel.explain').slice(-1)[0]) });
  const usual = host.call.bind(host);
  host.call = (name, payload) => {
    const answer = usual(name, payload);
    return name === 'pixel.await'
      ? (new Promise((resolve) => finish.push(resolve as (typeof finish)[number])) as typeof answer)
      : answer;
  };
  inspection = new Inspection(open.session.connection);
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a pixel of which not all is known yet', () => {
  it('is told at once, and whole once it has stayed and what takes long is there', async () => {
    point(3, 40);
    await vi.advanceTimersByTimeAsync(200);
    expect(inspection.story?.awaited).toBe(true);
    expect(awaited()).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(awaited()).toEqual([{ document: 'd', x: 3, y: 40 }]);
    await answer(0, 100);
    expect(inspection.story).toMatchObject({ x: 3, y: 40, awaited: false });
    await vi.advanceTimersByTimeAsync(1000);
    expect(awaited()).toHaveLength(1);
  });

  it('asks for nothing while the pointer moves on', async () => {
    for (let x = 0; x < 20; x++) {
      point(x, 40);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect([explained().length, awaited().length]).toEqual([20, 0]);
  });

  it('lets the work go on for its neighbours, and asks anew where they are not among what was found', async () => {
    point(3, 40);
    await vi.advanceTimersByTimeAsync(300);
    point(3, 140);
    await vi.advanceTimersByTimeAsync(1000);
    expect(awaited()).toHaveLength(1);
    await answer(0, 100);
    await vi.advanceTimersByTimeAsync(1000);
    expect(awaited().slice(1)).toEqual([{ document: 'd', x: 3, y: 140 }]);
    await answer(1, 200);
    expect(inspection.story).toMatchObject({ y: 140, awaited: false });
  });

  it('begins again where the picture has changed, and takes no refusal for an answer', async () => {
    point(3, 40);
    await vi.advanceTimersByTimeAsync(300);
    point(3, 40);
    await vi.advanceTimersByTimeAsync(300);
    expect(awaited()).toHaveLength(2);
    finish[0](fail('refused', 'cancelled'));
    const asked = explained().length;
    await vi.advanceTimersByTimeAsync(1000);
    expect([awaited().length, explained().length]).toEqual([2, asked]);
    await answer(1, 100);
    expect(inspection.story?.awaited).toBe(false);
  });
});
