/** Every operation, in the order of OPERATIONS.md: the order of menus and of `burnish operations`. */

import type { Operation } from '../operation/operation';
import { gamma } from './gamma';
import { negative } from './negative';

export const operations: readonly Operation[] = [negative, gamma];

export const operationById: ReadonlyMap<string, Operation> = new Map(
  operations.map((operation) => [operation.id, operation]),
);
