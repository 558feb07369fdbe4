/**
 * A document as a graph: each visible layer's source through its stack, the layers composed, the canvas stack above them
 * (OPERATIONS.md 11.1, 12a). Building is pure; measurements that it needs and does not know come back as `missing`, the engine
 * takes them and asks again.
 */

import type { Document, Layer, Step } from '../document/document';
import type { Reported } from '../operation/operation';
import { succeed, type Fault, type Result } from '../raster/fault';
import { levelSize } from '../raster/pyramid';
import { channelsFor, colourChannelsOf, hasAlpha, type Shape } from '../raster/raster';
import type { Size } from '../raster/rectangle';
import { keyOf } from './key';
import type { Known } from './look';
import type { Node, PlacedLayer } from './node';
import { convertNode, halvedPictureNode } from './source-node';
import { stepNodes, type Building, type Missing, type Pair } from './step-node';

export type Graph =
  | {
      readonly kind: 'graph';
      /** The picture at the level asked for (`exact` false) or at full resolution (`exact` true). */
      readonly root: Node;
      readonly full: Node;
      readonly reported: Readonly<Record<string, Reported>>;
    }
  | { readonly kind: 'missing'; readonly missing: readonly Missing[] }
  | { readonly kind: 'fault'; readonly fault: Fault };

export interface GraphRequest {
  readonly document: Document;
  /** 0 for the exact picture; n for the preview made from sources halved n times. */
  readonly level: number;
  /** What has been measured, by `lookKey`. */
  readonly known: Known;
}

/** The size of the canvas before its own stack: the frame, or with a single layer that layer's result. */
export function graphOf(request: GraphRequest): Graph {
  const { document, level, known } = request;
  const building: Building = {
    level,
    sources: document.sources,
    known,
    missing: [],
    reported: new Map(),
  };
  const composed = compositePair(building, document);
  if (!composed.ok) return { kind: 'fault', fault: composed.fault };
  const finished = composed.value === null ? composed : stackPair(building, composed.value, document.canvas);
  if (!finished.ok) return { kind: 'fault', fault: finished.fault };
  if (finished.value === null) return { kind: 'missing', missing: building.missing };
  return {
    kind: 'graph',
    root: finished.value.shown,
    full: finished.value.exact,
    reported: Object.fromEntries(building.reported),
  };
}

function stackPair(building: Building, input: Pair, stack: readonly Step[]): Result<Pair | null> {
  let pair = input;
  for (const step of stack) {
    const next = stepNodes(building, pair, step);
    if (!next.ok || next.value === null) return next;
    pair = next.value;
  }
  return succeed(pair);
}

function layerPair(building: Building, document: Document, layer: Layer): Result<Pair | null> {
  const source = document.sources[layer.source];
  if (source === undefined) throw new Error(`layer ${layer.id} has an unknown source`);
  const exact = convertNode(halvedPictureNode(source, 0), document.depth, null);
  const shown =
    building.level === 0
      ? exact
      : convertNode(halvedPictureNode(source, building.level), document.depth, null);
  return stackPair(building, { exact, shown }, layer.stack);
}

function compositePair(building: Building, document: Document): Result<Pair | null> {
  const visible = document.layers.filter((layer) => layer.visible);
  const pairs: Pair[] = [];
  let waiting = false;
  for (const layer of visible) {
    const pair = layerPair(building, document, layer);
    if (!pair.ok) return pair;
    if (pair.value === null) waiting = true;
    else pairs.push(pair.value);
  }
  // A hidden single layer still gives the canvas its size.
  const only = document.layers.length === 1 ? document.layers[0] : undefined;
  let frame = document.frame;
  if (only !== undefined && frame === null) {
    const alone = only.visible ? succeed(pairs[0] ?? null) : layerPair(building, document, only);
    if (!alone.ok) return alone;
    if (alone.value === null) waiting = true;
    else frame = alone.value.exact.shape;
  }
  if (waiting || frame === null) return succeed(null);

  const exact = compose(
    document,
    frame,
    visible,
    pairs.map((pair) => pair.exact),
  );
  if (building.level === 0) return succeed({ exact, shown: exact });
  // With a single layer the canvas follows that layer's own reduced size, which may differ from the halved one by a pixel.
  const size =
    only !== undefined && pairs.length === 1 && document.frame === null
      ? pairs[0].shown.shape
      : levelSize(frame, building.level);
  return succeed({
    exact,
    shown: compose(
      document,
      size,
      visible,
      pairs.map((pair) => pair.shown),
    ),
  });
}

function compose(document: Document, size: Size, layers: readonly Layer[], nodes: readonly Node[]): Node {
  const inColour =
    colourChannelsOf(document) === 3 || nodes.some((node) => colourChannelsOf(node.shape) === 3);
  const colour = inColour ? 3 : 1;
  const placed = nodes.map((node, index): PlacedLayer => ({
    node: colour === 3 ? convertNode(node, document.depth, 3) : node,
    x: Math.floor((size.width - node.shape.width) / 2),
    y: Math.floor((size.height - node.shape.height) / 2),
    opacity: layers[index].opacity,
    mode: layers[index].mode,
  }));
  const covers = (layer: PlacedLayer): boolean =>
    layer.node.shape.width === size.width && layer.node.shape.height === size.height;
  const replaces = (layer: PlacedLayer): boolean =>
    layer.opacity === 1 && layer.mode === 'normal' && covers(layer);
  const opaque = placed.some((layer) => layer.opacity === 1 && covers(layer) && !hasAlpha(layer.node.shape));
  const shape: Shape = {
    width: size.width,
    height: size.height,
    channels: channelsFor(colour, !opaque || hasAlpha(document)),
    depth: document.depth,
  };
  // What lies beneath an opaque layer is not seen, so it is not computed.
  const lowest = placed.findLastIndex((layer) => replaces(layer) && !hasAlpha(layer.node.shape));
  const seen = placed.slice(Math.max(0, lowest));
  // One layer as it is: its stack's result, bit-identical.
  if (seen.length === 1 && replaces(seen[0])) {
    const { node } = seen[0];
    if (placed.length === 1 || node.shape.channels === shape.channels) return node;
  }
  const key = keyOf(
    'composite',
    shape,
    seen.map(({ node, x, y, opacity, mode }) => [node.key, x, y, opacity, mode]),
  );
  return { kind: 'composite', key, shape, step: null, layers: seen };
}
