/** Unrounded BT.601 luma of levels (OPERATIONS.md 5.1). */
export function luma(red: number, green: number, blue: number): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}
