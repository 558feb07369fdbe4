/** The values that an operation has when it is added in the window: defaults, else what its declaration suggests. */

import type { Operation } from '../../core/operation/operation';
import { defaultOf, initialOf, type GivenValues } from '../../core/operation/parameter';

/** Only what differs from the default is written down; a step stays as short as a recipe would be. */
export function startValues(operation: Operation): GivenValues {
  return Object.fromEntries(
    Object.entries(operation.parameters)
      .map(([name, parameter]) => [name, initialOf(parameter), defaultOf(parameter)] as const)
      .filter(([, initial, usual]) => initial !== undefined && initial !== usual)
      .map(([name, initial]) => [name, initial]),
  );
}
