/**
 * The words of a small part of Python: names, numbers, strings and the signs of calls and literals, each with its line. Whatever
 * else stands in a text is refused, because it might mean something.
 */

import { UnreadableScript } from './unreadable';

export type Token = { readonly line: number } & (
  | { readonly kind: 'name' | 'sign'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'string'; readonly value: string; readonly text: string }
);

const SPACE = /(?:[ \t\f]|\\\n|\n|#[^\n]*)+/y;
const NAME = /[A-Za-z_][A-Za-z_0-9]*/y;
const NUMBER = /(?:(?:\d(?:_?\d)*)?\.\d(?:_?\d)*|\d(?:_?\d)*\.?)(?:[eE][+-]?\d(?:_?\d)*)?/y;
const STRING = /"(?:[^"\\\n]|\\[^\n])*"|'(?:[^'\\\n]|\\[^\n])*'/y;
const SIGN = /[()[\]{},:=+-]/y;

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  '"': '"',
  "'": "'",
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\u0007',
};

function textOf(quoted: string, line: number): string {
  return quoted
    .slice(1, -1)
    .replace(
      /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gu,
      (whole, x?: string, u?: string, long?: string, simple?: string) => {
        const code = x ?? u ?? long;
        if (code !== undefined && parseInt(code, 16) <= 0x10ffff)
          return String.fromCodePoint(parseInt(code, 16));
        const plain = simple === undefined ? undefined : ESCAPES[simple];
        if (plain === undefined)
          throw new UnreadableScript(line, `${whole} is an escape that is not read here`);
        return plain;
      },
    );
}

function numberOf(text: string, line: number): number {
  const digits = text.replaceAll('_', '');
  if (/^0\d*[1-9]\d*$/.test(digits)) {
    throw new UnreadableScript(line, `${text} is no number in Python`);
  }
  const value = Number(digits);
  if (!Number.isFinite(value)) throw new UnreadableScript(line, `${text} is too large a number`);
  return value;
}

/** The tokens of a text that begins on `line` of its file. */
export function tokensOf(source: string, line: number): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let now = line;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0];
    if (text === undefined) return null;
    at += text.length;
    return text;
  };
  while (at < source.length) {
    const space = take(SPACE);
    if (space !== null) {
      now += space.split('\n').length - 1;
      continue;
    }
    const name = take(NAME);
    if (name !== null) {
      tokens.push({ kind: 'name', text: name, line: now });
      continue;
    }
    const number = take(NUMBER);
    if (number !== null) {
      tokens.push({ kind: 'number', value: numberOf(number, now), text: number, line: now });
      continue;
    }
    const string = take(STRING);
    if (string !== null) {
      tokens.push({ kind: 'string', value: textOf(string, now), text: string, line: now });
      continue;
    }
    const sign = take(SIGN);
    if (sign === null) throw new UnreadableScript(now, `${source.charAt(at)} is not read here`);
    tokens.push({ kind: 'sign', text: sign, line: now });
  }
  return tokens;
}
