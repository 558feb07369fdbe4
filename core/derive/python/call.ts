/**
 * The call that stands in a script for a step: `image = gamma(image, gamma=2.2)`, with only those values that differ from what the
 * function takes by itself. What is called how is decided here alone, for writing scripts and for reading them back.
 */

import { isLimited } from '../../document/document';
import { maskToJson, type Mask } from '../../document/mask';
import type { Application } from '../../document/step-check';
import type {
  Application as InnerStep,
  AnyValues,
  ComposedOperation,
  Operation,
} from '../../operation/operation';
import { checkValues } from '../../operation/check';
import { operations, operationById } from '../../operations/index';
import { fail, succeed, type Result } from '../../raster/fault';
import { functionFor } from './functions';
import { pythonLiteral, pythonName, pythonText } from './literal';
import type { PythonPart } from './part';
import { fileLiteral, readingOf, type PictureFile } from './picture-file';
import { limited, lumaPicture } from './parts/limits';
import { maskLevels } from './parts/mask';

export type FileOf = (source: string) => PictureFile;

export interface WrittenCall {
  /** May be of several lines. */
  readonly text: string;
  readonly needs: readonly PythonPart[];
}

/** The picture that a step's function is given. */
export function inputOf(channels: Application['channels']): string {
  return channels === 'luma' ? 'luma_picture(image)' : 'image';
}

/** The statement of a step whose values are complete. */
export function stepStatement(
  step: Application,
  operation: Operation,
  values: AnyValues,
  fileOf: FileOf,
): Result<WrittenCall> {
  const kept = step.measured === null ? [] : [`measured=${pythonLiteral(step.measured)}`];
  const call = writtenCall(operation, values, inputOf(step.channels), fileOf, kept);
  if (!call.ok) return call;
  const { text, needs } = call.value;
  if (!isLimited(step)) return succeed({ text: `image = ${text}`, needs });
  const limits = [
    ...(step.channels === 'rgb' ? [] : [`channels=${pythonText(step.channels)}`]),
    ...(step.opacity === 1 ? [] : [`opacity=${pythonLiteral(step.opacity)}`]),
    ...(step.mask === null ? [] : [`mask=${maskCall(step.mask, fileOf)}`]),
  ];
  const held = ['image', text, ...limits].join(', ');
  const masked = step.mask === null ? [] : [maskLevels];
  return succeed({ text: `image = limited(${held})`, needs: [...needs, limited, lumaPicture, ...masked] });
}

/** Where pictures take part, they stand as in the list of pictures: a path, or an archive and a name in it. */
function maskCall(mask: Mask, fileOf: FileOf): string {
  const { parts, inverted } = maskToJson(mask);
  const literals = parts.map((part) => {
    const fields = Object.entries(part).map(([name, value]: readonly [string, unknown]) => {
      const text =
        name === 'source' && typeof value === 'string' ? fileLiteral(fileOf(value)) : pythonLiteral(value);
      return `${pythonText(name)}: ${text}`;
    });
    return `{${fields.join(', ')}}`;
  });
  return `mask_levels(image, [${literals.join(', ')}]${inverted === true ? ', inverted=True' : ''})`;
}

function writtenCall(
  operation: Operation,
  values: AnyValues,
  image: string,
  fileOf: FileOf,
  kept: readonly string[] = [],
): Result<WrittenCall> {
  const own = functionFor(operation);
  if (own === null) {
    return fail('unsupported', `${operation.id} cannot be written as Python yet`, 'remove the step');
  }
  if (operation.kind === 'composed') return composedCall(operation, own, values, image, fileOf);
  const given = Object.entries(operation.parameters).flatMap(([name, parameter]) => {
    const value = values[name];
    if (parameter.kind === 'source') return [`${pythonName(name)}=${readingOf(fileOf(String(value)))}`];
    const preset = 'default' in parameter ? parameter.default : null;
    const usual = JSON.stringify(value) === JSON.stringify(preset);
    return usual ? [] : [`${pythonName(name)}=${pythonLiteral(value)}`];
  });
  return succeed({ text: `${own.name}(${[image, ...given, ...kept].join(', ')})`, needs: [own] });
}

/** `chain(image, lambda image: …, …)`, a line a step. */
function composedCall(
  operation: ComposedOperation,
  own: PythonPart,
  values: AnyValues,
  image: string,
  fileOf: FileOf,
): Result<WrittenCall> {
  const needs = [own];
  const lines: string[] = [];
  for (const inner of operation.steps(values)) {
    const call = innerCall(inner, fileOf);
    if (!call.ok) return call;
    needs.push(...call.value.needs);
    lines.push(`    lambda image: ${call.value.text.replaceAll('\n', '\n    ')},\n`);
  }
  const text =
    lines.length === 0 ? `${own.name}(${image})` : `${own.name}(\n    ${image},\n${lines.join('')})`;
  return succeed({ text, needs });
}

function innerCall({ id, params }: InnerStep, fileOf: FileOf): Result<WrittenCall> {
  const operation = operationById.get(id);
  if (operation === undefined) return fail('unknown-operation', `unknown operation "${id}"`);
  const values = checkValues(operation, params, null);
  return values.ok ? writtenCall(operation, values.value, 'image', fileOf) : values;
}

let byFunction: ReadonlyMap<string, Operation> | null = null;

/** The operation for which a function stands; undefined for every other name. */
export function operationCalled(name: string): Operation | undefined {
  byFunction ??= new Map(
    operations.flatMap((operation) => {
      const own = functionFor(operation);
      return own === null ? [] : [[own.name, operation] as const];
    }),
  );
  return byFunction.get(name);
}

/** The parameter's own name for what Python calls so; null where the operation has none of that name. */
export function parameterCalled(operation: Operation, name: string): string | null {
  return Object.keys(operation.parameters).find((each) => pythonName(each) === name) ?? null;
}

/** The one parameter of a composed operation: the list of its steps. */
export function stepsParameterOf(operation: ComposedOperation): string {
  const names = Object.keys(operation.parameters);
  if (names.length !== 1) throw new Error(`${operation.id} does not take its steps alone`);
  return names[0];
}
