/**
 * `stack.xml` of OpenRaster files from other programs, read without trust: sax in its strict mode gives one element after the other,
 * so depth and number are bounded while they come. A document type is refused before anything in it is looked at, which leaves no
 * entity to expand and nothing outside to fetch.
 */

import sax from 'sax';
import { BLEND_MODES, type BlendMode } from '../../colour/blend-mode';
import { fail, FaultError, succeed, type FaultCode, type Result } from '../../raster/fault';
import type { Size } from '../../raster/rectangle';
import { inWords } from '../codec/limits';
import { shownName } from './archive-names';
import { OPERATORS, STACK } from './open-raster';

export interface StackLimits {
  /** Layers and groups. */
  readonly nodes: number;
  /** Groups inside each other. */
  readonly depth: number;
  /** Pixels of the canvas. */
  readonly pixels: number;
}

interface NodeFacts {
  /** As it stands there; may be empty. */
  readonly name: string;
  readonly visible: boolean;
  /** 0 … 1. */
  readonly opacity: number;
  readonly mode: BlendMode;
  /** The mode that was asked for where Burnish has none of that name; then `mode` is normal. */
  readonly unknownMode: string | null;
}

export interface LayerNode extends NodeFacts {
  readonly kind: 'layer';
  /** Name of its picture in the archive. */
  readonly picture: string;
  readonly x: number;
  readonly y: number;
}

export interface GroupNode extends NodeFacts {
  readonly kind: 'group';
  /** Whether the file wants it composed apart from what lies beneath. */
  readonly isolated: boolean;
  /** From the bottom up. */
  readonly nodes: readonly StackNode[];
}

export type StackNode = LayerNode | GroupNode;

export interface LayerStack {
  readonly canvas: Size;
  /** From the bottom up. */
  readonly nodes: readonly StackNode[];
  /** Kinds of elements that are no layers: text, filters. */
  readonly others: readonly string[];
}

const FARTHEST = 1_000_000;

const modes: ReadonlyMap<string, BlendMode> = new Map(BLEND_MODES.map((mode) => [OPERATORS[mode], mode]));

type Attributes = Readonly<Record<string, string>>;

function refuse(code: FaultCode, message: string, remedy = 'save it again in the other program'): FaultError {
  return new FaultError(fail(code, `${STACK}: ${message}`, remedy).fault);
}

function wholeNumber(text: string, least: number): number | null {
  const value = /^-?\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= least && value <= FARTHEST ? value : null;
}

function canvasOf({ w = '', h = '' }: Attributes, { pixels }: StackLimits): Size {
  const [width, height] = [w, h].map((text) => wholeNumber(text, 1));
  if (width === null || height === null) {
    throw refuse('damaged', `the picture's size is ${shownName(`${w} × ${h}`)}, which is none`);
  }
  if (width * height > pixels) {
    const size = `the canvas has ${inWords(width * height)} pixels`;
    throw refuse('too-large', `${size}; Burnish opens up to ${inWords(pixels)}`, 'make it smaller there');
  }
  return { width, height };
}

function factsOf(attributes: Attributes, who: string): NodeFacts {
  const { name = '', visibility = 'visible', opacity = '1', 'composite-op': operator } = attributes;
  const value = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(opacity) ? Number(opacity) : Number.NaN;
  if (Number.isNaN(value)) throw refuse('damaged', `the opacity of ${who} is ${shownName(opacity)}`);
  const mode = modes.get(operator ?? OPERATORS.normal);
  return {
    name,
    visible: visibility !== 'hidden',
    opacity: Math.min(1, Math.max(0, value)),
    mode: mode ?? 'normal',
    unknownMode: mode === undefined ? (operator ?? null) : null,
  };
}

function layerOf(attributes: Attributes): LayerNode {
  const { name = '', src = '', x = '0', y = '0' } = attributes;
  const who = `the layer ${shownName(name)}`;
  if (src === '') throw refuse('damaged', `${who} names no picture`);
  const [left, top] = [x, y].map((text) => wholeNumber(text, -FARTHEST));
  if (left === null || top === null) {
    throw refuse('damaged', `${who} lies at ${shownName(`${x}, ${y}`)}, which is no place`);
  }
  return { ...factsOf(attributes, who), kind: 'layer', picture: src, x: left, y: top };
}

interface OpenGroup {
  readonly attributes: Attributes;
  readonly nodes: StackNode[];
}

/** Takes elements as they come and puts the tree together. */
class StackBuilder {
  readonly #limits: StackLimits;
  readonly #open: OpenGroup[] = [];
  readonly #others = new Set<string>();
  /** Elements around the current one, whatever they are. */
  #depth = 0;
  #count = 0;
  #canvas: Size | null = null;
  #root: readonly StackNode[] | null = null;

  constructor(limits: StackLimits) {
    this.#limits = limits;
  }

  begin(element: string, attributes: Attributes): void {
    if (this.#depth === 0 && element !== 'image') {
      throw refuse('damaged', `it begins with ${shownName(element)}, not with "image"`);
    }
    this.#depth += 1;
    if (this.#depth > this.#limits.depth) {
      throw refuse('too-large', `more than ${this.#limits.depth} groups lie inside each other`);
    }
    this.#count += 1;
    if (this.#count > this.#limits.nodes) {
      throw refuse('too-large', `more than ${this.#limits.nodes.toLocaleString('en')} layers and groups`);
    }
    if (element === 'image' && this.#depth === 1) this.#canvas = canvasOf(attributes, this.#limits);
    else if (element === 'stack') this.#open.push({ attributes, nodes: [] });
    else if (element === 'layer') this.#open.at(-1)?.nodes.unshift(layerOf(attributes));
    else this.#others.add(element);
  }

  end(element: string): void {
    this.#depth -= 1;
    if (element !== 'stack') return;
    const { attributes, nodes } = this.#open.pop() ?? { attributes: {}, nodes: [] };
    const parent = this.#open.at(-1);
    if (parent === undefined) {
      this.#root ??= nodes;
      return;
    }
    const facts = factsOf(attributes, `the group ${shownName(attributes.name ?? '')}`);
    parent.nodes.unshift({ ...facts, kind: 'group', isolated: attributes.isolation === 'isolate', nodes });
  }

  finished(): LayerStack {
    if (this.#canvas === null || this.#root === null) throw refuse('damaged', 'it holds no stack of layers');
    return { canvas: this.#canvas, nodes: this.#root, others: [...this.#others] };
  }
}

/** The tree of layers in this text, or why it is not taken. */
export function readStack(text: string, limits: StackLimits): Result<LayerStack> {
  const builder = new StackBuilder(limits);
  const parser = sax.parser(true);
  parser.ondoctype = () => {
    throw refuse('refused', 'it declares a document type, which no layered picture needs');
  };
  parser.onopentag = ({ name, attributes }) => {
    const plain = Object.entries(attributes).map(([key, value]) => [key, String(value)]);
    builder.begin(name, Object.fromEntries(plain) as Attributes);
  };
  parser.onclosetag = (name) => builder.end(name);
  parser.onerror = (error) => {
    throw refuse('damaged', `it is not valid XML (${error.message.split('\n')[0].toLowerCase()})`);
  };
  try {
    parser.write(text).close();
    return succeed(builder.finished());
  } catch (error) {
    if (error instanceof FaultError) return { ok: false, fault: error.fault };
    throw error;
  }
}
