// What the engine remembers of its looks: bounded, and the last ones used.
import { describe, expect, it } from 'vitest';
import { Seen } from '../../../../core/node/engine/seen';
import type { Looked } from '../../../../core/plan/look';

/** Takes 800 bytes. */
const histogram = (): Looked => ({
  kind: 'histogram',
  histogram: { levels: 100, count: 0, bins: [new Float64Array(100)] },
});

describe('what was seen', () => {
  it('stays within its bytes, and those that were asked for longest ago go first', () => {
    const seen = new Seen(2_000);
    seen.remember('a', histogram());
    seen.remember('b', histogram());
    expect(seen.get('a')).toBeDefined();
    seen.remember('c', histogram());
    expect(['a', 'b', 'c'].filter((name) => seen.get(name) !== undefined)).toEqual(['a', 'c']);
  });

  it('counts the cells of a spectrum', () => {
    const seen = new Seen(2_000);
    const size = { width: 10, height: 10 };
    const spectrum = { ...size, frequencies: size, whole: true, tiles: 1 };
    const magnitudes = new Float64Array(100);
    seen.remember('a', {
      kind: 'spectrum',
      spectrum: { ...spectrum, magnitudes, strongest: new Uint32Array(100) },
    });
    seen.remember('b', histogram());
    expect(seen.get('a')).toBeDefined();
    seen.remember('c', { kind: 'spectrum', spectrum: { ...spectrum, magnitudes, strongest: null } });
    expect(['a', 'b', 'c'].filter((name) => seen.get(name) !== undefined)).toEqual(['a', 'c']);
  });

  it('counts what is remembered again once', () => {
    const seen = new Seen(2_000);
    for (let time = 0; time < 5; time++) seen.remember('a', histogram());
    seen.remember('b', histogram());
    expect(seen.get('a')).toBeDefined();
    expect(seen.get('b')).toBeDefined();
  });

  it('holds the newest however large it is, and nothing once it is cleared', () => {
    const seen = new Seen(100);
    const looked = histogram();
    expect(seen.remember('a', looked)).toBe(looked);
    expect(seen.get('a')).toBe(looked);
    seen.remember('b', histogram());
    expect(seen.get('a')).toBeUndefined();
    seen.clear();
    expect(seen.get('b')).toBeUndefined();
  });

  it('is noted where it is asked for and found', () => {
    const seen = new Seen();
    const looked = seen.remember('a', histogram());
    const used = new Map<string, Looked>();
    const known = seen.notedIn(used);
    expect([known.get('a'), known.get('b')]).toEqual([looked, undefined]);
    expect([...used]).toEqual([['a', looked]]);
  });

  it('is at most so many looks, also of those that take no bytes', () => {
    const seen = new Seen();
    for (let at = 0; at < 1_100; at++) seen.remember(`k${at}`, { kind: 'largestLuma', level: at });
    const kept = Array.from({ length: 1_100 }, (_, at) => seen.get(`k${at}`)).filter(Boolean);
    expect(kept).toHaveLength(1_024);
    expect(seen.get('k1099')).toEqual({ kind: 'largestLuma', level: 1_099 });
  });
});
