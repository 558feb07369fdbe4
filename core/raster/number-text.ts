/**
 * How numbers are written for people: counts and sizes with a comma between thousands, everything with a real minus sign. Numbers in arithmetic, and in
 * fields where they are typed, have no commas: they are to be computed with.
 */

import type { Size } from './rectangle';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** The hyphen of a number as the minus sign that it is. */
export function withMinus(text: string): string {
  return text.replaceAll('-', '−');
}

/** How many: `1,124`. */
export function countText(count: number): string {
  return withMinus(whole.format(count));
}

/** `1,124 × 843`. */
export function sizeText({ width, height }: Size): string {
  return `${countText(width)} × ${countText(height)}`;
}

/** So many digits after the point; nothing is less than 0 that is written as 0. */
export function decimalText(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return /[1-9]/.test(text) ? withMinus(text) : text.replace('-', '');
}

/** A level or a number near one: whole ones as they are, of others so many digits after the point. */
export function levelText(value: number, digits = 2): string {
  return Number.isInteger(value) ? withMinus(String(value)) : decimalText(value, digits);
}

/** The levels of a pixel, beside one another. */
export function levelsText(levels: readonly number[]): string {
  return levels.map((level) => levelText(level)).join('  ');
}
