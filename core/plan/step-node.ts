/**
 * One step of a stack as nodes: the operation by its kind, then its limits (OPERATIONS.md 2.6).
 *
 * A reduced preview walks the stack twice at once: `exact` at full resolution, for names and measurements, and `shown` at the
 * level of the view. Whole-image constants always come from `exact`, so a preview and the export agree by construction.
 */

import { isLimited, PLAIN_STEP, type Source, type SourceId, type Step } from '../document/document';
import { maskSources } from '../document/mask';
import { scaledMask } from '../kernels/mask';
import { checkValues } from '../operation/check';
import { asMeasured, type Known, type Look } from './look';
import {
  partId,
  type AnyValues,
  type GlobalOperation,
  type Operation,
  type PointOperation,
  type Reported,
  type Study,
  type WholeOperation,
} from '../operation/operation';
import { globalConstants, keptStudy, type Found } from '../operation/kept';
import { namesSize } from '../operation/formula/names';
import { parseFormula } from '../operation/formula/parse';
import { limitTables, pointProgram, type PointProgram } from '../operation/point-program';
import { needsColour } from '../operation/working-shape';
import { operationById } from '../operations/index';
import { fail, succeed, type Result } from '../raster/fault';
import type { Shape } from '../raster/raster';
import { keyOf, type Key } from './key';
import type { Node } from './node';
import { convertNode, doubleNode, halvedPictureNode, halveNode } from './source-node';
import { reducedValues } from './reduce-values';

/** The same picture at full resolution and at the level that is shown; one node where that is level 0. */
export interface Pair {
  readonly exact: Node;
  readonly shown: Node;
}

/** A measurement that is not known yet. */
export interface Missing {
  readonly node: Node;
  readonly look: Look;
}

/** What building a graph knows, and what it finds out. */
export interface Building {
  readonly level: number;
  readonly sources: Readonly<Record<SourceId, Source>>;
  /** By `lookKey`. */
  readonly known: Known;
  readonly missing: Missing[];
  readonly reported: Map<string, Reported>;
}

/** The name of what is seen by looking at a node. */
export function lookKey(node: Node, look: Look): Key {
  return keyOf('look', node.key, look);
}

type Built = Result<Pair | null>;

/** Null: a measurement is missing, and stands in `building.missing`. */
export function stepNodes(building: Building, given: Pair, step: Step): Built {
  if (!step.enabled || step.opacity === 0) return succeed(given);
  const operation = operationById.get(step.operation);
  if (operation === undefined) return fail('unknown-operation', `unknown operation "${step.operation}"`);
  const wide = (node: Node): Node => convertNode(node, node.shape.depth, 3);
  const input = needsColour(operation) ? mapPair(given, wide) : given;
  if (step.channels !== 'luma') {
    const done = operationNodes(building, operation, input, step);
    if (!done.ok || done.value === null || !isLimited(step)) return done;
    const { exact } = done.value;
    // A chain may give colour on its way; what it is mixed with is then that gray picture in RGB.
    const coloured = exact.shape.channels !== input.exact.shape.channels;
    return limitPair(building, step, coloured ? mapPair(input, wide) : input, done.value);
  }
  const luma = mapPair(input, lumaNode);
  const done = operationNodes(building, operation, luma, step);
  if (!done.ok || done.value === null) return done;
  return limitPair(building, step, input, done.value);
}

function mapPair(pair: Pair, make: (node: Node) => Node): Pair {
  const exact = make(pair.exact);
  return { exact, shown: pair.shown === pair.exact ? exact : make(pair.shown) };
}

/** The rounded luma of a node, as a grey picture. */
export function lumaNode(input: Node): Node {
  const shape: Shape = { ...input.shape, channels: 1 };
  return { kind: 'luma', key: keyOf('luma', input.key), shape, step: null, input };
}

function limitPair(building: Building, step: Step, before: Pair, after: Pair): Built {
  const { exact } = before;
  if (exact.shape.width !== after.exact.shape.width || exact.shape.height !== after.exact.shape.height) {
    return fail(
      'bad-recipe',
      `${step.operation}: channels, opacity and a mask cannot limit a step that changes the size`,
      'remove the limit, or the change of size',
    );
  }
  const limit = (inner: Node, outer: Node, level: number): Node => {
    const mask = step.mask && level > 0 ? scaledMask(step.mask, 2 ** -level) : step.mask;
    const pictures = maskSources(mask).map((id) => maskPicture(building, id, level));
    const names = pictures.map((picture) => picture.key);
    const key = keyOf('limit', step.channels, step.opacity, mask, names, inner.key, outer.key);
    // A limited table is a table again, unless luma or the place decides.
    if (mask === null && outer.kind === 'point' && outer.input === inner) {
      const program = limitTables(outer.program, step.channels, step.opacity, inner.shape);
      if (program !== null) return { ...outer, key, program };
    }
    return {
      kind: 'limit',
      key,
      shape: inner.shape,
      step: step.id,
      channels: step.channels,
      opacity: step.opacity,
      mask,
      before: inner,
      after: outer,
      pictures,
    };
  };
  const whole = limit(before.exact, after.exact, 0);
  return succeed({
    exact: whole,
    shown: before.shown === before.exact ? whole : limit(before.shown, after.shown, building.level),
  });
}

