/** The blend functions that are told with numbers are those that are computed. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mixRow } from '../../../core/colour/blend';
import { BLEND_ARITHMETIC } from '../../../core/colour/blend-arithmetic';
import { BLEND_MODES } from '../../../core/colour/blend-mode';
import { evaluate } from '../../../core/operation/formula/evaluate';
import { parseFormula } from '../../../core/operation/formula/parse';

/** Values as 8-bit pictures have them, the ends and the middle among them. */
const unit = fc.integer({ min: 0, max: 255 }).map((level) => level / 255);

describe.each(BLEND_MODES.map((mode) => [mode, BLEND_ARITHMETIC[mode]] as const))('%s', (mode, formula) => {
  it('is told as it is computed, or needs three channels', () => {
    if (formula === undefined) {
      expect(['hue', 'saturation', 'color', 'luminosity']).toContain(mode);
      return;
    }
    const parsed = parseFormula(formula);
    fc.assert(
      fc.property(unit, unit, (Cb, Cs) => {
        const mixed = new Float64Array(1);
        mixRow(mode, 1, Float64Array.of(Cb), Float64Array.of(Cs), mixed, 1);
        expect(evaluate(parsed, { Cb, Cs })).toBeCloseTo(mixed[0], 12);
      }),
    );
  });
});
