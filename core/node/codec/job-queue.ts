/** Jobs wait here, first come first served, for one of a few processes to be free. */

import { setMaxListeners } from 'node:events';
import { Cancelled } from '../../raster/signal';
import type { CodecProcess, Outcome } from './codec-process';
import type { Job } from './messages';

interface Waiting {
  readonly start: (process: CodecProcess) => void;
}

export class JobQueue {
  readonly #waiting: Waiting[] = [];

  constructor(private readonly processes: readonly CodecProcess[]) {}

  /**
   * Does the job when its turn comes; the time limit counts from then. Rejects with `Cancelled` when the
   * signal aborts.
   */
  run(job: Job, seconds: number, signal?: AbortSignal): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(new Cancelled());
      };
      const waiting: Waiting = {
        start: (process) => {
          signal?.removeEventListener('abort', onAbort);
          // A part of a picture is there sooner than another process, and will be wanted again.
          process
            .run(job, seconds, job.kind === 'region' ? undefined : signal)
            .then(resolve, reject)
            .finally(() => this.#next());
        },
      };
      if (signal?.aborted === true) {
        reject(new Cancelled());
        return;
      }
      // One errand may wait for many parts of a picture.
      if (signal !== undefined) setMaxListeners(0, signal);
      signal?.addEventListener('abort', onAbort);
      this.#waiting.push(waiting);
      this.#next();
    });
  }

  #next(): void {
    const free = this.processes.find((process) => !process.busy);
    if (free !== undefined) this.#waiting.shift()?.start(free);
  }
}