/** The luma of a mask's picture, halved as often as the view. */
function maskPicture({ sources }: Building, id: SourceId, level: number): Node {
  const source = sources[id];
  if (source === undefined) throw new Error(`the mask's picture ${id} is unknown`);
  return lumaNode(halvedPictureNode(source, level));
}

function operationNodes(building: Building, operation: Operation, input: Pair, step: Step): Built {
  const checked = checkValues(operation, step.params, input.exact.shape);
  if (!checked.ok)
    return fail(checked.fault.code, `${operation.id}: ${checked.fault.message}`, checked.fault.remedy);
  const values = checked.value;
  switch (operation.kind) {
    case 'point':
      return succeed(pointPair(building, operation, values, step, input, null));
    case 'global':
      return globalNodes(building, operation, values, input, step);
    case 'area':
    case 'geometry':
      return sizedNodes(building, operation, values, input, step);
    case 'whole':
      return wholeNodes(building, operation, values, input, step);
    case 'blend':
      return blendNodes(building, operation, values, input, step);
    case 'composed': {
      let pair = input;
      for (const [index, part] of operation.steps(values).entries()) {
        const inner: Step = {
          ...PLAIN_STEP,
          id: partId(step.id, index),
          operation: part.id,
          params: part.params,
        };
        const done = stepNodes(building, pair, inner);
        if (!done.ok || done.value === null) return done;
        pair = done.value;
      }
      return succeed(pair);
    }
  }
}

function globalNodes(
  building: Building,
  operation: GlobalOperation,
  values: AnyValues,
  input: Pair,
  step: Step,
): Built {
  const look = operation.measurement(values, input.exact.shape);
  let found: Found | null = null;
  if (look !== null && step.measured !== null) {
    found = { kind: 'kept', kept: step.measured };
  } else if (look !== null) {
    const known = building.known.get(lookKey(input.exact, look));
    if (known === undefined) {
      building.missing.push({ node: input.exact, look });
      return succeed(null);
    }
    found = asMeasured(known);
  }
  const { reported } = globalConstants(operation, values, input.exact.shape, found);
  building.reported.set(step.id, reported);
  return succeed(pointPair(building, operation, values, step, input, found));
}

/** Lengths in a formula follow the level that is shown, as those of windows do. */
function pointPair(
  building: Building,
  operation: PointOperation | GlobalOperation,
  values: AnyValues,
  step: Step,
  { exact, shown }: Pair,
  found: Found | null,
): Pair {
  const whole = pointNode(operation, values, step, exact, found);
  if (shown === exact) return { exact: whole, shown: whole };
  const reduced = reducedValues(operation, values, building.level, shown.shape);
  return { exact: whole, shown: pointNode(operation, reduced, step, shown, found) };
}

function pointNode(
  operation: PointOperation | GlobalOperation,
  values: AnyValues,
  step: Step,
  input: Node,
  found: Found | null,
): Node {
  // What was measured belongs to the name: at a reduced level it comes from another picture than the input.
  const numbers =
    operation.kind === 'global' ? globalConstants(operation, values, input.shape, found).constants : null;
  const { width, height, channels, depth } = input.shape;
  const sized = namesSize(parseFormula(operation.formula(values, input.shape)));
  const name = keyOf(operation.id, values, numbers, channels, depth, sized ? [width, height] : null);
  const program = remember(name, () => pointProgram(operation, values, input.shape, found));
  return { kind: 'point', key: keyOf(name, input.key), shape: input.shape, step: step.id, program, input };
}

