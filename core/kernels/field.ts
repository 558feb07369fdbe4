import type { ChannelCount, Depth, Samples } from '../raster/raster';

/** Samples that operations work on in place. */
export interface Field {
  readonly width: number;
  readonly height: number;
  readonly channels: ChannelCount;
  readonly depth: Depth;
  readonly data: Samples;
}
