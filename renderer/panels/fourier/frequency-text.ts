/** A frequency and its strength, in words and numbers. */

import type { Frequency } from '../../../core/derive/spectrum-view';
import { decimalText } from '../../../core/raster/number-text';

/** "(0.125, −0.250) cycles/px, a wave of 3.6 px: ln(1 + |F|) = 8.2143". */
export function frequencyText({ x, y, logarithm }: Frequency): string {
  const distance = Math.hypot(x, y);
  const wave = distance === 0 ? 'the mean' : `a wave of ${(1 / distance).toFixed(1)} px`;
  return `(${signed(x)}, ${signed(y)}) cycles/px, ${wave}: ln(1\u00a0+\u00a0|F|)\u00a0=\u00a0${logarithm.toFixed(4)}`;
}

function signed(value: number): string {
  return decimalText(value, 3);
}