function sizedNodes(
  building: Building,
  operation: Extract<Operation, { readonly kind: 'area' | 'geometry' }>,
  values: AnyValues,
  input: Pair,
  step: Step,
): Built {
  const make = (node: Node, given: AnyValues): Result<Node> => {
    const sized = operation.shape?.(given, node.shape) ?? succeed(node.shape);
    if (!sized.ok)
      return fail(sized.fault.code, `${operation.id}: ${sized.fault.message}`, sized.fault.remedy);
    const common = {
      key: keyOf(operation.id, given, node.key),
      shape: sized.value,
      step: step.id,
      values: given,
      input: node,
    };
    return succeed(
      operation.kind === 'area'
        ? { kind: 'area', operation: operation.id, ...common }
        : { kind: 'geometry', operation: operation.id, ...common },
    );
  };
  const exact = make(input.exact, values);
  if (!exact.ok) return exact;
  if (input.shown === input.exact) return succeed({ exact: exact.value, shown: exact.value });
  const reduced = reducedValues(operation, values, building.level, input.shown.shape);
  const shown = coarsePreview(operation, reduced, input.shown, make) ?? make(input.shown, reduced);
  return shown.ok ? succeed({ exact: exact.value, shown: shown.value }) : shown;
}

/** Where a blur is strong enough: computed on a smaller picture yet, and enlarged. Null where it is not. */
function coarsePreview(
  operation: Extract<Operation, { readonly kind: 'area' | 'geometry' }>,
  values: AnyValues,
  input: Node,
  make: (node: Node, given: AnyValues) => Result<Node>,
): Result<Node> | null {
  const coarse = operation.kind === 'area' ? operation.coarse?.(values) : undefined;
  if (coarse === undefined || coarse.times === 0) return null;
  const blurred = make(halveNode(input, coarse.times), coarse.values);
  return blurred.ok ? succeed(doubleNode(blurred.value, coarse.times, input.shape)) : blurred;
}

/** The study is of the full resolution, or of kept numbers; at a reduced level it is used on that level's pixels. */
function wholeNodes(
  building: Building,
  operation: WholeOperation,
  values: AnyValues,
  input: Pair,
  step: Step,
): Built {
  let study: Study | null = null;
  if (step.measured !== null) {
    study = keptStudy(operation, values, input.exact.shape, step.measured);
    building.reported.set(step.id, study.reported);
  } else if (operation.study !== undefined) {
    const look: Look = { study: operation.id, values };
    const known = building.known.get(lookKey(input.exact, look));
    if (known === undefined) {
      building.missing.push({ node: input.exact, look });
      return succeed(null);
    }
    if (known.kind !== 'study') throw new Error(`a look at ${operation.id} is no study`);
    ({ study } = known);
    building.reported.set(step.id, study.reported);
  }
  const make = (node: Node, given: AnyValues): Node => ({
    kind: 'whole',
    key: keyOf(operation.id, given, step.measured ?? (study === null ? null : input.exact.key), node.key),
    shape: node.shape,
    step: step.id,
    operation: operation.id,
    values: given,
    study,
    input: node,
  });
  const exact = make(input.exact, values);
  if (input.shown === input.exact) return succeed({ exact, shown: exact });
  const reduced = reducedValues(operation, values, building.level, input.shown.shape);
  return succeed({ exact, shown: make(input.shown, reduced) });
}

function blendNodes(
  building: Building,
  operation: Extract<Operation, { readonly kind: 'blend' }>,
  values: AnyValues,
  input: Pair,
  step: Step,
): Built {
  const source = building.sources[operation.source(values)];
  if (source === undefined)
    return fail('not-found', `${operation.id}: its second picture is not open`, 'choose it again');
  const { width, height, depth } = input.exact.shape;
  if (source.width !== width || source.height !== height) {
    return fail(
      'size-mismatch',
      `${operation.id}: ${source.name} has ${source.width} × ${source.height} pixels, the picture here ${width} × ${height}`,
      'both must have the same size',
    );
  }
  const mode = operation.mode(values);
  const opacity = operation.opacity(values);
  const make = (backdrop: Node, second: Node): Node => ({
    kind: 'blend',
    key: keyOf('blend', mode, opacity, backdrop.key, second.key),
    shape: backdrop.shape,
    step: step.id,
    mode,
    opacity,
    backdrop,
    source: second,
  });
  const full = convertNode(halvedPictureNode(source, 0), depth, null);
  const exact = make(input.exact, full);
  if (input.shown === input.exact) return succeed({ exact, shown: exact });
  const halved = convertNode(halvedPictureNode(source, building.level), depth, null);
  return succeed({ exact, shown: make(input.shown, halved) });
}

/** Table making costs more than naming: programs are remembered by what they were made from. */
const programs = new Map<Key, PointProgram>();
const MOST_PROGRAMS = 64;

function remember(name: Key, make: () => PointProgram): PointProgram {
  const known = programs.get(name);
  if (known !== undefined) {
    programs.delete(name);
    programs.set(name, known);
    return known;
  }
  const made = make();
  programs.set(name, made);
  const [oldest] = programs.keys();
  if (programs.size > MOST_PROGRAMS) programs.delete(oldest);
  return made;
}
