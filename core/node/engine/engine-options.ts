/** How an engine can be started otherwise than usual. */

import type { Size } from '../../raster/rectangle';

export interface EngineOptions {
  /** Worker threads; one a core by default, eight at most. */
  readonly workers?: number;
  /** Bytes of tiles to keep. */
  readonly memory?: number;
  /** Size of a tile in pixels. */
  readonly tile?: Size;
  /** Bytes of a strip of a picture that is exported; by default enough work for every worker. */
  readonly strip?: number;
  /** Memory for work on the pictures that are opened is touched beforehand: for a program in which somebody will soon wait for it. */
  readonly touchesAhead?: boolean;
  /** The built worker file. */
  readonly workerPath?: string;
  /** The built module of fast kernels. Where there is none, work is done in plain TypeScript. */
  readonly kernelsPath?: string;
  /** False: adjacent tables are not joined. Only for tests, which compare both. */
  readonly fuse?: boolean;
}
