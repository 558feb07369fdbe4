/**
 * The blend functions of `blend.ts` that look at one channel alone, in the formula language, so that they can be told with the numbers of a
 * pixel: the backdrop's colour Cb, the source's Cs, both from 0 to 1. Tests hold them against `blend.ts`, which computes.
 */

import type { BlendMode } from './blend-mode';

/** Multiplied below the middle of `upper`, screened above it. */
function hardLight(lower: string, upper: string): string {
  return `${upper} <= 0.5 ? 2*${lower}*${upper} : 1 - 2*(1 - ${lower})*(1 - ${upper})`;
}

/** None for the modes that need all three channels. */
export const BLEND_ARITHMETIC: Partial<Readonly<Record<BlendMode, string>>> = {
  normal: 'Cs',
  multiply: 'Cb*Cs',
  screen: 'Cb + Cs - Cb*Cs',
  overlay: hardLight('Cs', 'Cb'),
  darken: 'min(Cb, Cs)',
  lighten: 'max(Cb, Cs)',
  colorDodge: 'Cb == 0 ? 0 : Cs == 1 ? 1 : min(1, Cb/(1 - Cs))',
  colorBurn: 'Cb == 1 ? 1 : Cs == 0 ? 0 : 1 - min(1, (1 - Cb)/Cs)',
  hardLight: hardLight('Cb', 'Cs'),
  softLight:
    'Cs <= 0.5 ? Cb - (1 - 2*Cs)*Cb*(1 - Cb) : ' +
    'Cb <= 0.25 ? Cb + (2*Cs - 1)*(((16*Cb - 12)*Cb + 4)*Cb - Cb) : Cb + (2*Cs - 1)*(sqrt(Cb) - Cb)',
  difference: 'abs(Cb - Cs)',
  exclusion: 'Cb + Cs - 2*Cb*Cs',
};
