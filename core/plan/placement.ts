/** Nodes that only move pixels: flips, quarter turns and cuts, one alone or several in a row. */

import type { Placement } from '../kernels/rearrange';
import type { Node } from './node';
import { geometryOperation } from './registered';

/** Where the pixels of a node lie in its input; null where it does more than move them. */
export function placementOf(node: Node): Placement | null {
  if (node.kind === 'rearrange') return node.placement;
  if (node.kind !== 'geometry') return null;
  return geometryOperation(node.operation).placement?.(node.values, node.input.shape) ?? null;
}
