/** JSON from an archive: text of a bounded length, plain values of a bounded depth, and no name that could reach a prototype. */

import { isUtf8 } from 'node:buffer';
import { jsonProblem, type JsonLimits } from '../../document/json';
import { fail, succeed, type Result } from '../../raster/fault';
import type { ProjectLimits } from './limits';

const MOST_VALUES = 1_000_000;
const LONGEST_TEXT = 65_536;

/** The text of a part's bytes. */
export function textOf(name: string, bytes: Uint8Array): Result<string> {
  if (!isUtf8(bytes)) return fail('damaged', `${name} is not text in UTF-8`);
  return succeed(new TextDecoder().decode(bytes));
}

/** The value of a JSON text; `where` begins the fault. */
export function jsonFrom(where: string, text: string, { jsonDepth }: ProjectLimits): Result<unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail('damaged', `${where} is not valid JSON`, '', error);
  }
  const limits: JsonLimits = { depth: jsonDepth, values: MOST_VALUES, text: LONGEST_TEXT };
  const problem = jsonProblem(value, limits);
  if (problem === null) return succeed(value);
  return fail('damaged', `${where}: ${problem.path === '' ? '' : `${problem.path}: `}${problem.message}`);
}
