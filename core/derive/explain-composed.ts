/**
 * One pixel of a composed operation: its steps are carried out one after the other on the whole picture, and each is explained at the
 * pixel from which the next one started. The outer explanation begins where the first of them does and ends as the last.
 */

import { measure } from '../operation/measure';
import type { ComposedOperation } from '../operation/operation';
import { measurementFor } from '../operation/point-formula';
import { runSteps } from '../operation/run';
import { wholeOf } from '../raster/rectangle';
import { titleOf } from '../operation/parameter';
import { type Explanation, type Plain, type Question } from './explanation';
import { pixelOf } from '../raster/pixel';

/** Without an outcome the question's input holds the whole picture; `explain` explains one step. */
export function explainComposed(
  operation: ComposedOperation,
  question: Question,
  explain: (question: Question) => Explanation,
): Plain {
  const steps = question.outcome?.steps ?? explainedSteps(operation, question, explain);
  const from = steps.at(0)?.from ?? { x: question.x, y: question.y };
  const pixel = pixelOf(question.input, from.x, from.y);
  const last = steps.at(-1);
  return {
    from,
    formula: steps.map(({ id }) => titleOf(id)).join(', then '),
    in: pixel,
    unrounded: last?.unrounded ?? pixel,
    stored: last?.stored ?? pixel,
    values: null,
    arithmetic: [],
    steps,
  };
}

function explainedSteps(
  operation: ComposedOperation,
  question: Question,
  explain: (question: Question) => Explanation,
): readonly Explanation[] {
  const { input } = question;
  const runs = runSteps(operation.steps(question.values), input.raster);
  const steps: Explanation[] = [];
  let from = { x: question.x, y: question.y };
  for (let index = runs.length - 1; index >= 0; index--) {
    const met = index === 0 ? input.raster : runs[index - 1].raster;
    const { operation: inner, values } = runs[index];
    const wanted = inner.kind === 'global' ? measurementFor(inner, values, met) : null;
    const step = explain({
      operation: inner,
      values,
      channels: 'rgb',
      opacity: 1,
      mask: null,
      whole: met,
      ...from,
      input: { raster: met, rectangle: wholeOf(met) },
      measured: wanted === null ? null : measure(wanted, met),
      second: null,
      outcome: null,
    });
    steps.unshift(step);
    ({ from } = step);
  }
  return steps;
}
