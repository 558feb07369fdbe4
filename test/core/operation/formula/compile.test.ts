import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { functionFrom, javascriptOf } from '../../../../core/operation/formula/compile';
import { evaluateExpression } from '../../../../core/operation/formula/evaluate';
import type { Scope } from '../../../../core/operation/formula/names';
import { parseFormula } from '../../../../core/operation/formula/parse';
import { expressions } from '../../../support/formulas';

const compile = (source: string) =>
  functionFrom<(scope: Scope) => number>(`function (scope) { return ${source}; }`);

describe('compiled formulas', () => {
  it('give what the interpreter gives, to the last bit', () => {
    const sample = fc.oneof(fc.integer({ min: -300, max: 300 }), fc.double());
    fc.assert(
      fc.property(expressions(['r', 'a']), sample, sample, (expression, r, a) => {
        const scope = { r, a, T: 255 };
        const compiled = compile(javascriptOf(expression, (name) => `scope.${name}`));
        expect(compiled?.(scope)).toBe(evaluateExpression(expression, scope));
      }),
      { numRuns: 1000 },
    );
  });

  it('contain arithmetic only', () => {
    const { result } = parseFormula('r < 3 and not (a == 2) ? -(-r) : store(r^2)');
    expect(javascriptOf(result, (name) => `$${name}`)).toBe(
      '((($r < 3) && !(($a === 2))) ? (- (- $r)) : store(Math.pow($r, 2), $T))',
    );
  });
});

describe('a page that refuses code from strings', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('gets no function, and no error', () => {
    vi.stubGlobal('Function', function refuse() {
      throw new EvalError('unsafe-eval is not allowed');
    });
    expect(compile('1')).toBeNull();
  });

  it('that says so is never asked', async () => {
    const refused = vi.fn();
    vi.stubGlobal('Function', refused);
    vi.resetModules();
    const { forbidGeneratedCode, functionFrom } = await import('../../../../core/operation/formula/compile');
    forbidGeneratedCode();
    expect(functionFrom('1')).toBeNull();
    expect(refused).not.toHaveBeenCalled();
  });
});
