/** What can be read on a colour. */

/** Relative luminance (WCAG 2) of stored sRGB levels, 0 … 1. */
function luminance(levels: readonly number[], top: number): number {
  const [r, g, b] = levels.map((level) => {
    const share = level / top;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Where black and white have the same contrast; of the two, the better one has always more than 4.5 : 1. */
const MIDDLE = 0.179;

/** The one of black and white that stands out more from a colour of three levels. */
export function inkOn(levels: readonly [number, number, number], top: number): 'black' | 'white' {
  return luminance(levels, top) > MIDDLE ? 'black' : 'white';
}
