/** Aborting within a job: long loops ask between rows and leave by throwing `Cancelled`, which is not an error. */

export interface Signal {
  readonly aborted: boolean;
}

/** Never aborts; for tests and short work. */
export const neverAborted: Signal = { aborted: false };

export class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}

export function checkpoint(signal: Signal): void {
  if (signal.aborted) throw new Cancelled();
}
