/**
 * A preview made from what lies beneath a step alone: the graph of the document as it is now, cut at the node whose samples
 * are there. That node is found by its name, which says everything it was made from; so samples of another picture, another
 * level or an older state are never taken for it.
 */

import type { Document } from '../document/document';
import { displayThroughTables } from '../operation/display-tables';
import { wholeOf } from '../raster/rectangle';
import type { Region } from '../raster/raster';
import { neverAborted } from '../raster/signal';
import { evaluate } from './evaluate';
import { fuse } from './fuse';
import { graphOf } from './graph';
import { over } from './held';
import type { Key } from './key';
import type { Known } from './look';
import type { Node } from './node';
import { displayNode } from './source-node';

export interface HeldSamples {
  /** The name of the node, and a part of its samples. */
  readonly node: Key;
  readonly region: Region;
  readonly level: number;
  readonly known: Known;
}

/**
 * What has to be done to the held samples to get the picture of this document; null where they do not fit it, or more than
 * tables is needed.
 */
export function treeOver(document: Document, { node, level, known }: HeldSamples): Node | null {
  const graph = graphOf({ document, level, known });
  if (graph.kind !== 'graph') return null;
  const tree = over(displayNode(graph.root), node);
  return tree === null ? null : fuse(tree, null);
}

/** Carries it out: RGBA, 8 bit, straight, as many pixels as are held. `target` begins at a multiple of four bytes. */
export function drawTree(tree: Node, { region }: HeldSamples, target: Uint8ClampedArray): void {
  if (drawTables(tree, region, target)) return;
  const { width, height } = region.raster;
  const data = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
  evaluate(
    tree,
    { raster: { width, height, channels: 4, depth: 8, data }, rectangle: region.rectangle },
    {
      picture: () => {
        throw new Error('only held samples are here');
      },
      stored: () => [region],
    },
    neverAborted,
  );
}

/** The usual case in one pass: tables, and what a screen shows of them. */
function drawTables(tree: Node, { raster, rectangle }: Region, target: Uint8ClampedArray): boolean {
  if (tree.kind !== 'display' || tree.input.kind !== 'point' || tree.input.input.kind !== 'stored')
    return false;
  const { program } = tree.input;
  const whole = wholeOf(raster);
  if (program.kind !== 'table' || rectangle.width !== whole.width || rectangle.height !== whole.height)
    return false;
  return displayThroughTables(raster, program.tables, target);
}
