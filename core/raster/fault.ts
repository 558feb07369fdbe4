/**
 * What a user can cause is a value, not an exception: a missing file, a parameter out of range, a full disk.
 * A fault says in one line what is wrong and where (`message`), and what to do about it (`remedy`).
 * Bugs throw; cancelling is neither.
 */

/** A stable word for programs; people read `message` and `remedy`. */
export type FaultCode =
  | 'usage'
  | 'unknown-operation'
  | 'unknown-parameter'
  | 'bad-parameter'
  | 'bad-recipe'
  | 'bad-message'
  | 'not-found'
  | 'unreadable'
  | 'unsupported'
  | 'damaged'
  | 'too-large'
  | 'timeout'
  | 'exists'
  | 'not-a-file'
  | 'unwritable'
  | 'no-space'
  | 'size-mismatch'
  | 'empty-result'
  | 'crashed'
  | 'refused'
  | 'busy';

export interface Fault {
  readonly code: FaultCode;
  /** One line: what is wrong, and where. No trailing full stop. */
  readonly message: string;
  /** One line: what to do about it; may be empty where the message says it all. */
  readonly remedy: string;
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

export function succeed<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function fail(
  code: FaultCode,
  message: string,
  remedy = '',
): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: { code, message, remedy } };
}

/** The fault as one sentence, for a terminal or an alert. */
export function sentence(fault: Fault): string {
  return fault.remedy === '' ? fault.message : `${fault.message}; ${fault.remedy}`;
}

/** Carries a fault through code that can only throw (streams, callbacks); caught where results are made. */
export class FaultError extends Error {
  constructor(readonly fault: Fault) {
    super(sentence(fault));
    this.name = 'FaultError';
  }
}
