/**
 * One pixel of an operation on the whole picture. The operation is done, or its outcome known; what it found out about the picture stands beside
 * the level, and what of its arithmetic can be told of one pixel.
 */

import { keptStudy } from '../operation/kept';
import type { DetailPart, WholeOperation } from '../operation/operation';
import { applyWhole } from '../operation/whole';
import { createRaster, type Region } from '../raster/raster';
import { neverAborted } from '../raster/signal';
import { channelName, type Outcome, type Plain, type Question } from './explanation';
import { pixelOf } from '../raster/pixel';

/** Without an outcome the question's input holds the whole picture. */
export function explainWhole(operation: WholeOperation, question: Question): Plain {
  const { values, input, whole, x, y, measured } = question;
  const { stored, study, detail } = question.outcome ?? outcomeOf(operation, question);
  const found = measured?.kind === 'kept' ? keptStudy(operation, values, whole, measured.kept) : study;
  const isAwaited = detail === 'awaited';
  const known = isAwaited ? null : detail;
  const told = operation.account?.({ values, study: found, detail: known, stored, input, whole, x, y }) ?? [];
  const reported = found?.reported ?? {};
  return {
    from: { x, y },
    formula: operation.formula(values),
    in: pixelOf(input, x, y),
    unrounded: stored.map((level, channel) => told.at(channel)?.at(-1)?.value ?? level),
    stored,
    values: Object.keys(reported).length === 0 ? null : reported,
    arithmetic: told.map((lines, channel) => ({
      name: channelName(whole.channels, channel),
      lines,
      window: null,
    })),
    ...(isAwaited && { awaited: true }),
  };
}

function outcomeOf(
  operation: WholeOperation,
  { values, whole, input, x, y, measured }: Question,
): Omit<Outcome, 'steps'> {
  const study =
    measured?.kind === 'kept'
      ? keptStudy(operation, values, whole, measured.kept)
      : (operation.study?.(values, input.raster, neverAborted) ?? null);
  const output: Region = {
    raster: createRaster({ ...whole, width: 1, height: 1 }),
    rectangle: { x, y, width: 1, height: 1 },
  };
  applyWhole(operation, values, study, input, whole, output, neverAborted);
  return {
    stored: pixelOf(output, x, y),
    study,
    detail: detailOf(operation, { values, whole, input, x, y }),
  };
}

function detailOf(
  { detail }: WholeOperation,
  { values, whole, input, x, y }: Pick<Question, 'values' | 'whole' | 'input' | 'x' | 'y'>,
): DetailPart | null {
  if (detail === undefined) return null;
  const part = detail.part(values, whole, { x, y });
  return { ...detail.of(values, input.raster, part, neverAborted), part };
}
