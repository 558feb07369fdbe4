/** How the engine may look at a whole picture: what operations measure, and whether it has a transparent pixel at all. */

import type { Histogram } from '../raster/histogram';
import type { Key } from './key';
import { combineMeasured } from '../operation/measure';
import type { AnyValues, Measured, Measurement, Study } from '../operation/operation';

/** A whole operation's study of its input, which no parts can be put together to. */
export interface StudyLook {
  /** Id of a whole operation. */
  readonly study: string;
  readonly values: AnyValues;
}

export type Look = Measurement | 'opaque' | StudyLook;

export type Looked =
  | Measured
  | { readonly kind: 'opaque'; readonly opaque: boolean }
  | { readonly kind: 'study'; readonly study: Study };

/** What has been seen so far, by `lookKey`. */
export type Known = Pick<ReadonlyMap<Key, Looked>, 'get'>;

export function isStudy(look: Look): look is StudyLook {
  return typeof look === 'object';
}

/** The histogram that was looked for. */
export function asHistogram(looked: Looked): Histogram {
  if (looked.kind !== 'histogram') throw new Error(`a ${looked.kind} is no histogram`);
  return looked.histogram;
}

/** What is seen by looking at two disjoint parts together. */
export function combineLooked(a: Looked, b: Looked): Looked {
  if (a.kind === 'opaque' || b.kind === 'opaque') {
    return { kind: 'opaque', opaque: a.kind === 'opaque' && b.kind === 'opaque' && a.opaque && b.opaque };
  }
  if (a.kind === 'study' || b.kind === 'study') throw new Error('a study is of the whole picture');
  return combineMeasured(a, b);
}
