/** How the engine may look at a whole picture: what operations measure, and whether it has a transparent pixel at all. */

import type { Measured, Measurement } from '../operation/operation';

export type Look = Measurement | 'opaque';

export type Looked = Measured | { readonly kind: 'opaque'; readonly opaque: boolean };
