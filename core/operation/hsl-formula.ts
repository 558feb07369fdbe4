/**
 * Hue, saturation and lightness in formulas (OPERATIONS.md 5.3), for operations that change one of them: definitions of `h`, `s`
 * and `l`, each 0 … 1, from the pixel, and the way back to the channel at hand.
 */

/** Defines `lightest`, `darkest`, `l`, `s` and `h` (in turns; 0 for greys). */
export const HSL_OF_PIXEL =
  'lightest = max(R, G, B)/T; darkest = min(R, G, B)/T; range = lightest - darkest; ' +
  'l = (lightest + darkest)/2; ' +
  's = range == 0 ? 0 : range/(l <= 0.5 ? lightest + darkest : 2 - lightest - darkest); ' +
  'sextant = range == 0 ? 0 : R/T == lightest ? (G - B)/T/range ' +
  ': G/T == lightest ? 2 + (B - R)/T/range : 4 + (R - G)/T/range; ' +
  'h = sextant/6; ';

/** The channel's level from `hue`, `saturation` and `lightness`, names of definitions; the hue may be any number of turns. */
export function levelFromHsl(hue: string, saturation: string, lightness: string): string {
  return (
    `high = ${lightness} <= 0.5 ? ${lightness}*(1 + ${saturation}) ` +
    `: ${lightness} + ${saturation} - ${lightness}*${saturation}; low = 2*${lightness} - high; ` +
    // Red is a third of a turn ahead of green, blue a third behind.
    `turns = ${hue} + (1 - channel)/3; angle = 6*(turns - floor(turns)); ` +
    'T*(angle < 1 ? low + (high - low)*angle : angle < 3 ? high ' +
    ': angle < 4 ? low + (high - low)*(4 - angle) : low)'
  );
}
