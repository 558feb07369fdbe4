/**
 * One pixel of an operation on the whole picture: there is no arithmetic of a pixel to show, so the operation is done, and its
 * formula in words and what it found out about the picture stand beside the level.
 */

import { keptStudy } from '../operation/kept';
import type { WholeOperation } from '../operation/operation';
import { applyWhole } from '../operation/whole';
import { createRaster, type Region } from '../raster/raster';
import { neverAborted } from '../raster/signal';
import { pixelOf, type Outcome, type Plain, type Question } from './explanation';

/** Without an outcome the question's input holds the whole picture. */
export function explainWhole(operation: WholeOperation, question: Question): Plain {
  const { values, input, x, y } = question;
  const { stored, reported } = question.outcome ?? outcomeOf(operation, question);
  return {
    from: { x, y },
    formula: operation.formula(values),
    in: pixelOf(input, x, y),
    unrounded: stored,
    stored,
    values: reported,
    arithmetic: [],
  };
}

function outcomeOf(
  operation: WholeOperation,
  { values, whole, input, x, y, measured }: Question,
): Pick<Outcome, 'stored' | 'reported'> {
  const study =
    measured?.kind === 'kept'
      ? keptStudy(operation, values, whole, measured.kept)
      : (operation.study?.(values, input.raster, neverAborted) ?? null);
  const output: Region = {
    raster: createRaster({ ...whole, width: 1, height: 1 }),
    rectangle: { x, y, width: 1, height: 1 },
  };
  applyWhole(operation, values, study, input, whole, output, neverAborted);
  return { stored: pixelOf(output, x, y), reported: study?.reported ?? null };
}
