import { describe, expect, it } from 'vitest';
import { spelled, spellingFor, unitText } from '../../../renderer/panels/pixels/cells';

describe('numbers in cells', () => {
  it.each([
    [[1, -2, 1000], ['1', '−2', '1000'], ''],
    [[0.0398, 0.00072, 0], ['39.8', '0.7', '0'], ', in 10⁻³'],
    [[1.793, 0.0335], ['1.79', '0.03'], ''],
    [[123.4, -0.5], ['123', '−1'], ''],
    [[0.25, 0.125], ['0.250', '0.125'], ''],
    [[0.1, 0.05], ['0.100', '0.050'], ''],
  ])('%j fit as %j%s', (numbers, texts, unit) => {
    const spelling = spellingFor(numbers);
    expect(numbers.map((value) => spelled(value, spelling))).toEqual(texts);
    expect(unitText(spelling)).toBe(unit);
  });
});
