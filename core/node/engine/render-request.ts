/** What can be asked of the engine, and what it answers. */

import type { Document, StepId } from '../../document/document';
import type { Key } from '../../plan/key';
import type { Look, Looked } from '../../plan/look';
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
  /**
   * `levels`: the picture as it is computed. `export`: the same, alpha dropped where 11.1 says so. `display`: RGBA, 8 bit, straight.
   */
  readonly format: 'levels' | 'export' | 'display';
  /** The step that is being dragged: everything beneath it is kept, nothing is fused across it. */
  readonly held?: StepId;
  /** Nobody waits for it: it comes after everything else. */
  readonly idle?: boolean;
  /** Somebody will ask for the histograms of the exact picture: where all of it is made to be seen, it is counted on the way. */
  readonly counts?: boolean;
  /**
   * Told of what there is while a picture that stays in its file is read: the first so many rows of the region are as they will be,
   * in the raster that will be the result. What is made otherwise comes as a whole.
   */
  readonly grown?: (raster: Raster, rows: number) => void;
}

/** What lies beneath a step of the picture that `request` would show, in its own layout and depth. */
export interface BeneathRequest extends Pick<RenderRequest, 'document' | 'level'> {
  /** In pixels of the level. */
  readonly region: Rectangle;
  readonly step: StepId;
  /** The hand may want it next: it comes after what is looked at, before everything else. */
  readonly ahead?: boolean;
}

export interface Beneath {
  readonly raster: Raster;
  /** The name of the whole node, of which the raster is the region. */
  readonly node: Key;
  /** The whole picture's shape at that level, once everything is applied. */
  readonly whole: Shape;
  /** Whether nothing but tables lies between it and the picture (plan/held.ts). */
  readonly light: boolean;
  /** The measurements that the graph is made with. */
  readonly looked: ReadonlyMap<Key, Looked>;
}

/** A look at the whole of a document's exact picture. */
export interface LookRequest {
  readonly document: Document;
  readonly look: Look;
  /** As operations meet it: the picture itself, its rounded luma, or in RGB where it is gray. */
  readonly as: 'itself' | 'luma' | 'colour';
  /** It comes after everything else. */
  readonly idle?: boolean;
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
  /** The hash of everything that the picture is made from; where nobody asks for the strips none is made. */
  readonly key: string;
  /**
   * Whole rows from the top down. A strip's samples are good until the next one is asked for. Throws `Cancelled` where the
   * request was aborted.
   */
  readonly strips: AsyncIterable<Samples>;
}
