/** Where a part of an upright picture lies in the picture as a file stores it, by EXIF orientation (1 … 8). */

import type { Rectangle, Size } from '../../raster/rectangle';

/** From 5 on, rows of the one are columns of the other. */
export function isTransposed(orientation: number): boolean {
  return orientation >= 5;
}

export function transposed({ width, height }: Size): Size {
  return { width: height, height: width };
}

/** The rectangle of the stored picture, which has this size, that is shown as `part`. */
export function storedPart(part: Rectangle, stored: Size, orientation: number): Rectangle {
  const across = isTransposed(orientation);
  const turned: Rectangle = across
    ? { x: part.y, y: part.x, width: part.height, height: part.width }
    : { x: part.x, y: part.y, width: part.width, height: part.height };
  // Which sides of the stored picture are shown at the other side.
  const mirrorsX = [2, 3, 7, 8].includes(orientation);
  const mirrorsY = [3, 4, 6, 7].includes(orientation);
  return {
    ...turned,
    x: mirrorsX ? stored.width - turned.x - turned.width : turned.x,
    y: mirrorsY ? stored.height - turned.y - turned.height : turned.y,
  };
}

/** The rectangle as which a part of the stored picture, which has this size, is shown. */
export function shownPart(part: Rectangle, stored: Size, orientation: number): Rectangle {
  const size = isTransposed(orientation) ? transposed(stored) : stored;
  // A quarter turn is undone by the other one; everything else by itself.
  const back = orientation === 6 ? 8 : orientation === 8 ? 6 : orientation;
  return storedPart(part, size, back);
}
