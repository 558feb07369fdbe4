/** What can be asked of the engine, and what it answers. */

import type { Document, StepId } from '../../document/document';
import type { Reported } from '../../operation/operation';
import type { Rectangle } from '../../raster/rectangle';
import type { Raster, Samples, Shape } from '../../raster/raster';

export interface RenderRequest {
  readonly document: Document;
  /** The result is halved this many times. */
  readonly level: number;
  /**
   * True: computed at full resolution, then halved by 2×2 means (what is exported, byte for byte, at level 0).
   * False: a preview, computed on the halved sources with lengths rescaled.
   */
  readonly exact: boolean;
  /** In pixels of the level; null for the whole picture. */
  readonly region: Rectangle | null;
  /** `export`: the document's own layout and depth, alpha dropped where 11.1 says so. `display`: RGBA, 8 bit, straight. */
  readonly format: 'export' | 'display';
  /** The step that is being dragged: everything beneath it is kept, nothing is fused across it. */
  readonly held?: StepId;
}

export interface Rendered {
  readonly raster: Raster;
  /** The hash of everything the pixels were made from. */
  readonly key: string;
  /** The whole picture's shape at that level. */
  readonly whole: Shape;
  /** What the steps measured on the picture, by step. */
  readonly reported: Readonly<Record<StepId, Reported>>;
}

/** A picture that comes strip by strip, so that it is never there as a whole. */
export interface RenderedStrips extends Shape, Pick<Rendered, 'reported'> {
  /**
   * Whole rows from the top down. A strip's samples are good until the next one is asked for. Throws `Cancelled` where the
   * request was aborted.
   */
  readonly strips: AsyncIterable<Samples>;
}
