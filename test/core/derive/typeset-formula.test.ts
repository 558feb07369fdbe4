/** Every operation has a formula that can be typeset, and no letter in it stands without a meaning. */

import temml from 'temml';
import { describe, expect, it } from 'vitest';
import { latexLines, latexName } from '../../../core/derive/latex';
import { legendFor } from '../../../core/derive/legend';
import { typesetFormula, typesetStep, type Limits, type Typeset } from '../../../core/derive/typeset-formula';
import { sampleValues } from '../../../core/operation/sample-values';
import type { AnyValues, Operation } from '../../../core/operation/operation';
import { operations } from '../../../core/operations';
import type { Shape } from '../../../core/raster/raster';

const SHAPES: readonly Shape[] = ([1, 3, 4] as const).map((channels) => ({
  width: 9,
  height: 7,
  channels,
  depth: 8,
}));

const LIMITS: readonly Limits[] = [
  { channels: 'rgb', opacity: 1, masked: false },
  { channels: 'g', opacity: 1, masked: false },
  { channels: 'luma', opacity: 0.5, masked: true },
  { channels: 'rgb', opacity: 0.25, masked: false },
];

/** The sample's values with every combination of choices. */
function combinations(operation: Operation): readonly AnyValues[] {
  let all: readonly AnyValues[] = [sampleValues(operation)];
  for (const [name, parameter] of Object.entries(operation.parameters)) {
    const options =
      parameter.kind === 'choice' ? parameter.choices : parameter.kind === 'boolean' ? [false, true] : [];
    if (options.length > 0)
      all = all.flatMap((values) => options.map((option) => ({ ...values, [name]: option })));
  }
  return all;
}

/** One of each combination of choices, shape and limits, without the same formula twice. */
function formulasOf(operation: Operation): readonly (readonly [Typeset, AnyValues])[] {
  const all = new Map<string, readonly [Typeset, AnyValues]>();
  for (const values of combinations(operation)) {
    for (const shape of SHAPES) {
      for (const limits of LIMITS) {
        const formula = typesetStep(typesetFormula(operation, values, shape), limits);
        all.set(latexLines(formula.equations), [formula, values]);
      }
    }
  }
  return [...all.values()];
}

/** The place of the pixel, letters that count, or stand for one of several, in the place where they stand. */
const BOUND = new Set(['x', 'y', 'i', 'j', 'c', 'k', 't', 's', 'a', 'm']);

/** Symbols that are neither defined by an equation, nor explained, nor bound. */
function unexplained(operation: Operation, formula: Typeset, values: AnyValues): readonly string[] {
  const defined = new Set(
    formula.equations.flatMap(([left]) => left.match(/\\mathit\{[A-Za-z]+\}|[A-Za-z]+'?/g) ?? []),
  );
  const explained = legendFor(operation, values, formula).flatMap(({ symbol }) => symbol.split(', '));
  const letters = new Set(
    explained.flatMap((symbol) => symbol.match(/\\[a-z]+\{[A-Za-z]+\}|[A-Za-z]+'?/g) ?? []),
  );
  // Of numbered constants, the letter that stands for all of them has the index i.
  const isDerived = operation.kind === 'point' || operation.kind === 'global';
  if (isDerived)
    return [...formula.names]
      .map(latexName)
      .filter((name) => ![name, name.replace(/_\{\d+\}$/, '_i')].some((each) => explained.includes(each)))
      .filter((name) => name !== '\\pi');
  const base = (name: string): string => name.replace(/_.*$/, '');
  return [...formula.names].filter(
    (name) =>
      !BOUND.has(base(name)) &&
      !defined.has(name) &&
      !defined.has(base(name)) &&
      !letters.has(base(name)) &&
      !letters.has(`\\mathit{${name}}`) &&
      !explained.some((symbol) => symbol.includes(base(name))),
  );
}

describe.each(operations.map((operation) => [operation.id, operation] as const))('%s', (_, operation) => {
  const formulas = formulasOf(operation);

  it('is typeset, with no command that GitHub refuses', () => {
    for (const [formula] of formulas) {
      const latex = latexLines(formula.equations);
      expect(
        () => temml.renderToString(latex, { displayMode: true, throwOnError: true }),
        latex,
      ).not.toThrow();
      expect(latex).not.toContain('\\operatorname');
      expect(
        formula.equations.filter(([left]) => left === 's'),
        latex,
      ).toHaveLength(1);
    }
  });

  it('has no letter without a meaning, and meanings that can be typeset', () => {
    for (const [formula, values] of formulas) {
      expect(unexplained(operation, formula, values)).toEqual([]);
      for (const { symbol, meaning } of legendFor(operation, values, formula)) {
        expect(() => temml.renderToString(symbol, { throwOnError: true }), symbol).not.toThrow();
        expect(meaning).not.toBe('');
      }
    }
  });

  it('names only parameters that there are', () => {
    for (const [formula] of formulas) {
      const text = latexLines(formula.equations);
      if (operation.kind === 'point' || operation.kind === 'global') continue;
      for (const [, word] of text.matchAll(/\\mathit\{([A-Za-z]+)\}/g)) {
        expect(Object.keys(operation.parameters)).toContain(word);
      }
    }
  });
});
