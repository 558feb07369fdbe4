import { beforeEach, describe, expect, it } from 'vitest';
import { Generations, Timeline, type Mark } from '../../../renderer/session/timeline.svelte';

const detail = { level: 0, width: 1, height: 1, exact: true };
const mark = (kind: Mark['kind'], operation: string | null = null): Mark => ({ at: 0, kind, operation });

function measured(): string[] {
  return performance.getEntriesByType('measure').map(({ name }) => name.replace('burnish:', ''));
}

describe('a timeline', () => {
  let timeline: Timeline;

  beforeEach(() => {
    performance.clearMeasures();
    timeline = new Timeline(new Generations());
  });

  it('is busy before there is anything to be seen, also where nothing was asked for yet', () => {
    expect(timeline.busy).toBe(true);
    timeline.expect('view');
    timeline.arrive('view');
    expect(timeline.busy).toBe(true);
    timeline.drawn(timeline.next([mark('open')]), true, detail);
    expect(timeline.busy).toBe(false);
  });

  it('is busy from the change until the exact frame that includes it', () => {
    timeline.drawn(0, true, detail);
    expect(timeline.busy).toBe(false);
    const generation = timeline.next([mark('edit')]);
    expect(timeline.busy).toBe(true);
    timeline.drawn(generation, false, detail);
    expect(timeline.busy).toBe(true);
    timeline.drawn(generation, true, detail);
    expect(timeline.busy).toBe(false);
  });

  it('stays busy when an exact frame comes that is older than the newest change', () => {
    const first = timeline.next([mark('edit')]);
    const second = timeline.next([mark('edit')]);
    timeline.drawn(first, true, detail);
    expect(timeline.busy).toBe(true);
    timeline.drawn(second, true, detail);
    expect(timeline.busy).toBe(false);
  });

  it('is busy at once where the message follows later', () => {
    timeline.drawn(0, true, detail);
    timeline.expect('view');
    timeline.expect('file');
    timeline.arrive('view');
    expect(timeline.busy).toBe(true);
    timeline.arrive('file');
    expect(timeline.busy).toBe(false);
    timeline.arrive('file');
    timeline.expect('file');
    expect(timeline.busy).toBe(true);
  });

  it('measures the first frame of a change and its exact one, once each', () => {
    const generation = timeline.next([mark('edit', 'blur')]);
    timeline.drawn(generation, false, { ...detail, exact: false });
    timeline.drawn(generation, false, { ...detail, exact: false });
    expect(measured()).toEqual(['frame']);
    timeline.drawn(generation, true, detail);
    timeline.drawn(generation, true, detail);
    expect(measured()).toEqual(['frame', 'settled']);
    const [entry] = performance.getEntriesByName('burnish:settled');
    expect('detail' in entry && entry.detail).toEqual({ operation: 'blur', ...detail });
  });

  it('measures from the newest event that a frame includes', () => {
    timeline.next([{ at: 1, kind: 'edit', operation: null }]);
    const generation = timeline.next([{ at: 7, kind: 'edit', operation: null }]);
    timeline.drawn(generation, false, detail);
    expect(performance.getEntriesByName('burnish:frame').map(({ startTime }) => startTime)).toEqual([7]);
  });

  it('measures opening and undoing by their own names as well', () => {
    timeline.drawn(timeline.next([mark('open')]), true, detail);
    timeline.drawn(timeline.next([mark('history')]), true, detail);
    expect(measured()).toEqual(expect.arrayContaining(['open', 'undo']));
    expect(measured().filter((name) => name === 'undo')).toHaveLength(1);
  });

  it('does not measure looking elsewhere', () => {
    timeline.drawn(timeline.next([]), true, detail);
    expect(measured()).toEqual([]);
  });

  it('is no longer busy when no frame will come', () => {
    timeline.next([mark('edit')]);
    timeline.giveUp();
    expect(timeline.busy).toBe(false);
  });

  it('is busy with what came after a change whose frame failed', () => {
    const failed = timeline.next([mark('edit')]);
    const later = timeline.next([mark('edit')]);
    timeline.fail(failed);
    expect(timeline.busy).toBe(true);
    timeline.drawn(later, true, detail);
    expect([timeline.busy, measured().filter((name) => name === 'settled').length]).toEqual([false, 1]);
  });
});
