/**
 * A large picture in strips from the top down, so that it need not be there as a whole. Strips share tiles of the programs
 * beneath them; which strip is the last to need a tile is known beforehand, so a tile is made once, and given up as soon as nobody
 * asks for it any more, in whatever order a turned picture looks at its input.
 */

import { byteLength } from '../raster/raster';
import { wholeOf, type Rectangle, type Size } from '../raster/rectangle';
import { planOf, stripsOf, tileName, type Plan } from './plan';
import type { Program } from './program';

export interface ScheduledStrip {
  /** Whole rows of the picture. */
  readonly rectangle: Rectangle;
  /** What has to be computed for it; `strips` are its pieces of work. */
  readonly plan: Plan;
  /** Names of the tiles that no later strip needs. */
  readonly lastUsed: readonly string[];
}

/** Strips of at least one and at most about `bytes` bytes of samples that together are the program's picture. */
export function scheduleStrips(top: Program, tile: Size, bytes: number): readonly ScheduledStrip[] {
  const row = byteLength({ ...top.shape, height: 1 });
  const scheduled = inGroups(stripsOf(top, wholeOf(top.shape), tile), Math.ceil(bytes / row)).map(
    (strips) => {
      const [first] = strips;
      const rectangle = { ...first, height: strips.reduce((sum, { height }) => sum + height, 0) };
      const plan: Plan = { ...planOf(top, rectangle, tile), strips };
      return { rectangle, plan, lastUsed: [] as string[] };
    },
  );
  const last = new Map<string, string[]>();
  for (const { plan, lastUsed } of scheduled) {
    for (const { program, tiles } of plan.stages) {
      for (const each of tiles) last.set(tileName(program, each), lastUsed);
    }
  }
  for (const [name, lastUsed] of last) lastUsed.push(name);
  return scheduled;
}

/** Neighbours together, up to `rows` rows a group. */
function inGroups(strips: readonly Rectangle[], rows: number): (readonly [Rectangle, ...Rectangle[]])[] {
  const groups: [Rectangle, ...Rectangle[]][] = [];
  let height = Infinity;
  for (const strip of strips) {
    height += strip.height;
    if (height > rows) {
      groups.push([strip]);
      height = strip.height;
    } else groups[groups.length - 1].push(strip);
  }
  return groups;
}
