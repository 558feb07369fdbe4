/**
 * What a picture measures that is another one changed by tables, or moved: it follows from what the other measures, so the
 * samples need not be made and read to know it. A chain of point operations over a measured picture costs no look at all.
 */

import { colourChannelsOf } from '../raster/raster';
import { largestLevel, throughTables } from '../raster/histogram';
import { asHistogram, isSelected, needsWhole, type Look, type Looked } from './look';
import type { Node } from './node';
import { placementOf } from './placement';

/** Another look at another node, and what follows from it. */
export interface LookThrough {
  readonly node: Node;
  readonly look: Look;
  follow(looked: Looked): Looked;
}

/** Null where the node itself has to be looked at. */
export function lookThrough(node: Node, look: Look): LookThrough | null {
  if (needsWhole(look)) return null;
  if (isSelected(look)) return look.counted === 'lumaHistogram' ? null : throughTable(node, look);
  if (look === 'opaque') {
    const input = withSameAlpha(node);
    return input === null ? null : { node: input, look, follow: (looked) => looked };
  }
  const ofLuma = look === 'lumaHistogram' || look === 'largestLuma';
  // The luma of a grey picture is its level, so its histogram tells everything.
  if (ofLuma && colourChannelsOf(node.shape) === 3) return moved(node, look);
  if (look === 'largestLuma') {
    return {
      node,
      look: 'histogram',
      follow: (looked) => ({ kind: 'largestLuma', level: largestLevel(asHistogram(looked).bins[0]) }),
    };
  }
  return throughTable(node, look) ?? moved(node, look);
}

/** The same pixels in the same places, each level gone through its table. */
function throughTable(node: Node, look: Look): LookThrough | null {
  if (node.kind !== 'point' || node.program.kind !== 'table') return null;
  const { tables } = node.program;
  return {
    node: node.input,
    look,
    follow: (looked) => ({ kind: 'histogram', histogram: throughTables(asHistogram(looked), tables) }),
  };
}

/** The same pixels in other places, all of them. */
function moved(node: Node, look: Look): LookThrough | null {
  const input = withSamePixels(node);
  return input === null ? null : { node: input, look, follow: (looked) => looked };
}

function withSamePixels(node: Node): Node | null {
  if (node.kind !== 'geometry' || placementOf(node) === null) return null;
  const { input, shape } = node;
  return shape.width * shape.height === input.shape.width * input.shape.height ? input : null;
}

function withSameAlpha(node: Node): Node | null {
  if (node.kind === 'point' || node.kind === 'whole') return node.input;
  return withSamePixels(node);
}
