import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countText, decimalText, levelText, sizeText } from '../../../core/raster/number-text';

const read = (text: string): number => Number(text.replaceAll(',', '').replace('−', '-'));

it('counts and levels read back to the number that was written', () => {
  fc.assert(
    fc.property(fc.integer(), (value) => {
      expect(read(countText(value))).toBe(value);
      expect(read(levelText(value))).toBe(value);
      expect(levelText(value)).not.toContain(',');
    }),
  );
});

it('fractions read back as nearly as they are written, and nothing has a hyphen', () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.nat(6), (value, digits) => {
      const text = decimalText(value, digits);
      expect(Math.abs(read(text) - value)).toBeLessThanOrEqual(0.5000001 * 10 ** -digits);
      expect(text).not.toContain('-');
    }),
  );
});

it('thousands are parted, and what is written as 0 has no sign', () => {
  expect(sizeText({ width: 12345, height: 800 })).toBe('12,345 × 800');
  expect(decimalText(-0.001, 2)).toBe('0.00');
  expect(levelText(-3)).toBe('−3');
  expect(levelText(-0.5)).toBe('−0.50');
});
