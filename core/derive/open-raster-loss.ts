/** What an OpenRaster file does not keep of a document, said before it is left out. */

import type { Document } from '../document/document';

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** One sentence, or null where nothing is lost. `undoable` are the steps of the history that can be undone and redone. */
export function openRasterLoss({ layers, canvas }: Document, undoable: number): string | null {
  const steps = [...layers.flatMap((layer) => layer.stack), ...canvas];
  const masked = steps.filter((step) => step.mask !== null).length;
  const left = [
    ...(steps.length === 0 ? [] : [counted(steps.length, 'operation', 'operations')]),
    ...(masked === 0 ? [] : [counted(masked, 'mask of an operation', 'masks of operations')]),
    ...(undoable === 0 ? [] : [`the history (${counted(undoable, 'step', 'steps')})`]),
  ];
  if (left.length === 0) return null;
  const results = steps.length === 0 ? '' : '; the layers hold the results';
  return `OpenRaster keeps layers, not how they were made; left out: ${left.join(', ')}${results}`;
}
