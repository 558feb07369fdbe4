/** Values with which an operation shows what it does: for its picture in the manual, and to be run once before anybody asks. */

import { checkValues } from './check';
import type { AnyValues, Operation } from './operation';
import { defaultOf, initialOf } from './parameter';

/** The file that stands for a second picture. */
export const SECOND = 'second.png';

/** Complete values: the sample's, else the defaults, else what the window starts with. */
export function sampleValues(operation: Operation): AnyValues {
  const required = Object.entries(operation.parameters).filter(
    ([, parameter]) => defaultOf(parameter) === undefined,
  );
  const started = required.map(([name, parameter]) => [name, initialOf(parameter) ?? SECOND]);
  const given = { ...Object.fromEntries(started), ...operation.sample?.values };
  const checked = checkValues(operation, given, null);
  if (!checked.ok) throw new Error(`the sample of ${operation.id}: ${checked.fault.message}`);
  return checked.value;
}
