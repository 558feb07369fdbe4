/** Which of an operation's parameters choose bit planes of its input: derived from the declarations, so nobody needs to know its name. */

import type { Parameters } from './parameter';

export interface DeclaredPlanes {
  /** The parameter's name. */
  readonly name: string;
  /** Whether it is a set of planes, or a single one. */
  readonly several: boolean;
}

/** Null where no parameter does. */
export function planesOf(parameters: Parameters): DeclaredPlanes | null {
  for (const [name, parameter] of Object.entries(parameters)) {
    if (parameter.kind === 'planes') return { name, several: true };
    if (parameter.kind === 'number' && parameter.unit === 'plane') return { name, several: false };
  }
  return null;
}
