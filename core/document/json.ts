/**
 * Values that came from outside, from a file or over a wire, as plain JSON and nothing else: finite numbers, texts, plain
 * objects and lists, no deeper, larger or longer than allowed, and no name that could reach a prototype. Everything that
 * reads such values asks here first, so that what follows can walk them without care.
 */

export interface JsonLimits {
  /** Most objects and lists inside each other. */
  readonly depth: number;
  /** Most values altogether, lists and objects included. */
  readonly values: number;
  /** Most characters of one text or name. */
  readonly text: number;
}

/** Where something is wrong (`operations[1].params.size`, empty for the whole) and what. */
export interface JsonProblem {
  readonly path: string;
  readonly message: string;
}

const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** What is not plain JSON within the limits, or null. Walks without recursion, so that no depth can exhaust the stack. */
export function jsonProblem(value: unknown, limits: JsonLimits): JsonProblem | null {
  const waiting: { readonly value: unknown; readonly path: string; readonly depth: number }[] = [
    { value, path: '', depth: 0 },
  ];
  let values = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, depth } = next;
    if (++values > limits.values) return { path: '', message: `more than ${limits.values} values` };
    if (!isContainer(next.value)) {
      const message = scalarProblem(next.value, limits);
      if (message !== null) return { path, message };
      continue;
    }
    if (depth >= limits.depth)
      return { path: shortened(path), message: `nested more than ${limits.depth} deep` };
    if (Array.isArray(next.value)) {
      // Counted before it is walked: a sparse list can be long and cost nothing to send.
      if (values + next.value.length > limits.values)
        return { path, message: `more than ${limits.values} values` };
      if (Object.keys(next.value).length !== next.value.length)
        return { path, message: 'a list with gaps or names' };
      for (let at = next.value.length - 1; at >= 0; at--) {
        waiting.push({ value: next.value[at], path: `${path}[${at}]`, depth: depth + 1 });
      }
      continue;
    }
    if (!isPlainObject(next.value)) return { path, message: 'not a plain object' };
    for (const [name, part] of Object.entries(next.value).reverse()) {
      const inside = joinPath(path, name.slice(0, limits.text));
      if (FORBIDDEN_NAMES.has(name)) return { path: inside, message: 'a name that is not allowed' };
      if (name.length > limits.text)
        return { path: shortened(inside), message: `a name of more than ${limits.text} characters` };
      waiting.push({ value: part, path: inside, depth: depth + 1 });
    }
  }
  return null;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function scalarProblem(value: unknown, limits: JsonLimits): string | null {
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value === 'number') return Number.isFinite(value) ? null : 'not a finite number';
  if (typeof value === 'string') {
    return value.length <= limits.text ? null : `a text of more than ${limits.text} characters`;
  }
  return `not a JSON value (${typeof value})`;
}

/** Whether this is an object as JSON has them: neither a list nor an instance of a class, whichever realm it came from. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (!isContainer(value) || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (isContainer(prototype) && Object.getPrototypeOf(prototype) === null);
}

/** `params` and `size` as `params.size`; names that are no words in quotes. */
export function joinPath(path: string, name: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === '' ? name : `${path}.${name}`;
}

/** The beginning of a path, for sentences: a hostile one can be as long as its file. */
function shortened(path: string): string {
  return path.length > 80 ? `${path.slice(0, 79)}…` : path;
}
