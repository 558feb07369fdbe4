/** Pictures that pretend to stay in files: an engine gets parts of them only, and the test knows which. */

import type { PictureInFile } from '../../core/node/engine/streamed-tiles';
import { copyRegion, shapeOf, type Raster } from '../../core/raster/raster';
import { wholeOf, type Rectangle, type Size } from '../../core/raster/rectangle';

export interface FiledPicture extends PictureInFile {
  /** The parts that were read so far. */
  readonly reads: readonly Rectangle[];
  /** How often it was closed. */
  readonly closings: () => number;
}

/** A picture that is read in parts of this size; `before` is done first, and may throw. */
export function filed(
  raster: Raster,
  part: Size,
  before: (wanted: Rectangle) => void | Promise<void> = () => undefined,
): FiledPicture {
  const reads: Rectangle[] = [];
  let closings = 0;
  return {
    shape: shapeOf(raster),
    part: { width: Math.min(part.width, raster.width), height: Math.min(part.height, raster.height) },
    reads,
    close: () => void closings++,
    closings: () => closings,
    levels: async (wanted, target) => {
      reads.push(wanted);
      await before(wanted);
      await new Promise(setImmediate);
      copyRegion({ raster, rectangle: wholeOf(raster) }, { raster: target, rectangle: wanted }, wanted);
    },
  };
}
