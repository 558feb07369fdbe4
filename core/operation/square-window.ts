import type { Window } from './operation';

/** The window of `size` rows and columns (OPERATIONS.md 7.2); an even one reaches one pixel further up and left. */
export function squareWindow(size: number): Window {
  const before = Math.floor(size / 2);
  const after = size - 1 - before;
  return { left: before, top: before, right: after, bottom: after, stride: 1, offsetX: 0, offsetY: 0 };
}
