/** The elements of morphology (OPERATIONS.md 9). */

export type ElementShape = 'square' | 'cross' | 'disk';

export interface Element {
  readonly shape: ElementShape;
  readonly radius: number;
}

/** Whether the element covers the offset. */
export function covers({ shape, radius }: Element, dx: number, dy: number): boolean {
  if (Math.max(Math.abs(dx), Math.abs(dy)) > radius) return false;
  if (shape === 'square') return true;
  return shape === 'cross' ? dx === 0 || dy === 0 : dx * dx + dy * dy <= radius * radius;
}
