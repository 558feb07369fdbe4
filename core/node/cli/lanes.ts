/** How many pictures a command has in work at a time where it is not told. */

import { availableParallelism } from 'node:os';

/** One picture is decoded, one processed and one encoded at the same time, and on larger machines more. */
export function defaultJobs(): number {
  return Math.min(8, Math.max(3, availableParallelism()));
}
