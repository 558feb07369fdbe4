import { describe, expect, it } from 'vitest';
import {
  formatNumber,
  limited,
  parseNumber,
  stepped,
  stepsOf,
} from '../../../renderer/controls/number-entry';

describe('a typed number', () => {
  it.each([
    ['2.2', 2.2],
    [' 2,2 ', 2.2],
    ['−5', -5],
    ['+.5', 0.5],
    ['60 %', 60],
    ['15px', 15],
    ['1e3', 1000],
    ['', null],
    ['-', null],
    ['two', null],
    ['1.2.3', null],
    ['NaN', null],
    ['Infinity', null],
  ])('"%s" is %s', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it('is brought into the range, whole where only whole numbers are', () => {
    expect(limited(300, { min: 0, max: 255, step: 1 })).toBe(255);
    expect(limited(-1, { min: 0, max: 255, step: 1 })).toBe(0);
    expect(limited(2.6, { min: 1, max: 9, step: 1, integer: true })).toBe(3);
  });

  it('is shown as short as it goes', () => {
    expect([2.2, 0.1 + 0.2, 15, -0, 1e-7].map(formatNumber)).toEqual(['2.2', '0.3', '15', '0', '1e-7']);
  });
});

describe('a step', () => {
  const range = { min: 0.01, max: 10, step: 0.01 };

  it('goes without the noise of binary fractions', () => {
    expect(stepped(0.29, 1, range)).toBe(0.3);
    expect(stepped(1, 10, range)).toBe(1.1);
    expect(stepped(1, 0.1, range)).toBe(1.001);
    expect(stepped(1.004, 1, range)).toBe(1.01);
  });

  it('stops at the ends of the range', () => {
    expect(stepped(9.95, 10, range)).toBe(10);
    expect(stepped(0.05, -10, range)).toBe(0.01);
  });

  it.each([
    ['ArrowUp', {}, false, 1],
    ['ArrowLeft', {}, false, -1],
    ['ArrowRight', { shiftKey: true }, false, 10],
    ['ArrowDown', { ctrlKey: true }, false, -0.1],
    ['ArrowDown', { ctrlKey: true }, true, -1],
    ['PageUp', {}, false, 10],
    ['ArrowUp', { altKey: true }, false, null],
    ['a', {}, false, null],
  ])('of %s with %o, whole: %s, is %s', (key, held, integer, steps) => {
    expect(stepsOf(new KeyboardEvent('keydown', { key, ...held }), integer)).toBe(steps);
  });
});
