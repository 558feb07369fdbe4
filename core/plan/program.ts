/**
 * Where a graph is cut. What lies between two cuts is one program: workers evaluate it rectangle by rectangle, in one pass and
 * without storing anything in between. A cut is made where recomputing would cost more than remembering: under a window that
 * reads its input again and again, under the layers of a composite, under the step being dragged, and where two nodes share one.
 */

import { windowRegion } from '../operation/area';
import type { SourceId, StepId } from '../document/document';
import type { Shape } from '../raster/raster';
import type { Rectangle, Size } from '../raster/rectangle';
import type { Key } from './key';
import { inputsOf, withInputs, type GeometryNode, type Node, type StoredNode } from './node';
import { areaOperation, geometryOperation, wholeOperation } from './registered';

/** A tree whose leaves are pictures and stored tiles. */
export interface Program {
  readonly root: Node;
  readonly key: Key;
  readonly shape: Shape;
  /** By slot: the programs whose tiles the stored leaves read. */
  readonly inputs: readonly Program[];
  /** Rows above and below an output row that the widest window in it reads; decides the height of its tiles. */
  readonly reach: number;
  /** Samples go straight from what is read to the result: nothing lies in between that should fit a cache. */
  readonly passes: boolean;
  /** Every part of it costs as much as the whole, so there is one tile. */
  readonly indivisible: boolean;
  /** The size of the parts in which it is read, where it is a picture that stays in its file. */
  readonly part: Size | null;
  /** Whether such a picture is beneath it: too large to be there as a whole, so nothing over it is made before it is asked for. */
  readonly streams: boolean;
  /** How often what it reads is halved on the way to it, at most. */
  readonly halvings: number;
  /** A reduced picture that took a reading of the whole file to make: it is kept apart from what comes and goes. */
  readonly lasting: boolean;
}

/** The size of the parts in which a picture is read that stays in its file; null for one that lies in memory. */
export type PartsOf = (source: SourceId) => Size | null;

export interface CutPolicy {
  /** The step being dragged: what lies beneath it is kept. */
  readonly held: StepId | null;
  /** Keep the result of every costly node (a window is open on the document), or only what a single pass needs. */
  readonly keep: boolean;
}

/** Costs more than a pass over its pixels. */
function isCostly(node: Node): boolean {
  return ['area', 'whole', 'composite', 'blend'].includes(node.kind) || isResampled(node);
}

/** A geometry that computes samples, and for a row of the result looks at several rows of the input. */
function isResampled(node: Node): boolean {
  if (node.kind !== 'geometry' || geometryOperation(node.operation).reference === undefined) return false;
  return rowsRead(node) > 1;
}

/** How many rows of the input a row in the middle of the result is made from. */
function rowsRead({ operation, values, input, shape }: GeometryNode): number {
  const row: Rectangle = { x: 0, y: Math.floor(shape.height / 2), width: shape.width, height: 1 };
  return geometryOperation(operation).source(values, input.shape, row).height;
}

function isIndivisible(node: Node): boolean {
  return node.kind === 'whole' && wholeOperation(node.operation).reads === 'everything';
}

/** Reads leaves where they lie, pixel by pixel, and writes the result. */
function isPass(root: Node): boolean {
  const isLeaf = ({ kind }: Node): boolean => kind === 'picture' || kind === 'stored';
  return (
    isLeaf(root) || (['point', 'composite', 'blend'].includes(root.kind) && inputsOf(root).every(isLeaf))
  );
}

