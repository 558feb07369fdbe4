import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TouchAhead } from '../../../../core/node/engine/touch-ahead';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A pool of which so many bytes are missing. */
function pool(missing: number) {
  const touchAhead = vi.fn((bytes: number, most: number) => {
    const left = Math.min(bytes, missing);
    missing -= Math.min(left, most);
    return left > 0;
  });
  return { touchAhead };
}

it('touches a little at a time, until enough is ready, and again when there is more to expect', () => {
  const own = pool(10 * 2 ** 20);
  const ahead = new TouchAhead(own);
  expect(own.touchAhead).not.toHaveBeenCalled();
  ahead.expect(2 ** 20);
  ahead.expect(5 * 2 ** 20);
  vi.runAllTimers();
  expect(own.touchAhead).toHaveBeenCalledTimes(11);
  for (const [bytes, most] of own.touchAhead.mock.calls)
    expect([bytes, most <= bytes]).toEqual([5 * 2 ** 20, true]);
  ahead.expect(2 ** 40);
  vi.runAllTimers();
  // Never all that a large picture could use.
  expect(own.touchAhead.mock.calls.at(-1)?.[0]).toBeLessThan(2 ** 25);
});

it('touches nothing any more once it is stopped', () => {
  const own = pool(2 ** 30);
  const ahead = new TouchAhead(own);
  ahead.expect(2 ** 24);
  vi.advanceTimersToNextTimer();
  ahead.stop();
  vi.runAllTimers();
  expect(own.touchAhead).toHaveBeenCalledTimes(1);
});
