/** Axis-aligned rectangles of whole pixels: x to the right, y down, `x + width` and `y + height` are exclusive. */

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How far, in pixels, something reaches beyond a rectangle on each side. */
export interface Margins {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const emptyRectangle: Rectangle = { x: 0, y: 0, width: 0, height: 0 };

/** The rectangle that a picture of this size fills. */
export function wholeOf(size: Size): Rectangle {
  return { x: 0, y: 0, width: size.width, height: size.height };
}

export function isEmpty(rectangle: Rectangle): boolean {
  return rectangle.width <= 0 || rectangle.height <= 0;
}

export function sameRectangle(a: Rectangle, b: Rectangle): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** The common part; the empty rectangle where there is none. */
export function intersect(a: Rectangle, b: Rectangle): Rectangle {
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : emptyRectangle;
}

/** The smallest rectangle that holds both; an empty one adds nothing. */
export function unite(a: Rectangle, b: Rectangle): Rectangle {
  if (isEmpty(a)) return b;
  if (isEmpty(b)) return a;
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

export function translate(rectangle: Rectangle, dx: number, dy: number): Rectangle {
  return { x: rectangle.x + dx, y: rectangle.y + dy, width: rectangle.width, height: rectangle.height };
}

export function grow(rectangle: Rectangle, by: Margins): Rectangle {
  return {
    x: rectangle.x - by.left,
    y: rectangle.y - by.top,
    width: rectangle.width + by.left + by.right,
    height: rectangle.height + by.top + by.bottom,
  };
}
