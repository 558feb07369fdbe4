/**
 * A stack as lines of a script: for every step what it is, its values and its formula as a comment, and the call. A step that is
 * switched off stays as a comment, so that a reader can switch it on.
 */

import type { Step } from '../../document/document';
import { maskText } from '../../document/mask';
import { findOperation } from '../../document/step-check';
import { stepTitle } from '../../document/naming';
import { checkValues } from '../../operation/check';
import type { AnyValues, Operation, Reported } from '../../operation/operation';
import { titleOf } from '../../operation/parameter';
import { fail, succeed, type Result } from '../../raster/fault';
import { formulaOf } from '../operation-card';
import { wrapped } from '../operation-text';
import { stepStatement, type FileOf } from './call';
import { inComment } from './literal';
import type { PythonPart } from './part';
import { fileName } from './picture-file';

export interface StepLines {
  readonly lines: readonly string[];
  readonly needs: readonly PythonPart[];
}

export interface StackContext {
  /** The file of a second picture, as a step names it. */
  readonly fileOf: FileOf;
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
  const call = stepStatement(step, operation, values.value, context.fileOf);
  if (!call.ok) return call;
  const comment = commentOf(stepTitle(stack, step), step, operation, values.value, number, context);
  const lines = call.value.text.split('\n').map((line) => (step.enabled ? line : `# ${line}`));
  // The functions of a step that is switched off are there as well, so that it can be switched on.
  return succeed({ lines: [...comment, ...lines], needs: call.value.needs });
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
  const first = [titled(title, operation, values, fileOf), ...held].join('; ');
  const texts = [
    ...indentedComment(`${number}. ${first}`, '   '),
    ...meaningOf(operation, values, fileOf).flatMap((line) => indentedComment(`   ${line}`, '   ')),
    ...(measured.length === 0
      ? []
      : indentedComment(
          `   ${step.measured === null ? 'Of the original picture' : 'Kept, not measured'}: ${measured.join(', ')}`,
          '   ',
        )),
  ];
  return texts.map((line) => `# ${line}`);
}

/** The title with every value; of a composed operation the steps follow, each with its own. */
function titled(title: string, operation: Operation, values: AnyValues, fileOf: FileOf): string {
  if (operation.kind === 'composed') return `${title}, step after step`;
  const shown = Object.entries(values).flatMap(([name, value]) => {
    const source = operation.parameters[name].kind === 'source' && typeof value === 'string';
    return value === null ? [] : [`${name} ${shortText(source ? fileName(fileOf(value)) : value)}`];
  });
  return [title, shown.join(', ')].filter(Boolean).join(': ');
}

/** The formula, or those of the steps under their titles. */
function meaningOf(operation: Operation, values: AnyValues, fileOf: FileOf): readonly string[] {
  if (operation.kind !== 'composed') return [formulaOf(operation, values)];
  return operation.steps(values).flatMap(({ id, params }, at) => {
    const found = findOperation(id);
    const inner = found.ok ? checkValues(found.value, params, null) : found;
    if (!found.ok || !inner.ok) throw new Error(`${id} was checked before`);
    const own = titled(titleOf(id), found.value, inner.value, fileOf);
    return [`${at + 1}. ${own}`, ...meaningOf(found.value, inner.value, fileOf).map((line) => `   ${line}`)];
  });
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
