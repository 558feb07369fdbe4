/**
 * A statement of `edit` as the step that it was printed from: `image = gamma(image, gamma=2.2)`. Functions and names are looked up
 * where the printer has them from, and the values go through the gate of every recipe.
 */

import { isPlainObject } from '../../../document/json';
import { operationsFromJson } from '../../../document/recipe-reading';
import type { Application } from '../../../document/step-check';
import { nearestName } from '../../../operation/nearest-name';
import type { Operation } from '../../../operation/operation';
import { operations } from '../../../operations/index';
import type { Fault } from '../../../raster/fault';
import { inputOf, operationCalled, parameterCalled, stepsParameterOf } from '../call';
import { functionFor } from '../functions';
import { pythonName } from '../literal';
import { readStatement, type Call, type Node } from './expression';
import { UnreadableScript } from './unreadable';

/** An operation as recipes write it, and where its parts stand. */
interface Told {
  readonly id: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Kept numbers; undefined where there are none. */
  readonly measured: unknown;
  readonly input: Node;
  readonly line: number;
  readonly lines: ReadonlyMap<string, number>;
}

interface Limits {
  readonly given: Readonly<Record<string, unknown>>;
  readonly lines: ReadonlyMap<string, number>;
}

const NO_LIMITS: Limits = { given: {}, lines: new Map() };

/** Reads the statement that begins on `line`. `defined` are the functions of the script. */
export function stepFrom(
  source: string,
  line: number,
  enabled: boolean,
  defined: ReadonlySet<string>,
): Application {
  const value = /^image\s*=/.test(source) ? readStatement(source, line).value : null;
  if (value?.kind !== 'call') throw new UnreadableScript(line, 'a step is image = FUNCTION(image, …)');
  const [call, limits] = value.name === 'limited' ? limitedCall(value) : [value, NO_LIMITS];
  const told = toldBy(call, defined);
  const { id, params, measured } = told;
  const kept = measured === undefined ? {} : { measured };
  const json = { id, params, ...kept, ...limits.given, ...(!enabled && { enabled }) };
  const step = checked(json, told, limits.lines);
  const wanted = inputOf(step.channels);
  if (textOf(told.input) !== wanted) {
    const about = step.channels === 'luma' ? 'with channels="luma"' : 'without channels="luma"';
    throw new UnreadableScript(line, `${call.name} takes ${wanted} ${about}`);
  }
  return step;
}

function limitedCall(call: Call): readonly [Call, Limits] {
  const [before, after] = call.given;
  if (call.given.length !== 2 || textOf(before) !== 'image' || after.kind !== 'call') {
    throw new UnreadableScript(call.line, 'a step that is held back is limited(image, FUNCTION(…), …)');
  }
  const given: Record<string, unknown> = {};
  for (const { name, value, line } of call.named) {
    if (name === 'mask') given[name] = maskOf(value);
    else if (name === 'channels' || name === 'opacity') given[name] = literalOf(value);
    else throw new UnreadableScript(line, `limited takes no ${name}`, 'it takes channels, opacity and mask');
  }
  return [after, { given, lines: new Map(call.named.map(({ name, line }) => [name, line])) }];
}

/** `mask_levels(image, [{"shape": …}, …], inverted=True)` as recipes write it. */
function maskOf(node: Node): unknown {
  if (node.kind !== 'call' || node.name !== 'mask_levels' || textOf(node.given.at(0)) !== 'image') {
    throw new UnreadableScript(node.line, 'a mask is mask_levels(image, […])');
  }
  const [, list, ...more] = node.given;
  const parts = list === undefined ? undefined : literalOf(list);
  const named = new Map(node.named.map((each) => [each.name, each.value]));
  const inverted = named.get('inverted');
  if (more.length > 0 || named.size > (inverted === undefined ? 0 : 1)) {
    throw new UnreadableScript(node.line, 'mask_levels takes image, a list of shapes and inverted');
  }
  // A picture in an archive is a pair.
  if (
    Array.isArray(parts) &&
    parts.some((part: unknown) => isPlainObject(part) && Array.isArray(part.source))
  ) {
    throw archivedPicture(node.line);
  }
  return { parts, ...(inverted !== undefined && { inverted: literalOf(inverted) }) };
}

function archivedPicture(line: number): UnreadableScript {
  return new UnreadableScript(
    line,
    'a recipe cannot name a picture in an archive',
    'take it out and name its file',
  );
}

