import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GRACE, WriterSeat, type Sitter } from '../../../electron/host/writer-seat';

class Guest implements Sitter {
  present = true;
  readonly told: boolean[] = [];
  tell(writable: boolean): void {
    this.told.push(writable);
  }
}

let seat: WriterSeat<Guest>;
let first: Guest;
let second: Guest;

beforeEach(() => {
  vi.useFakeTimers();
  seat = new WriterSeat();
  [first, second] = [new Guest(), new Guest()];
  seat.enter(first);
  seat.enter(second);
});

afterEach(() => {
  seat.close();
  vi.useRealTimers();
});

function cut(guest: Guest): void {
  guest.present = false;
  seat.away(guest);
}

function mend(guest: Guest): void {
  guest.present = true;
  seat.back(guest);
}

describe('the seat of the page that edits', () => {
  it('belongs to the first; the next one waits, without a word', () => {
    expect([seat.holds(first), seat.holds(second)]).toEqual([true, false]);
    expect([first.told, second.told]).toEqual([[], []]);
  });

  it('is kept for a page whose line is cut, and passes on when it stays away', () => {
    cut(first);
    vi.advanceTimersByTime(GRACE - 1);
    expect(seat.holds(first)).toBe(true);
    vi.advanceTimersByTime(1);
    expect([seat.holds(first), seat.holds(second)]).toEqual([false, true]);
    expect(second.told).toEqual([true]);
    mend(first);
    expect([seat.holds(first), first.told]).toEqual([false, [false]]);
  });

  it('is kept for a page that comes back in time', () => {
    cut(first);
    vi.advanceTimersByTime(GRACE - 1);
    mend(first);
    vi.advanceTimersByTime(10 * GRACE);
    expect(seat.holds(first)).toBe(true);
  });

  it('passes on when its page leaves for good, but a page that is loaded again finds it free', () => {
    seat.leave(first);
    const again = new Guest();
    seat.enter(again);
    vi.advanceTimersByTime(10 * GRACE);
    expect([seat.holds(again), seat.holds(second)]).toEqual([true, false]);
    seat.leave(again);
    vi.advanceTimersByTime(GRACE);
    expect([seat.holds(second), second.told]).toEqual([true, [true]]);
  });

  it('goes to the one that has waited longest and is there', () => {
    const third = new Guest();
    seat.enter(third);
    cut(second);
    cut(first);
    vi.advanceTimersByTime(GRACE);
    expect(seat.holds(third)).toBe(true);
  });

  it('is taken by whoever comes first when nobody was there to take over', () => {
    cut(second);
    cut(first);
    vi.advanceTimersByTime(10 * GRACE);
    expect(seat.holds(first)).toBe(true);
    mend(second);
    expect([seat.holds(second), second.told]).toEqual([true, [true]]);
    cut(second);
    vi.advanceTimersByTime(GRACE);
    const late = new Guest();
    seat.enter(late);
    expect(seat.holds(late)).toBe(true);
  });

  it('is not passed to a page that left while it waited', () => {
    seat.leave(second);
    seat.leave(first);
    vi.advanceTimersByTime(GRACE);
    expect(seat.holds(second)).toBe(false);
  });
});
