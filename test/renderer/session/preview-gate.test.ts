import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PreviewGate } from '../../../renderer/session/preview-gate';

describe('a preview', () => {
  let sent: string[];
  let gate: PreviewGate;
  const offer = (value: string): void => gate.offer(() => sent.push(value));

  beforeEach(() => {
    vi.useFakeTimers();
    sent = [];
    gate = new PreviewGate();
  });

  afterEach(() => vi.useRealTimers());

  it('is sent at once where none is under way', () => {
    offer('a');
    expect(sent).toEqual(['a']);
  });

  it('waits while one is under way, and only the latest is sent', () => {
    for (const value of ['a', 'b', 'c']) offer(value);
    expect(sent).toEqual(['a']);
    gate.landed(1);
    expect(sent).toEqual(['a', 'c']);
    gate.landed(2);
    expect(sent).toEqual(['a', 'c']);
  });

  it('is not let through by an older frame', () => {
    offer('a');
    gate.landed(1);
    offer('b');
    offer('c');
    gate.landed(1);
    expect(sent).toEqual(['a', 'b']);
  });

  it('overtakes one that takes too long', () => {
    offer('a');
    offer('b');
    vi.advanceTimersByTime(1_500);
    expect(sent).toEqual(['a', 'b']);
  });

  it('is not sent any more when the gesture is over', () => {
    offer('a');
    offer('b');
    gate.clear();
    gate.landed(1);
    vi.advanceTimersByTime(5_000);
    expect(sent).toEqual(['a']);
    offer('c');
    expect(sent).toEqual(['a', 'c']);
  });
});
