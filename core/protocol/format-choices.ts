/** What can be chosen of the files that are written. */

/** Files of one picture. */
export const PICTURE_FORMATS = ['jpeg', 'png', 'webp', 'tiff', 'avif'] as const;

/** What there is to choose of a format beside its metadata and profile, and what holds where nothing is chosen. */
export interface FormatChoices {
  /** From 1 to 100; null where the format loses nothing. */
  readonly quality: number | null;
  /** From 0, the fastest, to 9, the smallest file; null where there is no choice. */
  readonly effort: number | null;
  /** Whether it can also be written without loss, instead. */
  readonly lossless: boolean;
  /** Whether the colours may lie at half the picture's width and height. */
  readonly subsampling: boolean;
}

export const FORMAT_CHOICES: Readonly<Record<(typeof PICTURE_FORMATS)[number] | 'ora', FormatChoices>> = {
  jpeg: { quality: 90, effort: 2, lossless: false, subsampling: true },
  png: { quality: null, effort: 3, lossless: false, subsampling: false },
  webp: { quality: 85, effort: 3, lossless: true, subsampling: false },
  tiff: { quality: null, effort: null, lossless: false, subsampling: false },
  avif: { quality: 60, effort: 2, lossless: true, subsampling: true },
  ora: { quality: null, effort: null, lossless: false, subsampling: false },
};

/** Colours as they are, or one for each 2 × 2 pixels. */
export const SUBSAMPLINGS = ['4:4:4', '4:2:0'] as const;
