/** Running a script and holding what it makes against a picture, as the host needs it; done by core/node/python. */

import type { ScriptVerdict } from '../../core/protocol/replay-calls';
import type { Raster } from '../../core/raster/raster';

export interface CheckJob<Python> {
  readonly python: Python;
  readonly script: string;
  /** Files that the script finds beside it, by name. */
  readonly inputs: ReadonlyMap<string, Uint8Array>;
  readonly wanted: Raster;
}

export interface ScriptCheck<Python = unknown> {
  /** Null where there is no Python that has what scripts need. */
  find(): Promise<Python | null>;
  run(job: CheckJob<Python>, signal: AbortSignal): Promise<ScriptVerdict>;
}
