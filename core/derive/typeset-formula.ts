/**
 * The formula of any operation, typeset: from the syntax tree where its formula is in the formula language, from what it declares where that
 * needs more, and of a chain from its steps. A step that is limited goes on with what becomes of the operation's result.
 */

import type { StepChannels } from '../document/document';
import { parseFormula } from '../operation/formula/parse';
import { freeNames } from '../operation/formula/syntax';
import type { AnyValues, ComposedOperation, Operation } from '../operation/operation';
import { titleOf } from '../operation/parameter';
import type { FormulaOperation } from '../operation/point-formula';
import type { Shape } from '../raster/raster';
import { latexLines, latexName, latexOf, type Equation } from './latex';

/** What the typeset formula of an operation consists of. */
export interface Typeset {
  readonly equations: readonly Equation[];
  /** The left side of the equation that gives the result. */
  readonly result: string;
  /** The names that it takes from outside: parameters, and names of the formula language. */
  readonly names: ReadonlySet<string>;
  /** What its other symbols mean. */
  readonly where: readonly (readonly [symbol: string, meaning: string])[];
}

/** A step's limits (OPERATIONS.md 2.6), as far as a formula tells them. */
export interface Limits {
  readonly channels: StepChannels;
  readonly opacity: number;
  readonly masked: boolean;
}

/** `v_1 = Gaussian blur(v)`, and so on: a step's result is the next one's input. */
function composedEquations(operation: ComposedOperation, values: AnyValues): readonly Equation[] {
  const steps = operation.steps(values);
  return steps.map(({ id }, index) => {
    const made = index === steps.length - 1 ? 's' : `v_{${index + 1}}`;
    const met = index === 0 ? 'v' : `v_{${index}}`;
    return [made, `\\text{${titleOf(id)}}\\left(${met}\\right)`];
  });
}

/** A letter with its primes and index, or a word set as one name. */
const SYMBOL =
  /\\mathit\{(?<word>[A-Za-z]+)\}|\\(?<greek>sigma|gamma)|(?<letter>[A-Za-z](?:'|_\{[^}]*\}|_[a-z0-9])*)/g;

/** The names in LaTeX: letters that stand alone, and words, without what is said in words or is a command. */
function namesIn(latex: string): ReadonlySet<string> {
  const signs = latex
    .replace(/\\(?:text|mathrm|begin|end|mathcal)\{[^}]*\}/g, ' ')
    .replace(/\\(?!mathit|sigma|gamma)[A-Za-z]+/g, ' ');
  return new Set(
    [...signs.matchAll(SYMBOL)].map(
      ({ groups }) => groups?.['word'] ?? groups?.['greek'] ?? groups?.['letter'] ?? '',
    ),
  );
}

/** The constants among these names, and what the operation says that they mean; numbered ones of one stem together. */
export function explainedConstants(
  { letters = {} }: FormulaOperation,
  names: Iterable<string>,
): readonly (readonly [symbol: string, meaning: string])[] {
  const found = new Map<string, string>();
  for (const name of names) {
    const stem = name.replace(/\d+$/, '');
    if (Object.hasOwn(letters, stem))
      found.set(`${latexName(stem)}${stem === name ? '' : '_i'}`, letters[stem]);
  }
  return [...found];
}

const RESULT = 's';

/** The formula of an operation with these values, on a picture of this shape; the result, s, is the first equation of what is declared, and the last of what is in the language. */
export function typesetFormula(operation: Operation, values: AnyValues, shape: Shape): Typeset {
  switch (operation.kind) {
    case 'point':
    case 'global': {
      const formula = parseFormula(operation.formula(values, shape));
      const { definitions, result } = formula;
      const equations = definitions.map(({ name, value }): Equation => [latexName(name), latexOf(value)]);
      // Where a saturation is called s, the result is the new r.
      const isTaken = definitions.some(({ name }) => name === RESULT);
      const symbol = isTaken ? "r'" : RESULT;
      return {
        equations: [...equations, [symbol, latexOf(result)]],
        result: symbol,
        names: freeNames(formula),
        where: [
          ...explainedConstants(operation, freeNames(formula)),
          ...(isTaken ? [[symbol, 'the result, the new sample'] as const] : []),
        ],
      };
    }
    case 'composed': {
      const equations = composedEquations(operation, values);
      const where = [
        ['v', 'the step’s input; every operation stores its result before the next one'] as const,
      ];
      return {
        equations: equations.length === 0 ? [[RESULT, 'v']] : equations,
        result: RESULT,
        names: new Set(),
        where,
      };
    }
    case 'area':
    case 'geometry':
    case 'whole':
    case 'blend': {
      const { equations, where } = operation.typeset(values);
      return { equations, result: RESULT, names: namesIn(latexLines(equations)), where: where ?? [] };
    }
  }
}

/** How much of a step shows, in words. */
function shareText({ opacity, masked }: Limits): string {
  if (!masked) return `its opacity of ${opacity}`;
  return opacity === 1 ? 'its mask' : `its opacity of ${opacity} times its mask`;
}

/** The same with a step's limits on top, where it has any: the operation's result is then w, or of the luma Y′. */
export function typesetStep(formula: Typeset, limits: Limits): Typeset {
  const { channels, opacity, masked } = limits;
  const { equations, result, names } = formula;
  const isMixed = opacity !== 1 || masked;
  const isLuma = channels === 'luma';
  if (!isMixed && channels === 'rgb') return formula;
  const made = isLuma ? "Y'" : 'w';
  const moved = "v + Y' - Y";
  const limited: Equation[] = equations.map(([left, right]) => [left === result ? made : left, right]);
  if (isLuma && isMixed) limited.push(['w', moved]);
  limited.push([result, isMixed ? String.raw`v + \alpha \cdot \left(w - v\right)` : isLuma ? moved : 'w']);
  const where: (readonly [string, string])[] = [['v', 'the step’s input']];
  if (isLuma) where.push(["Y, Y'", 'the rounded luma of the input, and what the operation stores of it']);
  if (isMixed) where.push([String.raw`\alpha`, `how much of the step shows: ${shareText(limits)}`]);
  if (channels !== 'rgb' && !isLuma)
    where.push([result, `in ${channels.toUpperCase()} alone; the other channels stay`]);
  return { equations: limited, result, names, where: [...formula.where, ...where] };
}
