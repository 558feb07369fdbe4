/** Where the window was when it was closed, so that it comes back there, as long as there is a screen. */

import { readFileSync } from 'node:fs';
import { isPlainObject } from '../../core/document/json';
import { writeAtomically } from '../../core/node/files/atomic-write';
import { intersect, type Rectangle } from '../../core/raster/rectangle';

export interface WindowState {
  readonly bounds: Rectangle;
  readonly maximized: boolean;
}

/** So much of a window must be on a screen for it to be found again, in pixels on either side. */
const VISIBLE = 64;
export const SMALLEST = { width: 640, height: 480 } as const;
const USUAL = { width: 1440, height: 900 } as const;

function rectangleOf(value: unknown): Rectangle | null {
  if (!isPlainObject(value)) return null;
  const { x, y, width, height } = value;
  const sides = [x, y, width, height];
  if (!sides.every((side) => typeof side === 'number' && Number.isSafeInteger(side))) return null;
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
}

/** In the middle of the main screen, which comes first. */
function usualBounds([main]: readonly Rectangle[]): Rectangle {
  const width = Math.min(USUAL.width, main.width);
  const height = Math.min(USUAL.height, main.height);
  return {
    x: main.x + Math.floor((main.width - width) / 2),
    y: main.y + Math.floor((main.height - height) / 2),
    width,
    height,
  };
}

/** What was stored at `path`, if it still makes sense on these screens (the main one first). */
export function readWindowState(path: string, screens: readonly Rectangle[]): WindowState {
  let stored: unknown = null;
  try {
    stored = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // The first start, or a file that is no JSON: the usual place will do.
  }
  const bounds = isPlainObject(stored) ? rectangleOf(stored.bounds) : null;
  const isVisible = (screen: Rectangle): boolean => {
    const common = intersect(bounds ?? usualBounds(screens), screen);
    return common.width >= VISIBLE && common.height >= VISIBLE;
  };
  const isSensible =
    bounds !== null &&
    bounds.width >= SMALLEST.width &&
    bounds.height >= SMALLEST.height &&
    screens.some(isVisible);
  return {
    bounds: isSensible ? bounds : usualBounds(screens),
    maximized: isPlainObject(stored) && stored.maximized === true,
  };
}

/** Not being able to store it is no reason to bother anyone. */
export async function writeWindowState(path: string, state: WindowState): Promise<void> {
  await writeAtomically(path, Buffer.from(JSON.stringify(state)), { overwrite: true });
}
