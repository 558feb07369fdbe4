/** Calls about what there is to learn with: sample pictures, lessons, and whether a lesson's task is done. */

import * as v from 'valibot';
import type { Outcome } from '../derive/lesson/verdict';
import type { Lesson } from '../derive/lesson/lesson';
import type { DocumentId } from '../document/document';
import type { Size } from '../raster/rectangle';
import { identifier } from './common-schemas';

export const learningCalls = {
  'learning.list': v.strictObject({}),
  /** Opens a sample picture as a document of its own. */
  'sample.open': v.strictObject({ sample: identifier }),
  /** Whether the task of a lesson is done in a document that was opened from the lesson's sample. */
  'lesson.check': v.strictObject({ document: identifier, lesson: identifier }),
} as const;

/** A picture that comes with the program. Its thumbnail is the resource `samples/ID`. */
export interface Sample extends Size {
  readonly id: string;
  readonly name: string;
  /** A sentence without a full stop. */
  readonly about: string;
}

/** What one check found, with the lesson's own help. */
export interface CheckReport extends Outcome {
  readonly otherwise: string;
}

export interface LearningAnswers {
  'learning.list': { readonly samples: readonly Sample[]; readonly lessons: readonly Lesson[] };
  'sample.open': { readonly document: DocumentId };
  /** The task is done where all are met. */
  'lesson.check': { readonly reports: readonly CheckReport[] };
}
