/** The options about the files that a command writes, checked: what is wrong is told before anything is touched. */

import { nearestName } from '../../operation/nearest-name';
import { fail, succeed, type Result } from '../../raster/fault';
import type { Depth } from '../../raster/raster';
import {
  METADATA_POLICIES,
  PROFILE_CHOICES,
  type EncodeOptions,
  type ExportFormat,
  type MetadataPolicy,
  type ProfileChoice,
} from '../codec/picture';
import { FORMATS, formatOf, type WrittenFormat } from '../jobs/formats';
import type { FormatChoice } from '../jobs/target-name';

/** Options as they stand on the command line. */
export interface GivenExportChoices {
  readonly format?: string;
  readonly quality?: string;
  readonly depth?: string;
  readonly metadata?: string;
  readonly profile?: string;
}

export interface ExportChoices {
  readonly format: FormatChoice | null;
  readonly quality: number | null;
  /** Null: as deep as the picture, as far as the format goes. */
  readonly depth: Depth | null;
  readonly metadata: MetadataPolicy;
  readonly profile: ProfileChoice;
}

/** A whole number in a range, or the usage fault that names the option. */
export function wholeNumber(option: string, text: string, least: number, most: number): Result<number> {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return succeed(value);
  return fail('usage', `${option}: expected a whole number from ${least} to ${most} but received "${text}"`);
}

/** One of several words, or the usage fault that names the option and the nearest word. */
export function oneOf<const T extends string>(option: string, text: string, words: readonly T[]): Result<T> {
  const found = words.find((word) => word === text);
  if (found !== undefined) return succeed(found);
  // Between numbers, the nearest spelling means nothing.
  const nearest = /^\d+$/.test(text) ? null : nearestName(text, words);
  const remedy = nearest === null ? '' : `did you mean "${nearest}"?`;
  return fail('usage', `${option}: expected ${words.join(', ')} but received "${text}"`, remedy);
}

function formatChoice(text: string): Result<FormatChoice> {
  const ending = text.toLowerCase().replace(/^\./, '');
  const format = formatOf(ending);
  if (format !== undefined) return succeed({ format, ending });
  return fail(
    'usage',
    `--format: unknown format "${text}"`,
    `Burnish writes ${Object.keys(FORMATS).join(', ')}`,
  );
}

export function exportChoices(given: GivenExportChoices): Result<ExportChoices> {
  const format = given.format === undefined ? succeed(null) : formatChoice(given.format);
  if (!format.ok) return format;
  const quality =
    given.quality === undefined ? succeed(null) : wholeNumber('--quality', given.quality, 1, 100);
  if (!quality.ok) return quality;
  const depth = oneOf('--depth', given.depth ?? 'same', given.depth === undefined ? ['same'] : ['8', '16']);
  if (!depth.ok) return depth;
  const metadata = oneOf('--metadata', given.metadata ?? 'all', METADATA_POLICIES);
  if (!metadata.ok) return metadata;
  const profile = oneOf('--profile', given.profile ?? 'srgb', PROFILE_CHOICES);
  if (!profile.ok) return profile;
  return succeed({
    format: format.value,
    quality: quality.value,
    depth: depth.value === 'same' ? null : depth.value === '8' ? 8 : 16,
    metadata: metadata.value,
    profile: profile.value,
  });
}

/** A format that cannot hold the depth that was asked for. */
export function depthFault(name: string, format: WrittenFormat | null, depth: Depth | null): Result<void> {
  if (format === null || depth === null || FORMATS[format].deepest >= depth) return succeed(undefined);
  const message = `${name}: ${FORMATS[format].title} holds ${FORMATS[format].deepest} bits a sample, not ${depth}`;
  return fail('usage', message, 'use PNG or TIFF, or leave out --depth');
}

/** What the encoder is told, for a target of this format. */
export function encodeOptions(choices: ExportChoices, format: ExportFormat): EncodeOptions {
  const { metadata, profile, quality, depth } = choices;
  return { format, metadata, profile, quality: quality ?? undefined, depth: depth ?? undefined };
}
