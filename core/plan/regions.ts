/**
 * Which part of its inputs a node needs for a part of itself. Planner and workers share this, so what is planned is what is read.
 */

import { placedSource } from '../kernels/rearrange';
import { neededRegion } from '../operation/area';
import { wholeRegion } from '../operation/whole';
import { intersect, isEmpty, translate, wholeOf, type Rectangle } from '../raster/rectangle';
import { inputsOf, type Node } from './node';
import { areaOperation, geometryOperation, wholeOperation } from './registered';

/** The four pixels of each halved one, cut to the input. */
function doubled(rectangle: Rectangle): Rectangle {
  return {
    x: rectangle.x * 2,
    y: rectangle.y * 2,
    width: rectangle.width * 2,
    height: rectangle.height * 2,
  };
}

/** One rectangle an input, inside that input; empty where nothing of it is needed. `part` lies inside the node. */
export function inputRegions(node: Node, part: Rectangle): readonly Rectangle[] {
  switch (node.kind) {
    case 'picture':
    case 'stored':
      return [];
    case 'halve':
      return [intersect(doubled(part), wholeOf(node.input.shape))];
    case 'area':
      return [neededRegion(areaOperation(node.operation), node.values, node.input.shape, part)];
    case 'geometry':
      return [
        intersect(
          geometryOperation(node.operation).source(node.values, node.input.shape, part),
          wholeOf(node.input.shape),
        ),
      ];
    case 'rearrange':
      return [placedSource(node.placement, part)];
    case 'whole':
      return [wholeRegion(wholeOperation(node.operation), node.values, node.input.shape, part)];
    case 'composite':
      return node.layers.map((layer) =>
        intersect(translate(part, -layer.x, -layer.y), wholeOf(layer.node.shape)),
      );
    case 'limit':
      // At a reduced level a mask's picture may be a pixel smaller than what was cut or turned on the way.
      return inputsOf(node).map((input) => intersect(part, wholeOf(input.shape)));
    case 'blend':
    case 'convert':
    case 'point':
    case 'luma':
    case 'opaque':
    case 'display':
    case 'looked':
      return inputsOf(node).map(() => part);
  }
}

/** Calls `visit` for every stored leaf of a program with the part of it that is needed for `part` of the program. */
export function visitLeaves(
  node: Node,
  part: Rectangle,
  visit: (leaf: Node & { readonly kind: 'stored' }, part: Rectangle) => void,
): void {
  if (isEmpty(part)) return;
  if (node.kind === 'stored') {
    visit(node, part);
    return;
  }
  const regions = inputRegions(node, part);
  inputsOf(node).forEach((input, index) => visitLeaves(input, regions[index], visit));
}
