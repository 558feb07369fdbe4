/**
 * What the arrow keys do while a tool is in hand that marks something: they move it by one pixel, with Shift by ten; with Ctrl they
 * make a selection larger or smaller, and move the end of a line alone.
 */

import type { Session } from '../session/session.svelte';

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Whether the key was one of the tool's; then nothing else is to come of it. */
export function toolKey({ tool, active }: Session, event: KeyboardEvent, focused: Element | null): boolean {
  const move = Object.hasOwn(MOVES, event.key) ? MOVES[event.key] : undefined;
  if (move === undefined || active === null || event.altKey || !leavesArrows(focused)) return false;
  const [dx, dy] = move.map((by) => (event.shiftKey ? by * 10 : by));
  const further = event.ctrlKey || event.metaKey;
  if (tool === 'line') {
    if (active.line.line === null) return false;
    active.line.move(further ? 'to' : 'both', dx, dy);
    return true;
  }
  if ((tool !== 'rectangle' && tool !== 'ellipse') || active.selection.area === null) return false;
  if (further) active.selection.resize(dx, dy);
  else active.selection.move(dx, dy);
  return true;
}

/** Arrows mean nothing to the page itself, the canvas and plain buttons, such as that of the tool. */
function leavesArrows(element: Element | null): boolean {
  return (
    element === null ||
    element === document.body ||
    element instanceof HTMLCanvasElement ||
    (element instanceof HTMLButtonElement && element.getAttribute('role') === null)
  );
}
