/** The formula of an operation with its values, as LaTeX; null where it has none but in words. */

import { parseFormula } from '../operation/formula/parse';
import type { AnyValues, Operation } from '../operation/operation';
import type { Shape } from '../raster/raster';
import { latexEquations } from './latex';

export function formulaLatex(operation: Operation, values: AnyValues, shape: Shape): string | null {
  if (operation.kind !== 'point' && operation.kind !== 'global') return null;
  const { definitions, result } = parseFormula(operation.formula(values, shape));
  return latexEquations([...definitions, { name: 's', value: result }]);
}
