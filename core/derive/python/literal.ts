/** Values and names as Python writes them. */

/** Python's keywords, which no parameter can be called. */
const KEYWORDS = new Set([
  'and',
  'as',
  'class',
  'def',
  'from',
  'global',
  'if',
  'in',
  'is',
  'lambda',
  'not',
  'or',
  'pass',
  'with',
]);

/** `boxBlur` is `box_blur`, `r1` `r1`; single capitals such as T stay. Distinct ids stay distinct. */
export function pythonName(id: string): string {
  const name = /^[A-Z]$/.test(id) ? id : id.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return KEYWORDS.has(name) ? `${name}_` : name;
}

/** A text as a Python literal on one line, whatever characters it is made of. */
export function pythonText(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** A JSON value as a Python literal: null is None, lists are lists, objects are dicts. Throws for anything else. */
export function pythonLiteral(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return pythonText(value);
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(', ')}]`;
  if (typeof value !== 'object') throw new Error(`no literal for a ${typeof value}`);
  const entries = Object.entries(value).map(([name, each]) => `${pythonText(name)}: ${pythonLiteral(each)}`);
  return `{${entries.join(', ')}}`;
}

/** A text for a comment or between triple quotes: one line that ends neither. */
export function inComment(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll('\\', '/')
    .replaceAll('"', '”')
    .trim();
}
