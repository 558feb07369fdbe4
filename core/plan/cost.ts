/**
 * What it costs to make a part of a program, in samples that are looked at: a pixel counts once for every node that it passes, and for
 * every pixel of a window that makes it. An estimate, to tell what is done sooner than a thread is woken from what is not.
 */

import { isEmpty, type Rectangle } from '../raster/rectangle';
import { inputsOf, type Node } from './node';
import { inputRegions } from './regions';

/** Pixels of the nodes looked at for `part`, each times the channels that it has. */
export function costOf(node: Node, part: Rectangle): number {
  if (isEmpty(part)) return 0;
  const regions = inputRegions(node, part);
  const own = Math.max(1, ...regions.map((region) => windowOf(region, part)));
  const inputs = inputsOf(node).reduce((sum, input, at) => sum + costOf(input, regions[at]), 0);
  return part.width * part.height * node.shape.channels * own + inputs;
}

/** How much more than `part` is read of an input for every pixel of it. */
function windowOf(region: Rectangle, part: Rectangle): number {
  return Math.max(1, region.width - part.width + 1) * Math.max(1, region.height - part.height + 1);
}
