/**
 * What a point operation makes of every level of an 8-bit picture: its transfer curve. By the interpreter, because the page's
 * content security policy refuses compiled formulas; 256 values need no speed.
 */

import { checkValues } from '../../core/operation/check';
import { namesPlace } from '../../core/operation/formula/names';
import type { Operation } from '../../core/operation/operation';
import type { GivenValues } from '../../core/operation/parameter';
import { channelScope, pointFormula } from '../../core/operation/point-formula';
import { fillPlainly } from '../../core/operation/point-table';
import type { Shape } from '../../core/raster/raster';

const grey: Shape = { width: 1, height: 1, channels: 1, depth: 8 };

/** One result a level; null where the operation has no such curve, or these values give none. */
export function curveValues(operation: Operation, given: GivenValues): ArrayLike<number> | null {
  if (operation.kind !== 'point') return null;
  const values = checkValues(operation, given, grey);
  if (!values.ok) return null;
  const { formula, constants } = pointFormula(operation, values.value, grey, null);
  // What a pixel becomes may also depend on where it lies.
  if (namesPlace(formula)) return null;
  const table = new Uint8Array(256);
  fillPlainly(formula, table, channelScope(constants, 0, grey), grey);
  return table;
}