export function programOf(root: Node, policy: CutPolicy, partsOf: PartsOf = () => null): Program {
  const consumers = countConsumers(root);
  const costly = new Map<Node, boolean>();
  const holdsCost = (node: Node): boolean => {
    let known = costly.get(node);
    if (known === undefined) {
      known = isCostly(node) || isReducedPicture(node) || inputsOf(node).some(holdsCost);
      costly.set(node, known);
    }
    return known;
  };
  const isCut = (parent: Node, node: Node): boolean => {
    if (node.kind === 'picture') return partsOf(node.source) !== null;
    if (node.kind === 'stored') return false;
    if (isReducedPicture(node))
      return !isReducedPicture(parent) || isSmall(node.shape) || isLasting(node, partsOf);
    // A turned strip looks at most of the picture: it must not be made anew for every strip.
    if (isResampled(parent)) return true;
    if (!holdsCost(node)) return false;
    if (isIndivisible(node) || isIndivisible(parent)) return true;
    // What is seen halved is kept halved: a fraction of the memory, and its parts are in the caches when they are halved.
    const isSeenHalved = parent.kind === 'halve' || parent.kind === 'looked';
    if (policy.keep && (isCostly(node) || node.kind === 'halve') && !isSeenHalved) return true;
    if (policy.held !== null && parent.step === policy.held) return true;
    if ((consumers.get(node) ?? 0) > 1) return true;
    return ['area', 'composite', 'geometry', 'rearrange'].includes(parent.kind);
  };

  const programs = new Map<Node, Program>();
  const programAt = (top: Node): Program => {
    const known = programs.get(top);
    if (known !== undefined) return known;
    const inputs: Program[] = [];
    const slots = new Map<Node, StoredNode>();
    let reach = 0;
    let halvings = 0;
    const walk = (node: Node, above: number): Node => {
      const beneath = above + Number(node.kind === 'halve');
      halvings = Math.max(halvings, beneath);
      reach = Math.max(reach, Math.ceil(reachOf(node) / 2 ** above));
      const parts = inputsOf(node).map((input) => {
        if (!isCut(node, input)) return walk(input, beneath);
        let leaf = slots.get(input);
        if (leaf === undefined) {
          leaf = { kind: 'stored', key: input.key, shape: input.shape, step: null, slot: inputs.length };
          inputs.push(programAt(input));
          slots.set(input, leaf);
        }
        return leaf;
      });
      return withInputs(node, parts);
    };
    const root = walk(top, 0);
    const { key, shape } = top;
    const part = top.kind === 'picture' ? partsOf(top.source) : null;
    const program: Program = {
      ...{ root, key, shape, inputs, reach, halvings, part },
      passes: isPass(root),
      indivisible: isIndivisible(top),
      streams: part !== null || inputs.some((input) => input.streams),
      lasting: isLasting(top, partsOf),
    };
    programs.set(top, program);
    return program;
  };
  return programAt(root);
}

/**
 * A program whose parts are taken from its tiles, where it is one that is made as a whole, so that a pixel of it, or a look at it, does
 * not make it anew; and where it is read and not made.
 */
export function throughTile(program: Program): Program {
  if (!program.indivisible && program.part === null) return program;
  const { key, shape, streams } = program;
  const root: StoredNode = { kind: 'stored', key, shape, step: null, slot: 0 };
  return {
    ...{ root, key, shape, inputs: [program], reach: 0, halvings: 0, streams },
    passes: true,
    indivisible: false,
    part: null,
    lasting: false,
  };
}

/** The program and all that it is made from, each once. */
export function programsIn(top: Program, found = new Set<Program>()): ReadonlySet<Program> {
  if (found.has(top)) return found;
  found.add(top);
  for (const input of top.inputs) programsIn(input, found);
  return found;
}

/** Pixels of the largest level of a picture from which the next ones are made; those of larger ones would take too much room. */
const MOST_SMALL = 2 ** 21;

function isSmall({ width, height }: Shape): boolean {
  return width * height <= MOST_SMALL;
}

/** A picture halved for previews: made once a level, then read by every preview, and by the smaller levels. */
function isReducedPicture(node: Node): boolean {
  return node.kind === 'halve' && (node.input.kind === 'picture' || isReducedPicture(node.input));
}

/** From this level on a picture that stays in its file is small enough to be kept. */
const LASTING = 3;

/** A picture that stays in its file, halved so often that all of it can be kept, and the next level be made of it. */
function isLasting(node: Node, partsOf: PartsOf): boolean {
  if (!isReducedPicture(node)) return false;
  let times = 0;
  let input: Node = node;
  for (; input.kind === 'halve'; input = input.input) times++;
  return times >= LASTING && input.kind === 'picture' && partsOf(input.source) !== null;
}

/** More rows than this in a strip would leave workers without work. */
const FURTHEST = 256;

function reachOf(node: Node): number {
  if (node.kind === 'geometry' && isResampled(node)) return Math.min(FURTHEST, rowsRead(node));
  if (node.kind !== 'area') return 0;
  const row: Rectangle = { x: 0, y: 0, width: 1, height: 1 };
  return windowRegion(areaOperation(node.operation), node.values, row).height - 1;
}

function countConsumers(root: Node): ReadonlyMap<Node, number> {
  const counts = new Map<Node, number>();
  const seen = new Set<Node>();
  const visit = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const input of inputsOf(node)) {
      counts.set(input, (counts.get(input) ?? 0) + 1);
      visit(input);
    }
  };
  visit(root);
  return counts;
}
