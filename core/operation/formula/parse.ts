/** Text → syntax tree, by recursive descent; one method a line of the grammar in `syntax.ts`. */

import { functionNamed, isFunctionName } from './functions';
import type { BinaryOperator, ComparisonOperator, Definition, Expression, Formula } from './syntax';
import { FormulaError, tokensOf, type Token } from './tokens';

const parsed = new Map<string, Formula>();

/** Reads a formula, each text once. Throws a `FormulaError` with the position of the mistake. */
export function parseFormula(text: string): Formula {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const formula = new Parser(text).formula();
  parsed.set(text, formula);
  return formula;
}

const COMPARISONS: readonly ComparisonOperator[] = ['<', '<=', '>', '>=', '==', '!='];

class Parser {
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(private readonly text: string) {
    this.tokens = tokensOf(text);
  }

  formula(): Formula {
    const definitions: Definition[] = [];
    while (this.token.kind === 'name' && this.isSign(this.tokens[this.next + 1], '=')) {
      const { text: name, at } = this.token;
      if (isFunctionName(name) || definitions.some((earlier) => earlier.name === name)) {
        throw new FormulaError(`"${name}" is already defined`, this.text, at);
      }
      this.next += 2;
      definitions.push({ name, value: this.expression() });
      this.expect(';');
    }
    const result = this.expression();
    if (this.token.kind !== 'end') this.refuse('expected an operator or the end');
    return { definitions, result };
  }

  private expression(): Expression {
    const condition = this.or();
    if (!this.take('?')) return condition;
    const whenTrue = this.expression();
    this.expect(':');
    return { kind: 'conditional', condition, whenTrue, whenFalse: this.expression() };
  }

  private or(): Expression {
    return this.chain(['or'], () => this.and());
  }

  private and(): Expression {
    return this.chain(['and'], () => this.negation());
  }

  private negation(): Expression {
    if (this.take('not')) return { kind: 'unary', operator: 'not', operand: this.negation() };
    return this.comparison();
  }

  private comparison(): Expression {
    const left = this.sum();
    const operator = this.takeOne(COMPARISONS);
    return operator === null ? left : { kind: 'binary', operator, left, right: this.sum() };
  }

  private sum(): Expression {
    return this.chain(['+', '-'], () => this.product());
  }

  private product(): Expression {
    return this.chain(['*', '/'], () => this.sign());
  }

  private sign(): Expression {
    if (this.take('-')) return { kind: 'unary', operator: '-', operand: this.sign() };
    return this.power();
  }

  private power(): Expression {
    const left = this.atom();
    return this.take('^') ? { kind: 'binary', operator: '^', left, right: this.sign() } : left;
  }

  private atom(): Expression {
    const token = this.token;
    if (token.kind === 'number') {
      this.next++;
      return { kind: 'number', value: token.value };
    }
    if (token.kind === 'name') {
      this.next++;
      return this.isSign(this.token, '(')
        ? this.call(token.text, token.at)
        : { kind: 'name', name: token.text };
    }
    if (!this.take('(')) this.refuse('expected a number, a name or "("');
    const inside = this.expression();
    this.expect(')');
    return inside;
  }

  private call(name: string, at: number): Expression {
    if (!isFunctionName(name)) throw new FormulaError(`unknown function "${name}"`, this.text, at);
    const given: Expression[] = [];
    this.expect('(');
    do given.push(this.expression());
    while (this.take(','));
    this.expect(')');
    const { least, most } = functionNamed(name);
    if (given.length < least || given.length > most) {
      const wanted = least === most ? String(least) : `${least} to ${most}`;
      throw new FormulaError(`${name} takes ${wanted} arguments, not ${given.length}`, this.text, at);
    }
    return { kind: 'call', name, given };
  }

  /** Operators of one rank, grouped from the left. */
  private chain(operators: readonly BinaryOperator[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const operator = this.takeOne(operators);
      if (operator === null) return left;
      left = { kind: 'binary', operator, left, right: operand() };
    }
  }

  private get token(): Token {
    return this.tokens[this.next];
  }

  private isSign(token: Token | undefined, sign: string): boolean {
    return token?.kind === 'sign' && token.text === sign;
  }

  private take(sign: string): boolean {
    if (!this.isSign(this.token, sign)) return false;
    this.next++;
    return true;
  }

  private takeOne<Sign extends string>(signs: readonly Sign[]): Sign | null {
    return signs.find((sign) => this.take(sign)) ?? null;
  }

  private expect(sign: string): void {
    if (!this.take(sign)) this.refuse(`expected "${sign}"`);
  }

  private refuse(message: string): never {
    throw new FormulaError(message, this.text, this.token.at);
  }
}
