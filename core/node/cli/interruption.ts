/**
 * Ctrl+C and SIGTERM while a command works: work under way is given up, nothing half-written stays, and the command ends with
 * the status that shells expect. A second one ends it at once.
 */

import { removeTemporaryFiles } from '../files/temporary-file';
import { STATUS } from './terminal';

const SIGNALS = { SIGINT: STATUS.interrupted, SIGTERM: STATUS.terminated } as const;

/** Runs `work`, whose signal is aborted by the first of these signals; the status is then that of the signal, however it ends. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | number> {
  const stop = new AbortController();
  let status: number | null = null;
  const onSignal = (name: NodeJS.Signals): void => {
    const wanted = name === 'SIGTERM' ? SIGNALS.SIGTERM : SIGNALS.SIGINT;
    if (status !== null) {
      removeTemporaryFiles();
      process.exit(wanted);
    }
    status = wanted;
    stop.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const ended = await work(stop.signal);
    return status ?? ended;
  } catch (error) {
    // What was given up ends in many ways.
    if (status === null) throw error;
    return status;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}
