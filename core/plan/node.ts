/**
 * The graph: a picture is a function from a rectangle to samples, written down as a tree of values (libvips' idea).
 * A node's key is the hash of everything its pixels are made from, so equal keys mean equal pixels on every machine; nothing
 * is ever invalidated, and an undo finds what it needs under the old name.
 */

import type { BlendMode } from '../colour/blend-mode';
import type { SourceId, StepChannels, StepId } from '../document/document';
import type { Mask } from '../document/mask';
import type { AnyValues, Measurement, Study } from '../operation/operation';
import type { Placement } from '../kernels/rearrange';
import type { PointProgram } from '../operation/point-program';
import type { Shape } from '../raster/raster';
import type { Key } from './key';

interface Common {
  readonly key: Key;
  /** The whole picture that this node stands for. */
  readonly shape: Shape;
  /** The step it came from, where it came from one. */
  readonly step: StepId | null;
}

/** An opened picture at full resolution. */
export interface PictureNode extends Common {
  readonly kind: 'picture';
  readonly source: SourceId;
}

/** Half the size, by 2×2 means rounded half up. */
export interface HalveNode extends Common {
  readonly kind: 'halve';
  readonly input: Node;
}

/** Another depth, or grey written to three channels; `shape` says which. */
export interface ConvertNode extends Common {
  readonly kind: 'convert';
  readonly input: Node;
}

/** Tables or one loop a pixel, in place. */
export interface PointNode extends Common {
  readonly kind: 'point';
  readonly program: PointProgram;
  readonly input: Node;
}

export interface AreaNode extends Common {
  readonly kind: 'area';
  /** Id of an area operation. */
  readonly operation: string;
  readonly values: AnyValues;
  readonly input: Node;
}

export interface GeometryNode extends Common {
  readonly kind: 'geometry';
  /** Id of a geometry operation. */
  readonly operation: string;
  readonly values: AnyValues;
  readonly input: Node;
}

/** Only in fused graphs: several geometries in a row that move pixels, as one move. */
export interface RearrangeNode extends Common {
  readonly kind: 'rearrange';
  readonly placement: Placement;
  readonly input: Node;
}

/** An operation on the whole picture, with what was found out about that. */
export interface WholeNode extends Common {
  readonly kind: 'whole';
  /** Id of a whole operation. */
  readonly operation: string;
  readonly values: AnyValues;
  readonly study: Study | null;
  readonly input: Node;
}

/** Rounded BT.601 luma as a grey picture without alpha, for steps limited to `luma`. */
export interface LumaNode extends Common {
  readonly kind: 'luma';
  readonly input: Node;
}

/** A step's limits (OPERATIONS.md 2.6): `after` is the step's stored result, or its result on the luma picture. */
export interface LimitNode extends Common {
  readonly kind: 'limit';
  readonly channels: StepChannels;
  readonly opacity: number;
  /** In pixels of this node; null for everywhere. */
  readonly mask: Mask | null;
  readonly before: Node;
  readonly after: Node;
  /** The lumas of the mask's pictures, in order. */
  readonly pictures: readonly Node[];
}

/** A `blend` step: composition of a second picture of the same size over the input. */
export interface BlendNode extends Common {
  readonly kind: 'blend';
  readonly mode: BlendMode;
  readonly opacity: number;
  readonly backdrop: Node;
  readonly source: Node;
}

export interface PlacedLayer {
  readonly node: Node;
  /** Canvas coordinates of the layer's top left corner; may be negative. */
  readonly x: number;
  readonly y: number;
  readonly opacity: number;
  readonly mode: BlendMode;
}

/** The layers of a document, bottom first, composed in one pass (OPERATIONS.md 11.1). */
export interface CompositeNode extends Common {
  readonly kind: 'composite';
  readonly layers: readonly PlacedLayer[];
}

/** The same without its alpha channel. */
export interface OpaqueNode extends Common {
  readonly kind: 'opaque';
  readonly input: Node;
}

/** RGBA, 8 bit, for the screen. */
export interface DisplayNode extends Common {
  readonly kind: 'display';
  readonly input: Node;
}

/** The same samples, measured on the way. Which parts are measured follows from which are made. */
export interface LookedNode extends Common {
  readonly kind: 'looked';
  readonly look: Measurement;
  readonly input: Node;
}

/** Only in programs: a node whose tiles lie in the cache; `slot` counts them within the program. */
export interface StoredNode extends Common {
  readonly kind: 'stored';
  readonly slot: number;
}

export type Node =
  | PictureNode
  | HalveNode
  | ConvertNode
  | PointNode
  | AreaNode
  | GeometryNode
  | RearrangeNode
  | WholeNode
  | LumaNode
  | LimitNode
  | BlendNode
  | CompositeNode
  | OpaqueNode
  | DisplayNode
  | LookedNode
  | StoredNode;

/** The nodes from which this one is made, in the order in which `inputRegions` lists their rectangles. */
export function inputsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'picture':
    case 'stored':
      return [];
    case 'limit':
      return [node.before, node.after, ...node.pictures];
    case 'blend':
      return [node.backdrop, node.source];
    case 'composite':
      return node.layers.map((layer) => layer.node);
    default:
      return [node.input];
  }
}

/** The same node over other inputs. The key stays: it names the pixels, not the way they are made. */
export function withInputs(node: Node, inputs: readonly Node[]): Node {
  switch (node.kind) {
    case 'picture':
    case 'stored':
      return node;
    case 'limit':
      return { ...node, before: inputs[0], after: inputs[1], pictures: inputs.slice(2) };
    case 'blend':
      return { ...node, backdrop: inputs[0], source: inputs[1] };
    case 'composite':
      return { ...node, layers: node.layers.map((layer, index) => ({ ...layer, node: inputs[index] })) };
    default:
      return { ...node, input: inputs[0] };
  }
}
