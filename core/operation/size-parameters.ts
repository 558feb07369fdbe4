/** Sides and places in whole pixels, as operations that make a picture of another size declare them. */

import type { NumberParameter } from './parameter';

/** Any picture's side, and more than the largest can have. */
const LONGEST = 1_000_000;
/** As far as sliders go: what cameras make. */
const USUAL = 8000;

const wholePixels = { kind: 'number', step: 1, integer: true, unit: 'px' } as const;

/** Columns or rows of a result. */
export function sideParameter(help: string) {
  return {
    ...wholePixels,
    min: 1,
    max: LONGEST,
    slider: [1, USUAL],
    suggested: 1000,
    help,
  } as const satisfies NumberParameter;
}

/** A column or a row of the input, the first being 0. */
export function placeParameter(help: string) {
  return {
    ...wholePixels,
    min: 0,
    max: LONGEST - 1,
    slider: [0, USUAL],
    suggested: 0,
    help,
  } as const satisfies NumberParameter;
}
