/**
 * The operations that there are, by id, for those that are made of others: a chain names its steps, and no operation imports
 * another. The list of all operations (core/operations) fills it once, when it is loaded.
 */

import type { Operation } from './operation';

const known = new Map<string, Operation>();

/** Empty until the list of operations is loaded. */
export const registered: ReadonlyMap<string, Operation> = known;

/** Returns what is registered from now on. Throws where two have one id. */
export function register(operations: readonly Operation[]): ReadonlyMap<string, Operation> {
  for (const operation of operations) {
    const other = known.get(operation.id);
    if (other !== undefined && other !== operation) throw new Error(`two operations are ${operation.id}`);
    known.set(operation.id, operation);
  }
  return registered;
}
