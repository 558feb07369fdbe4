/**
 * What a picture measures that is another one changed by tables, or moved: it follows from what the other measures, so the
 * samples need not be made and read to know it. A chain of point operations over a measured picture costs no look at all.
 */

import type { Extremes } from '../kernels/extremes';
import { colourChannelsOf, type Samples } from '../raster/raster';
import { largestLevel, smallestLevel, throughTables } from '../raster/histogram';
import { asExtremes, asHistogram, isSelected, needsWhole, type Look, type Looked } from './look';
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
  if (needsWhole(look) || look === 'histogramWithLuma') return null;
  if (isSelected(look)) return look.counted === 'lumaHistogram' ? null : throughTable(node, look);
  if (look === 'opaque') {
    const input = withSameAlpha(node);
    return input === null ? null : { node: input, look, follow: (looked) => looked };
  }
  if (look === 'extremes') return extremesThrough(node) ?? moved(node, look);
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

/** Extremes stay extremes where tables only rise or only fall; of other tables the histogram tells. */
function extremesThrough(node: Node): LookThrough | null {
  if (node.kind !== 'point' || node.program.kind !== 'table') return null;
  const { tables } = node.program;
  if (tables.every(isMonotone)) {
    const follow = (looked: Looked): Looked => ({
      kind: 'extremes',
      extremes: extremesAfter(tables, asExtremes(looked)),
    });
    return { node: node.input, look: 'extremes', follow };
  }
  const follow = (looked: Looked): Looked => {
    const { bins } = asHistogram(looked);
    return {
      kind: 'extremes',
      extremes: { least: bins.map(smallestLevel), largest: bins.map(largestLevel) },
    };
  };
  return { node, look: 'histogram', follow };
}

function isMonotone(table: Samples): boolean {
  const rises = table[0] <= table[table.length - 1];
  return table.every((level, at) => at === 0 || (rises ? table[at - 1] <= level : table[at - 1] >= level));
}

function extremesAfter(tables: readonly Samples[], { least, largest }: Extremes): Extremes {
  const ends = least.map((level, channel) => {
    const table = tables.at(channel);
    const both = [level, largest[channel]];
    return table === undefined ? both : both.map((end) => table[end]);
  });
  return { least: ends.map((both) => Math.min(...both)), largest: ends.map((both) => Math.max(...both)) };
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
