/** What engine and worker threads say to each other. Pixels never cross: both sides see the same shared memory. */

import type { Look, Looked } from '../../plan/look';
import type { Node } from '../../plan/node';
import type { Shape } from '../../raster/raster';
import type { Rectangle } from '../../raster/rectangle';

/** A raster as it crosses: its memory is shared, not copied. */
export interface SharedRegion {
  readonly rectangle: Rectangle;
  /** Of the samples in `buffer`: exactly the rectangle. */
  readonly shape: Shape;
  readonly place: Place;
}

/** Where samples begin: in a buffer of their own, or (null) in the pool, which every thread has. */
export interface Place {
  readonly buffer: SharedArrayBuffer | null;
  readonly byteOffset: number;
}

export type ToWorker =
  /** `flags[i] ≠ 0`: the work that carries flag i is no longer wanted. */
  | { readonly type: 'begin'; readonly flags: SharedArrayBuffer }
  | {
      readonly type: 'picture';
      readonly source: string;
      readonly shape: Shape;
      readonly place: Place;
    }
  /** A picture that lies in a file as plain rows, from so many bytes on. */
  | {
      readonly type: 'rows';
      readonly source: string;
      readonly shape: Shape;
      readonly path: string;
      readonly offset: number;
    }
  | { readonly type: 'dropPicture'; readonly source: string }
  | { readonly type: 'program'; readonly program: number; readonly root: Node }
  | { readonly type: 'dropProgram'; readonly program: number }
  /** Collect your garbage: it may hold shared memory. */
  | { readonly type: 'collect' }
  | {
      readonly type: 'job';
      readonly job: number;
      readonly program: number;
      readonly flag: number;
      /** Write these samples, or look at them. */
      readonly output: SharedRegion | { readonly look: Look; readonly rectangle: Rectangle };
      /** By slot of the program's stored leaves. */
      readonly leaves: readonly (readonly SharedRegion[])[];
    };

export type FromWorker =
  | { readonly job: number; readonly outcome: 'done'; readonly looked: Looked | null }
  | { readonly job: number; readonly outcome: 'cancelled' }
  | { readonly job: number; readonly outcome: 'failed'; readonly error: string };
