/** How the engine may look at a whole picture: what operations measure, and whether it has a transparent pixel at all. */

import type { Histogram } from '../raster/histogram';
import type { Extremes } from '../kernels/extremes';
import type { Spectrum } from '../raster/spectrum';
import { intersect, wholeOf, type Rectangle, type Size } from '../raster/rectangle';
import type { SelectedArea } from '../raster/selection';
import type { Key } from './key';
import { combineMeasured } from '../operation/measure';
import type { CountedOf } from '../operation/measure-selected';
import type { AnyValues, Measured, Measurement, Study } from '../operation/operation';

/** A whole operation's study of its input, which no parts can be put together to. */
export interface StudyLook {
  /** Id of a whole operation. */
  readonly study: string;
  readonly values: AnyValues;
  /** What telling of the pixels of this part needs, instead. */
  readonly detail?: Rectangle;
}

/** The frequencies of one channel, for which there is no putting parts together either. */
export interface SpectrumLook {
  readonly spectrum: number;
}

/** The counts of a selection's shape alone: nothing outside the rectangle around it is made or read. */
export interface SelectedLook {
  readonly counted: CountedOf;
  readonly area: SelectedArea;
}

export type Look = Measurement | 'opaque' | StudyLook | SpectrumLook | SelectedLook;

export type Looked =
  | Measured
  | { readonly kind: 'opaque'; readonly opaque: boolean }
  | { readonly kind: 'study'; readonly study: Study }
  | { readonly kind: 'spectrum'; readonly spectrum: Spectrum };

/** What has been seen so far, by `lookKey`. */
export type Known = Pick<ReadonlyMap<Key, Looked>, 'get'>;

/** Whether it needs the whole picture at once. */
export function needsWhole(look: Look): look is StudyLook | SpectrumLook {
  return typeof look === 'object' && ('study' in look || 'spectrum' in look);
}

export function isSelected(look: Look): look is SelectedLook {
  return typeof look === 'object' && 'counted' in look;
}

/** What of a picture of this size is looked at. */
export function partSeen(look: Look, size: Size): Rectangle {
  const whole = wholeOf(size);
  return isSelected(look) ? intersect(look.area, whole) : whole;
}

/** What an operation measured. */
export function asMeasured(looked: Looked): Measured {
  if (looked.kind === 'opaque' || looked.kind === 'study' || looked.kind === 'spectrum') {
    throw new Error(`a look of the kind ${looked.kind} is no measurement`);
  }
  return looked;
}

/** The study that was looked for. */
export function asStudy(looked: Looked): Study {
  if (looked.kind !== 'study') throw new Error(`a ${looked.kind} is no study`);
  return looked.study;
}

/** The histogram that was looked for. */
export function asHistogram(looked: Looked): Histogram {
  if (looked.kind !== 'histogram') throw new Error(`a ${looked.kind} is no histogram`);
  return looked.histogram;
}

/** The extremes that were looked for. */
export function asExtremes(looked: Looked): Extremes {
  if (looked.kind !== 'extremes') throw new Error(`a ${looked.kind} is no pair of extremes`);
  return looked.extremes;
}

/** What is seen by looking at two disjoint parts together. */
export function combineLooked(a: Looked, b: Looked): Looked {
  if (a.kind === 'opaque' || b.kind === 'opaque') {
    return { kind: 'opaque', opaque: a.kind === 'opaque' && b.kind === 'opaque' && a.opaque && b.opaque };
  }
  return combineMeasured(asMeasured(a), asMeasured(b));
}

/** The same where in one part, or in both, nothing is looked for. */
export function withLooked(a: Looked | null, b: Looked | null): Looked | null {
  return a === null || b === null ? (a ?? b) : combineLooked(a, b);
}
