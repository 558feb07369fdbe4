/** One pixel of a point or global operation: its formula with the pixel's numbers in place of the names. */

import { fillIn, printFormula } from '../operation/formula/print';
import { evaluatePixel, pointFormula, type FormulaOperation } from '../operation/point-formula';
import { colourChannelsOf } from '../raster/raster';
import { channelName, type Plain, type Question } from './explanation';
import { pixelOf } from '../raster/pixel';

export function explainPoint(operation: FormulaOperation, question: Question): Plain {
  const { values, whole, x, y } = question;
  const pixel = pixelOf(question.input, x, y);
  const point = pointFormula(operation, values, whole, question.measured);
  const { unrounded, stored, scopes } = evaluatePixel(point, pixel, whole, { x, y });
  return {
    from: { x, y },
    formula: printFormula(point.formula),
    in: pixel,
    unrounded: [...unrounded, ...pixel.slice(colourChannelsOf(whole))],
    stored,
    values: Object.keys(point.reported).length === 0 ? null : point.reported,
    arithmetic: scopes.map((scope, channel) => ({
      name: channelName(whole.channels, channel),
      lines: fillIn(point.formula, scope),
      window: null,
    })),
  };
}
