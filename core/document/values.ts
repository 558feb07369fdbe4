/**
 * Values as a step carries them: defaults may be left out, so "the same" means the same once they are filled in. Names come
 * from outside; only own properties count.
 */

import { defaultOf, type GivenValues, type Parameter, type Parameters } from '../operation/parameter';

export function isGiven(params: GivenValues, name: string): boolean {
  return Object.hasOwn(params, name);
}

/** The value that counts: the given one, else the default; undefined where a required one is missing. */
export function valueOf(parameter: Parameter, params: GivenValues, name: string): unknown {
  return isGiven(params, name) ? params[name] : defaultOf(parameter);
}

/** Whether two JSON values are equal; lists and matrices by their elements. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, at) => sameValue(item, b[at]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameValue(a[name], b[name]))
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Names of the parameters whose values differ, in the order of their declarations. */
export function changedParameters(
  parameters: Parameters,
  before: GivenValues,
  after: GivenValues,
): readonly string[] {
  return Object.entries(parameters)
    .filter(
      ([name, parameter]) => !sameValue(valueOf(parameter, before, name), valueOf(parameter, after, name)),
    )
    .map(([name]) => name);
}

/** The values with `patch` laid over them. Names come from outside: `__proto__` becomes an ordinary property. */
export function patched(params: GivenValues, patch: GivenValues): GivenValues {
  return Object.fromEntries([...Object.entries(params), ...Object.entries(patch)]);
}
