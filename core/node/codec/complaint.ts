/**
 * What libvips and its loaders complain of becomes one sentence for people. Their own words stay out of it:
 * they name functions, passes and sometimes paths.
 */

import type { ChildFault } from './messages';
import { READ_FORMATS, type ReadFormat } from './format';

const saveAgain = 'open it in the program that made it and save it again';

export function unsupported(what: string): ChildFault {
  return {
    code: 'unsupported',
    message: `${what} are not supported`,
    remedy: `save it as one of ${READ_FORMATS}`,
  };
}

export const notAPicture: ChildFault = {
  code: 'unsupported',
  message: 'this kind of file is not supported',
  remedy: `Burnish opens ${READ_FORMATS}`,
};

export const emptyFile: ChildFault = {
  code: 'unreadable',
  message: 'the file is empty',
  remedy: 'fetch or export it again',
};

/**
 * Well formed, but in a way that the loader does not know: 12-bit JPEG, arithmetic coding, odd kinds of TIFF.
 */
const foreign = new RegExp(
  [
    'unsupported|not supported|unimplemented|not implemented|not configured|not built|can ?not handle',
    'arithmetic|unknown compression|unknown photometric|no sample format',
    'not a whole number of bytes|samples out of range|bad labq|required field 262|wrong tile image',
  ].join('|'),
  'i',
);

const outOfMemory = /out of memory|unable to allocate|allocate enough memory|memory allocation/i;
const noSpace = /no space left|ENOSPC|EDQUOT/i;
const beyondLimit = /pixel limit|security limit|too (large|big)|exceeds.*limit|maximum (image|size)|32767/i;

/** `format` is what the first bytes say. */
export function faultOf(complaint: string, format: ReadFormat): ChildFault {
  if (noSpace.test(complaint)) {
    return {
      code: 'no-space',
      message: 'there is not enough temporary space for the picture',
      remedy: 'free some space in memory and on disk',
    };
  }
  if (beyondLimit.test(complaint)) {
    return {
      code: 'too-large',
      message: `the ${format} picture is too large to be read`,
      remedy: 'open a smaller copy',
    };
  }
  if (outOfMemory.test(complaint)) return tooMuchMemory;
  if (foreign.test(complaint)) return unsupported(`${format} pictures of this kind`);
  return {
    code: 'damaged',
    message: `the ${format} file is damaged and cannot be read`,
    remedy: saveAgain,
  };
}

export const tooMuchMemory: ChildFault = {
  code: 'too-large',
  message: 'the picture needs more memory than it may have',
  remedy: 'open a smaller copy',
};

const damaged = 'This file is damaged; what could be read is shown.';
const oddNotes = 'Some notes in this file are not as they should be; the picture itself is whole.';

/** A warning that touches what is said about the picture, and not its samples. */
const aboutNotes = /\btag\b|field|directory|text|exif|xmp|keyword/i;

/** Whether the reader of TIFF files complains of samples, and not merely of what is noted beside them. */
export function concernsSamples(complaint: string): boolean {
  return !aboutNotes.test(complaint);
}

/**
 * The notice for a file that could only be read leniently. TIFF readers warn of odd notes in files whose
 * pixels are whole; warnings of the others concern the pixels.
 */
export function lenienceNotice(complaint: string, format: ReadFormat, samplesAreWhole: boolean): string {
  return samplesAreWhole && format === 'TIFF' && !concernsSamples(complaint) ? oddNotes : damaged;
}

/**
 * A file that was read leniently from beginning to end although its samples cannot be decoded: nothing is
 * seen of it.
 */
export function hidesItsSamples(complaint: string): boolean {
  return /not configured/i.test(complaint);
}

/**
 * The notice for warnings that stopped nothing. Those of libpng about colours are left out: programs of
 * repute write such profiles, and one that cannot be used has a notice of its own.
 */
export function warningNotice(warnings: readonly string[], format: ReadFormat): string | null {
  const grave = warnings.filter((warning) => !/^(iCCP|cHRM|gAMA|sRGB|cICP|mDCV|cLLI)/.test(warning));
  return format === 'PNG' && grave.length > 0 ? oddNotes : null;
}

export const cutShort = damaged;

export function previewNotice(name: string): string {
  return `Burnish does not read ${name}; the preview in this file is shown.`;
}
