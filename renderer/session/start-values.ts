/** The values that an operation has when it is added in the window: defaults, else what its declaration suggests. */

import type { Operation } from '../../core/operation/operation';
import { initialOf, type GivenValues } from '../../core/operation/parameter';

/** Only what has no default is written down; a step stays as short as a recipe would be. */
export function startValues(operation: Operation): GivenValues {
  return Object.fromEntries(
    Object.entries(operation.parameters)
      .filter(([, parameter]) => !('default' in parameter) || parameter.default === undefined)
      .map(([name, parameter]) => [name, initialOf(parameter)])
      .filter(([, value]) => value !== undefined),
  );
}
