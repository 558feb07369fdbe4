/** How far a picture is there whose strips are made from the top down, a few at a time, and end in any order. */

import type { Rectangle } from '../../raster/rectangle';

/** The rows that are there above the first strip that is not, each time there are more of them. */
export function rowsAbove(
  strips: readonly Rectangle[],
  grown: (rows: number) => void,
): (strip: Rectangle) => void {
  const waiting = new Set(strips.map(({ y }) => y));
  let next = 0;
  return ({ y }) => {
    waiting.delete(y);
    const before = next;
    while (next < strips.length && !waiting.has(strips[next].y)) next++;
    if (next > before) grown(strips[next - 1].y + strips[next - 1].height - strips[0].y);
  };
}
