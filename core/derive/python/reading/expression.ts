/**
 * Expressions of the same small part of Python: names, literals, calls, and functions of the picture (`lambda image: …`). Nothing is
 * ever evaluated: what is no literal is refused where a literal has to stand, arithmetic among it.
 */

import { tokensOf, type Token } from './tokens';
import { UnreadableScript } from './unreadable';

export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly given: readonly Node[];
  readonly named: readonly { readonly name: string; readonly value: Node; readonly line: number }[];
  readonly line: number;
}

export type Node =
  | Call
  | { readonly kind: 'name'; readonly name: string; readonly line: number }
  | { readonly kind: 'literal'; readonly value: unknown; readonly line: number }
  | { readonly kind: 'lambda'; readonly body: Node; readonly line: number };

/** Deeper brackets than any value has. */
const DEEPEST = 32;

class Reader {
  #at = 0;
  #depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly lastLine: number,
  ) {}

  statement(): { readonly target: string; readonly value: Node } {
    const target = this.#name();
    this.#expect('=');
    const value = this.#node();
    const rest = this.tokens.at(this.#at);
    if (rest !== undefined) throw this.#unexpected(rest);
    return { target, value };
  }

  #peek(): Token | undefined {
    return this.tokens.at(this.#at);
  }

  #next(): Token {
    const token = this.#peek();
    if (token === undefined) throw new UnreadableScript(this.lastLine, 'the line ends too early');
    this.#at += 1;
    return token;
  }

  #accept(text: string): boolean {
    const token = this.#peek();
    if (token?.kind === 'string' || token?.text !== text) return false;
    this.#at += 1;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw this.#unexpected(this.#next(), `, but ${text}`);
  }

  #unexpected(token: Token, wanted = ''): UnreadableScript {
    return new UnreadableScript(token.line, `no ${token.text} is read here${wanted}`, 'write plain values');
  }

  #name(): string {
    const token = this.#next();
    if (token.kind !== 'name') throw this.#unexpected(token, ', but a name');
    return token.text;
  }

  #node(): Node {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new UnreadableScript(this.#next().line, 'too many brackets');
    const node = this.#unnested();
    this.#depth -= 1;
    return node;
  }

  #unnested(): Node {
    const token = this.#next();
    const { line } = token;
    if (token.kind === 'number' || token.kind === 'string')
      return { kind: 'literal', value: token.value, line };
    if (token.kind === 'name') return this.#named(token.text, line);
    switch (token.text) {
      case '-':
      case '+': {
        const operand = this.#next();
        if (operand.kind !== 'number') throw this.#unexpected(operand, ', but a number');
        return { kind: 'literal', value: token.text === '-' ? -operand.value : operand.value, line };
      }
      case '[':
        return { kind: 'literal', value: this.#list(']'), line };
      case '(':
        return { kind: 'literal', value: this.#list(')'), line };
      case '{':
        return { kind: 'literal', value: this.#dict(), line };
      default:
        throw this.#unexpected(token, ', but a value');
    }
  }

  #named(name: string, line: number): Node {
    if (name === 'None') return { kind: 'literal', value: null, line };
    if (name === 'True' || name === 'False') return { kind: 'literal', value: name === 'True', line };
    if (name === 'lambda') {
      if (this.#name() !== 'image') throw new UnreadableScript(line, 'a lambda here takes image');
      this.#expect(':');
      return { kind: 'lambda', body: this.#node(), line };
    }
    return this.#accept('(') ? this.#call(name, line) : { kind: 'name', name, line };
  }

  #call(name: string, line: number): Node {
    const given: Node[] = [];
    const named: { name: string; value: Node; line: number }[] = [];
    while (!this.#accept(')')) {
      const [first, second] = [this.#peek(), this.tokens.at(this.#at + 1)];
      if (first?.kind === 'name' && second?.kind === 'sign' && second.text === '=') {
        this.#at += 2;
        if (named.some((each) => each.name === first.text))
          throw new UnreadableScript(first.line, `${first.text} is given twice`);
        named.push({ name: first.text, value: this.#node(), line: first.line });
      } else {
        const node = this.#node();
        if (named.length > 0)
          throw new UnreadableScript(node.line, 'a value without a name after one with a name');
        given.push(node);
      }
      this.#separate(')');
    }
    return { kind: 'call', name, given, named, line };
  }

  /** A comma, or the bracket that comes next. */
  #separate(close: string): void {
    if (this.#accept(',')) return;
    const token = this.#peek();
    if (token?.kind !== 'sign' || token.text !== close) this.#expect(close);
  }

  #literal(): unknown {
    const node = this.#node();
    if (node.kind === 'literal') return node.value;
    const name = node.kind === 'lambda' ? 'lambda' : node.name;
    throw new UnreadableScript(node.line, `no ${name} is read here`, 'write plain values');
  }

  #list(close: ']' | ')'): readonly unknown[] {
    const list: unknown[] = [];
    while (!this.#accept(close)) {
      list.push(this.#literal());
      const alone = list.length === 1 && close === ')' && this.#peek()?.text === ')';
      if (alone)
        throw new UnreadableScript(this.#next().line, 'no brackets around a single value are read here');
      this.#separate(close);
    }
    return list;
  }

  #dict(): Readonly<Record<string, unknown>> {
    const entries = new Map<string, unknown>();
    while (!this.#accept('}')) {
      const key = this.#next();
      if (key.kind !== 'string') throw this.#unexpected(key, ', but a name in quotes');
      this.#expect(':');
      entries.set(key.value, this.#literal());
      this.#separate('}');
    }
    return Object.fromEntries(entries);
  }
}

/** `target = value`, from a text that begins on `line` of its file. */
export function readStatement(
  source: string,
  line: number,
): { readonly target: string; readonly value: Node } {
  const tokens = tokensOf(source, line);
  return new Reader(tokens, tokens.at(-1)?.line ?? line).statement();
}
