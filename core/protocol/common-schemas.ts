/** Checks that several calls share. */

import * as v from 'valibot';
import { PICTURE_FORMATS, SUBSAMPLINGS } from './format-choices';

export const identifier = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
/** A name that the host gave out for a file or a folder: never a path. */
export const handle = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
/** A file's name as people read it; nothing is opened by it. */
export const shownText = v.pipe(v.string(), v.maxLength(1024));

export const exportOptionsSchema = v.strictObject({
  /** `ora`: OpenRaster, the layers. */
  format: v.picklist([...PICTURE_FORMATS, 'ora']),
  /** 1 … 100, for the lossy formats. */
  quality: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
  depth: v.optional(v.picklist([8, 16])),
  /** 0 … 9. */
  effort: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(9))),
  lossless: v.optional(v.boolean()),
  chromaSubsampling: v.optional(v.picklist(SUBSAMPLINGS)),
  metadata: v.optional(v.picklist(['all', 'all+gps', 'copyright', 'none'])),
  profile: v.optional(v.picklist(['keep', 'srgb', 'none'])),
  /** Under transparency where the format has none, 0 … 255. */
  background: v.optional(
    v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255))), v.length(3)),
  ),
});
export type ExportOptions = v.InferOutput<typeof exportOptionsSchema>;
