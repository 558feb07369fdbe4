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
  | 'changed'
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

/** Beside the faults and not in them, so that a fault stays a plain value. */
const origins = new WeakMap<Fault, Error>();

export function fail(
  code: FaultCode,
  message: string,
  remedy = '',
  cause?: unknown,
): { readonly ok: false; readonly fault: Fault } {
  const fault: Fault = { code, message, remedy };
  origins.set(fault, cause instanceof Error ? cause : new Error(message));
  return { ok: false, fault };
}

/** The stack trace of a fault's cause, or of where it was made; for those who look for a mistake. Undefined where nobody knows. */
export function originOf(fault: Fault): string | undefined {
  return origins.get(fault)?.stack;
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

/** The value. Throws a `FaultError` where there is none. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new FaultError(result.fault);
  return result.value;
}

/** The result of `work`, whose `FaultError` is the fault. Rejects with whatever else it throws. */
export async function resultOf<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return succeed(await work());
  } catch (error) {
    if (error instanceof FaultError) return { ok: false, fault: error.fault };
    throw error;
  }
}
