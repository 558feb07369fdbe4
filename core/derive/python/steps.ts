/**
 * A stack as lines of a script: for every step what it is, its values and its formula as a comment, and the call. A step that is
 * switched off stays as a comment, so that a reader can switch it on.
 */

import { isLimited, type Step } from '../../document/document';
import { maskText, maskToJson, type Mask } from '../../document/mask';
import { findOperation } from '../../document/step-check';
import { stepTitle } from '../../document/naming';
import { checkValues } from '../../operation/check';
import type { AnyValues, Operation, Reported } from '../../operation/operation';
import { needsColour } from '../../operation/working-shape';
import { fail, succeed, type Result } from '../../raster/fault';
import { formulaOf } from '../operation-card';
import { wrapped } from '../operation-text';
import { functionFor } from './functions';
import { inComment, pythonLiteral, pythonName, pythonText } from './literal';
import type { PythonPart } from './part';
import { fileLiteral, fileName, readingOf, type PictureFile } from './picture-file';
import { limited, lumaPicture } from './parts/limits';
import { maskLevels } from './parts/mask';
import { toColour } from './parts/samples';

export interface StepLines {
  readonly lines: readonly string[];
  readonly needs: readonly PythonPart[];
}

export interface StackContext {
  /** The file of a second picture, as a step names it. */
  readonly fileOf: (source: string) => PictureFile;
  /** What steps report about the picture they met, by step; where it is known it stands in the comment. */
  readonly reported: Readonly<Record<string, Reported>>;
}

const WIDTH = 108;

/** The lines of a whole stack, which takes `image` and leaves it as `image`. */
export function stackLines(stack: readonly Step[], context: StackContext): Result<StepLines> {
  const lines: string[] = [];
  const needs: PythonPart[] = [];
  for (const [at, step] of stack.entries()) {
    const one = stepLines(stack, step, at + 1, context);
    if (!one.ok) return one;
    lines.push('', ...one.value.lines);
    needs.push(...one.value.needs);
  }
  return succeed({ lines, needs });
}

function stepLines(
  stack: readonly Step[],
  step: Step,
  number: number,
  context: StackContext,
): Result<StepLines> {
  const found = findOperation(step.operation);
  if (!found.ok) return found;
  const operation = found.value;
  const values = checkValues(operation, step.params, null);
  if (!values.ok)
    return fail(values.fault.code, `${operation.id}: ${values.fault.message}`, values.fault.remedy);
  const own = functionFor(operation);
  if (own === null) {
    return fail('unsupported', `${operation.id} cannot be written as Python yet`, 'remove the step');
  }
  const comment = commentOf(stepTitle(stack, step), step, operation, values.value, number, context);
  const call = callOf(step, operation, own, values.value, context);
  if (!step.enabled) return succeed({ lines: [...comment, `# ${call}`], needs: [] });
  const wide = needsColour(operation) ? [toColour] : [];
  const masked = step.mask === null ? [] : [maskLevels];
  const around = isLimited(step) ? [limited, lumaPicture, ...masked, ...wide] : [];
  return succeed({ lines: [...comment, call], needs: [own, ...around] });
}

/** In words: what each value is, and how the step is held back. */
function commentOf(
  title: string,
  step: Step,
  operation: Operation,
  values: AnyValues,
  number: number,
  { fileOf, reported }: StackContext,
): readonly string[] {
  const shown = Object.entries(values).flatMap(([name, value]) => {
    const source = operation.parameters[name].kind === 'source' && typeof value === 'string';
    return value === null ? [] : [`${name} ${shortText(source ? fileName(fileOf(value)) : value)}`];
  });
  const held = [
    ...(step.channels === 'rgb'
      ? []
      : [step.channels === 'luma' ? 'on the luma alone' : `only ${step.channels}`]),
    ...(step.opacity === 1 ? [] : [`opacity ${step.opacity}`]),
    ...(step.mask === null ? [] : [`mask ${maskText(step.mask)}`]),
    ...(step.enabled ? [] : ['switched off']),
  ];
  const measured = Object.entries(step.measured ?? reported[step.id] ?? {}).map(
    ([name, value]) => `${name} ${shortText(value)}`,
  );
  const first = [[title, shown.join(', ')].filter(Boolean).join(': '), ...held].join('; ');
  const texts = [
    ...indentedComment(`${number}. ${first}`, '   '),
    ...indentedComment(`   ${formulaOf(operation, values)}`, '   '),
    ...(measured.length === 0
      ? []
      : indentedComment(
          `   ${step.measured === null ? 'Of the original picture' : 'Kept, not measured'}: ${measured.join(', ')}`,
          '   ',
        )),
  ];
  return texts.map((line) => `# ${line}`);
}

function shortText(value: unknown): string {
  const text = inComment(typeof value === 'string' ? value : JSON.stringify(value));
  return text.length > 70 ? `${text.slice(0, 69)}…` : text;
}

function indentedComment(text: string, indent: string): readonly string[] {
  const start = /^ */.exec(text)?.[0] ?? '';
  const [first, ...rest] = wrapped(inComment(text), WIDTH - indent.length);
  return [start + first, ...rest.map((line) => indent + line)];
}

/** `image = gamma(image, gamma=2.2)`, with only those values that differ from what the function takes by itself. */
function callOf(
  step: Step,
  operation: Operation,
  own: PythonPart,
  values: AnyValues,
  { fileOf }: StackContext,
): string {
  const given = Object.entries(operation.parameters).flatMap(([name, parameter]) => {
    const value = values[name];
    if (parameter.kind === 'source') return [`${pythonName(name)}=${readingOf(fileOf(String(value)))}`];
    const preset = 'default' in parameter ? parameter.default : null;
    const usual = JSON.stringify(value) === JSON.stringify(preset);
    return usual ? [] : [`${pythonName(name)}=${pythonLiteral(value)}`];
  });
  if (step.measured !== null) given.push(`measured=${pythonLiteral(step.measured)}`);
  const call = (image: string): string => `${own.name}(${[image, ...given].join(', ')})`;
  if (!isLimited(step)) return `image = ${call('image')}`;
  const before = needsColour(operation) ? 'to_colour(image)' : 'image';
  const after = call(step.channels === 'luma' ? 'luma_picture(image)' : 'image');
  const limits = [
    ...(step.channels === 'rgb' ? [] : [`channels=${pythonText(step.channels)}`]),
    ...(step.opacity === 1 ? [] : [`opacity=${step.opacity}`]),
    ...(step.mask === null ? [] : [`mask=${maskCall(step.mask, fileOf)}`]),
  ];
  return `image = limited(${[before, after, ...limits].join(', ')})`;
}

/** Where pictures take part, they stand as in the list of pictures: a path, or an archive and a name in it. */
function maskCall(mask: Mask, fileOf: StackContext['fileOf']): string {
  const { parts, inverted } = maskToJson(mask);
  const literals = parts.map((part) => {
    const fields = Object.entries(part).map(([name, value]: readonly [string, unknown]) => {
      const text =
        name === 'source' && typeof value === 'string' ? fileLiteral(fileOf(value)) : pythonLiteral(value);
      return `${pythonText(name)}: ${text}`;
    });
    return `{${fields.join(', ')}}`;
  });
  return `mask_levels(image, [${literals.join(', ')}]${inverted ? ', inverted=True' : ''})`;
}
