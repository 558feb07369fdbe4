/** The words of the formula language. */

export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'name'; readonly text: string; readonly at: number }
  /** Operators, brackets, separators and the words `and`, `or`, `not`. */
  | { readonly kind: 'sign'; readonly text: string; readonly at: number }
  | { readonly kind: 'end'; readonly text: ''; readonly at: number };

/** A formula that cannot be read: a mistake of the operation's author, so it is thrown. */
export class FormulaError extends Error {
  constructor(
    message: string,
    readonly text: string,
    /** Index of the offending character. */
    readonly position: number,
  ) {
    super(`${message} at position ${position + 1} of "${text}"`);
    this.name = 'FormulaError';
  }
}

const SPACE = /\s+/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/y;
const NAME = /[A-Za-z][A-Za-z0-9]*/y;
const SIGN = /<=|>=|==|!=|[-+*/^<>=?:;,()·−≤≥≠]/y;

const WORDS: ReadonlySet<string> = new Set(['and', 'or', 'not']);

/** The typeset signs of printed formulas, and what they stand for. */
const TYPESET: Readonly<Record<string, string>> = { '·': '*', '−': '-', '≤': '<=', '≥': '>=', '≠': '!=' };

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** The tokens of a text, closed by one of kind `end`. Throws a `FormulaError` at a character that begins none. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const space = match(SPACE, text, at);
    if (space !== null) {
      at += space.length;
      continue;
    }
    const found = match(NUMBER, text, at) ?? match(NAME, text, at) ?? match(SIGN, text, at);
    if (found === null) throw new FormulaError(`unexpected character "${text.charAt(at)}"`, text, at);
    tokens.push(tokenFrom(found, at));
    at += found.length;
  }
  tokens.push({ kind: 'end', text: '', at });
  return tokens;
}

function tokenFrom(found: string, at: number): Token {
  if (/^[\d.]/.test(found)) return { kind: 'number', value: Number(found), at };
  if (/^[A-Za-z]/.test(found) && !WORDS.has(found)) return { kind: 'name', text: found, at };
  return { kind: 'sign', text: TYPESET[found] ?? found, at };
}
