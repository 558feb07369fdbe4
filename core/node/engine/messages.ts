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

/** A part of a job: write these samples, or look at them. */
export interface Part {
  readonly output: SharedRegion | { readonly look: Look; readonly rectangle: Rectangle };
  /** By slot of the program's stored leaves. */
  readonly leaves: readonly (readonly SharedRegion[])[];
}

export type ToWorker =
  /**
   * `flags[i] ≠ 0`: the work that carries flag i is no longer wanted. `urgencies[own]`: the most urgent priority that waits for this
   * worker, to which it gives way between two parts.
   */
  | {
      readonly type: 'begin';
      readonly flags: SharedArrayBuffer;
      readonly counters: SharedArrayBuffer;
      readonly urgencies: SharedArrayBuffer;
      readonly own: number;
    }
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
  /** Collect your garbage: it may hold shared memory. */
  | { readonly type: 'collect' }
  | {
      readonly type: 'job';
      readonly job: number;
      readonly program: number;
      /** The program, where this worker is not known to have it. */
      readonly root: Node | null;
      /** Programs that will not be run again. */
      readonly dropped: readonly number[];
      readonly flag: number;
      /** Smaller is sooner. */
      readonly priority: number;
      /** Counts the parts that workers have taken from the list, each the next one. Null for the one who has it alone. */
      readonly counter: number | null;
      readonly parts: readonly Part[];
    };

export type FromWorker =
  /** These parts were done; where they looked, or measured on the way, what was seen in all of them. Others took the rest, or something more urgent waits. */
  | {
      readonly job: number;
      readonly outcome: 'done';
      readonly done: readonly number[];
      readonly looked: Looked | null;
    }
  | { readonly job: number; readonly outcome: 'cancelled' }
  | { readonly job: number; readonly outcome: 'failed'; readonly error: string };