function toldBy(call: Call, defined: ReadonlySet<string>): Told {
  const operation = operationCalled(call.name);
  if (operation === undefined) {
    const names = operations.flatMap((each) => functionFor(each)?.name ?? []);
    const near = nearestName(call.name, names);
    const remedy = near === null ? '' : `did you mean "${near}"?`;
    throw new UnreadableScript(call.line, `${call.name} is no operation`, remedy);
  }
  if (!defined.has(call.name)) {
    throw new UnreadableScript(call.line, `the script has no function ${call.name}`);
  }
  const [input, ...more] = call.given;
  if (input === undefined) throw new UnreadableScript(call.line, `${call.name} takes the picture first`);
  const about = { id: operation.id, input, line: call.line };
  if (operation.kind === 'composed') {
    const [named] = call.named;
    if (named !== undefined) throw new UnreadableScript(named.line, `${call.name} takes no ${named.name}`);
    const steps = more.map((node) => innerStep(node, defined));
    const params = { [stepsParameterOf(operation)]: steps };
    return { ...about, params, measured: undefined, lines: new Map() };
  }
  if (more.length > 0) throw new UnreadableScript(more[0].line, 'values are given by name');
  const params: Record<string, unknown> = {};
  const lines = new Map<string, number>();
  let measured: unknown;
  for (const { name, value, line } of call.named) {
    lines.set(parameterCalled(operation, name) ?? name, line);
    if (name === 'measured') {
      measured = literalOf(value);
      continue;
    }
    const own = parameterCalled(operation, name);
    if (own === null)
      throw new UnreadableScript(line, `${call.name} takes no ${name}`, meant(operation, name));
    params[own] = operation.parameters[own].kind === 'source' ? pathOf(value) : literalOf(value);
  }
  return { ...about, params, measured, lines };
}

function meant(operation: Operation, name: string): string {
  const names = Object.keys(operation.parameters).map(pythonName);
  const near = nearestName(name, names);
  if (near !== null) return `did you mean "${near}"?`;
  return names.length === 0 ? 'it takes the picture alone' : `it takes ${names.join(', ')}`;
}

/** A step of a composed one; its values are checked where they stand. */
function innerStep(node: Node, defined: ReadonlySet<string>): unknown {
  if (node.kind !== 'lambda' || node.body.kind !== 'call') {
    throw new UnreadableScript(node.line, 'a step in a chain is lambda image: FUNCTION(image, …)');
  }
  const told = toldBy(node.body, defined);
  if (textOf(told.input) !== 'image') throw new UnreadableScript(told.line, 'a step in a chain takes image');
  const { id, params } = told;
  checked({ id, params }, told, new Map());
  return { id, params };
}

function pathOf(node: Node): string {
  if (node.kind === 'call' && node.name === 'read_image_in') {
    throw archivedPicture(node.line);
  }
  if (
    node.kind === 'call' &&
    node.name === 'read_image' &&
    node.given.length === 1 &&
    node.named.length === 0
  ) {
    const path = literalOf(node.given[0]);
    if (typeof path === 'string') return path;
  }
  throw new UnreadableScript(node.line, 'a second picture is read_image("FILE")');
}

function literalOf(node: Node): unknown {
  if (node.kind === 'literal') return node.value;
  throw new UnreadableScript(node.line, `no ${textOf(node)} is read here`, 'write plain values');
}

/** As short calls are written; what else it is stands for nothing. */
function textOf(node: Node | undefined): string {
  if (node === undefined) return '';
  if (node.kind === 'name') return node.name;
  if (node.kind === 'call') return `${node.name}(${node.given.map(textOf).join(', ')})`;
  return node.kind;
}

/** Through the reading of recipes, whose complaints name a path: here that is a line. */
function checked(json: unknown, told: Told, limits: ReadonlyMap<string, number>): Application {
  const read = operationsFromJson([json], 'step');
  if (read.ok) return read.value[0];
  const { line, message } = placed(read.fault, told, limits);
  throw new UnreadableScript(line, message, read.fault.remedy);
}

function placed(
  { message }: Fault,
  { line, lines }: Told,
  limits: ReadonlyMap<string, number>,
): { readonly line: number; readonly message: string } {
  const [, path = '', text = message] = /^step\[0\]\.?(\S*): ([^]*)$/.exec(message) ?? [];
  const [, name] = /^params\.(\w+)/.exec(path) ?? [];
  if (name !== undefined) {
    return { line: lines.get(name) ?? line, message: text.replaceAll(name, pythonName(name)) };
  }
  const [field] = path.split(/[.[]/);
  const own = field === 'measured' ? lines.get(field) : limits.get(field);
  return own === undefined ? { line, message: text } : { line: own, message: `${path}: ${text}` };
}
