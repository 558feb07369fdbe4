/**
 * `--op 'boxBlur size=15 boundary="reflect"'` → a step. Values are typed by the operation's own declarations, so this file
 * knows how words are told apart and nothing about any operation. A list in brackets may hold spaces, and so may a value in
 * single or double quotes (a backslash keeps the next character as it is).
 */

import { PLAIN_STEP } from '../../document/document';
import { findOperation, type Application } from '../../document/step-check';
import { checkValues, unknownParameter } from '../../operation/check';
import type { Operation } from '../../operation/operation';
import { typedValue } from '../../operation/typed-value';
import { fail, succeed, type Result } from '../../raster/fault';

interface Pair {
  readonly name: string;
  readonly text: string;
}

/** The end of a bracketed list that begins at `start`; the text's end where it is never closed. */
function endOfList(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '[') depth += 1;
    if (text[at] === ']' && --depth === 0) return at + 1;
  }
  return text.length;
}

/** A quoted value from its opening quote on; null where the quote is never closed. */
function quoted(text: string, start: number): { readonly value: string; readonly end: number } | null {
  let value = '';
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === text[start]) return { value, end: at + 1 };
    if (text[at] === '\\' && at + 1 < text.length) at += 1;
    value += text[at];
  }
  return null;
}

function valueAt(text: string, start: number): { readonly value: string; readonly end: number } | null {
  if (text[start] === '"' || text[start] === "'") return quoted(text, start);
  const end = text[start] === '[' ? endOfList(text, start) : start + text.slice(start).search(/\s|$/);
  return { value: text.slice(start, end), end };
}

function pairsOf(text: string, example: string): Result<readonly Pair[]> {
  const pairs: Pair[] = [];
  let at = 0;
  for (;;) {
    at += text.slice(at).search(/\S|$/);
    if (at === text.length) return succeed(pairs);
    const name = /^([^\s=]+)=/.exec(text.slice(at))?.[1];
    if (name === undefined) {
      const word = text.slice(at).split(/\s/, 1)[0];
      return fail('usage', `expected NAME=VALUE but received "${word}"`, example);
    }
    const found = valueAt(text, at + name.length + 1);
    if (found === null) return fail('usage', `the quote after ${name}= is never closed`, 'close it');
    if (pairs.some((pair) => pair.name === name))
      return fail('usage', `${name} is given twice`, 'give it once');
    pairs.push({ name, text: found.value });
    at = found.end;
  }
}

function exampleFor(operation: Operation): string {
  const [first] = Object.keys(operation.parameters);
  return first === undefined ? `${operation.id} takes no parameters` : `write it like ${first}=…`;
}

/** The step that one `--op` stands for; faults name the operation and the parameter. */
export function stepFromArgument(argument: string): Result<Application> {
  const text = argument.trim();
  const id = text.split(/\s/, 1)[0];
  if (id === '') return fail('usage', '--op names no operation', "write --op 'ID NAME=VALUE …'");
  const operation = findOperation(id);
  if (!operation.ok) {
    const { code, message, remedy } = operation.fault;
    return fail(code, message, remedy || 'burnish operations lists them');
  }
  const about = <T>(result: Result<T>): Result<T> =>
    result.ok ? result : fail(result.fault.code, `${id}: ${result.fault.message}`, result.fault.remedy);

  const pairs = pairsOf(text.slice(id.length), exampleFor(operation.value));
  if (!pairs.ok) return about(pairs);
  const params: Record<string, unknown> = {};
  for (const { name, text: value } of pairs.value) {
    if (!Object.hasOwn(operation.value.parameters, name)) {
      const { code, message, remedy } = unknownParameter(operation.value, name);
      return about(fail(code, message, remedy));
    }
    params[name] = typedValue(operation.value.parameters[name], value);
  }
  const checked = checkValues(operation.value, params, null);
  if (!checked.ok) return about(checked);
  return succeed({ operation: id, params, ...PLAIN_STEP });
}
