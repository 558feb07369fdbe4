/**
 * Opening a foreign file: what it is, whether it may be opened at all, and, where it is damaged, whether
 * something of it can be shown. Every file is first read strictly; only where that fails is it read
 * leniently, and then the user is told.
 */

import type { Metadata, Sharp, SharpOptions } from 'sharp';
import { FaultError } from '../../raster/fault';
import {
  cutShort,
  emptyFile,
  faultOf,
  hidesItsSamples,
  lenienceNotice,
  notAPicture,
  previewNotice,
  unsupported,
} from './complaint';
import { readerOver } from '../files/bytes-elsewhere';
import { isWholeGif } from './gif';
import { formatOf, type ReadFormat } from './format';
import { inWords } from './limits';
import type { ReadLimits } from './messages';
import { nameOfOther } from './other-format';
import { planOpening, type OpeningPlan } from './plan';
import type { SharpModule } from './sharp-module';
import { readDirectory } from './tiff-directory';

/** How bad a fault in the file may be before libvips gives up: at any warning; at errors; never. */
type Strictness = 'warning' | 'error' | 'none';

export interface Opened {
  readonly bytes: Uint8Array;
  readonly format: ReadFormat;
  readonly metadata: Metadata;
  readonly plan: OpeningPlan;
}

/** The value of a reading, and what was complained of on the way to it. */
export interface Reading<T> {
  readonly value: T;
  /** Null where the file was read strictly. */
  readonly notice: string | null;
}

/** Reads strictly and, where that fails, leniently. Throws the fault of the lenient reading. */
export async function leniently<T>(
  format: ReadFormat,
  read: (failOn: Strictness) => Promise<T>,
): Promise<Reading<T>> {
  let first = '';
  let complaint = '';
  for (const failOn of ['warning', 'error', 'none'] as const) {
    if (failOn === 'none' && hidesItsSamples(first)) break;
    try {
      const value = await read(failOn);
      return {
        value,
        notice: failOn === 'warning' ? null : lenienceNotice(first, format, failOn === 'error'),
      };
    } catch (error) {
      if (error instanceof FaultError) throw error;
      complaint = error instanceof Error ? error.message : String(error);
      if (first === '') first = complaint;
    }
  }
  throw new FaultError(faultOf(complaint, format));
}

/** sharp on a file's bytes; always bytes, because some loaders read what lies beside a path. */
export function sharpOn(sharp: SharpModule, bytes: Uint8Array, options: SharpOptions): Sharp {
  // The limits have been checked by then, against what the header says.
  return sharp(bytes, { ...options, limitInputPixels: false, limitInputChannels: false });
}

interface Recognised {
  readonly format: ReadFormat;
  /** A camera raw in the clothes of a TIFF file: its name. */
  readonly raw: string | null;
}

async function recognise(bytes: Uint8Array): Promise<Recognised> {
  if (bytes.length === 0) throw new FaultError(emptyFile);
  const format = formatOf(bytes);
  if (format !== null && format !== 'TIFF') return { format, raw: null };
  const other = await nameOfOther(bytes);
  if (format === null) throw new FaultError(other === null ? notAPicture : unsupported(other));
  return { format, raw: other };
}

function tooLarge(message: string, remedy: string): never {
  throw new FaultError({ code: 'too-large', message, remedy });
}

function checkLimits({ metadata, plan }: Pick<Opened, 'metadata' | 'plan'>, limits: ReadLimits): void {
  const { width, height, pages = 1 } = metadata;
  const smaller = 'open a smaller copy';
  if (width * height > limits.pixels) {
    tooLarge(
      `the picture has ${inWords(width * height)} pixels; Burnish opens up to ${inWords(limits.pixels)}`,
      smaller,
    );
  }
  if (pages > limits.frames) {
    tooLarge(
      `the file has ${inWords(pages)} frames; Burnish opens up to ${inWords(limits.frames)}`,
      'split it first',
    );
  }
  const bytes = width * height * plan.channels * (plan.depth / 8);
  if (bytes > limits.decodedBytes) {
    const size = `${inWords(bytes)} bytes of pixels`;
    tooLarge(`the picture has ${size}; Burnish opens up to ${inWords(limits.decodedBytes)}`, smaller);
  }
}

/** What can be said before the pixels are read. */
function headerNotice(
  lenience: string | null,
  { format, raw }: Recognised,
  bytes: Uint8Array,
): string | null {
  if (lenience !== null) return lenience;
  if (raw !== null) return previewNotice(raw);
  return format === 'GIF' && !isWholeGif(bytes) ? cutShort : null;
}

/** Undefined where they are not to be counted. */
async function pagesOf(bytes: Uint8Array): Promise<number | undefined> {
  return (await readDirectory(readerOver(bytes)))?.pages;
}

/**
 * Reads the header of a foreign file. Throws a `FaultError` for what cannot or may not be opened. `known` is what is known better
 * than these bytes tell, where they are not the file itself.
 */
export async function openFile(
  sharp: SharpModule,
  bytes: Uint8Array,
  limits: ReadLimits,
  known: Pick<Metadata, 'pages'> = {},
): Promise<Reading<Opened>> {
  const recognised = await recognise(bytes);
  const { format, raw } = recognised;
  const reading = leniently(format, (failOn) => sharpOn(sharp, bytes, { failOn }).metadata());
  const { value: told, notice } = await reading.catch((error: unknown) => {
    throw raw === null ? error : new FaultError(unsupported(raw));
  });
  // libvips counts smaller copies of the picture too.
  const pages = format === 'TIFF' && known.pages === undefined ? await pagesOf(bytes) : undefined;
  const metadata: Metadata = { ...told, ...(pages === undefined ? {} : { pages }), ...known };
  if (metadata.format === 'heif' && metadata.compression !== 'av1') {
    throw new FaultError(unsupported('HEIC pictures'));
  }
  const opened: Opened = { bytes, format, metadata, plan: planOpening(metadata, format) };
  checkLimits(opened, limits);
  return { value: opened, notice: headerNotice(notice, recognised, bytes) };
}
