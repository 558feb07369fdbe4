/** How the engine may look at a whole picture: what operations measure, and whether it has a transparent pixel at all. */

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

export function isStudy(look: Look): look is StudyLook {
  return typeof look === 'object';
}
