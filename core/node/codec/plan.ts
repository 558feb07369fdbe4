/**
 * How a file is opened: which layout and depth its pixels take, and what libvips has to do for it. Decided
 * from what the header says alone, so that `info` and `decode` cannot disagree.
 */

import type { Metadata } from 'sharp';
import { channelsFor, type ChannelCount, type Depth } from '../../raster/raster';
import type { ReadFormat } from './format';
import { readProfile, type Profile } from './icc';

export interface OpeningPlan {
  readonly channels: ChannelCount;
  readonly depth: Depth;
  /** The space in which libvips hands the pixels over; one that needs no conversion wherever there is one. */
  readonly space: string;
  /**
   * How colours become sRGB: not at all, by libvips from the embedded (or, for CMYK, a general) profile, or
   * by a table.
   */
  readonly conversion: 'none' | 'transform' | 'cmyk' | 'grey';
  readonly profile: Profile | null;
  /** A profile is embedded that cannot be used. */
  readonly misfit: boolean;
  /**
   * Bits of a sample that libvips has shifted up to 16 without filling those below; null where all 16 are
   * filled.
   */
  readonly shiftedBits: number | null;
}

const GREY = new Set(['b-w', 'grey16']);
/** What libvips calls RGB: 8 bits, 16 bits, linear floating point. */
const RGB = new Set(['srgb', 'rgb', 'rgb16', 'scrgb']);

function bandsOfColour(space: string): 1 | 3 {
  return GREY.has(space) ? 1 : 3;
}

export function planOpening(metadata: Metadata, format: ReadFormat): OpeningPlan {
  const { space, channels: bands, hasAlpha } = metadata;
  const eight = metadata.depth === 'uchar' || metadata.depth === 'char';
  const known = GREY.has(space) || RGB.has(space);
  const colour = bandsOfColour(space);
  const alpha = hasAlpha === true && (!known || bands === colour + 1);
  const profile = metadata.icc === undefined ? null : readProfile(metadata.icc);
  const integer = metadata.depth === 'uchar' || metadata.depth === 'ushort';
  const fits = profile !== null && profile.colours === (GREY.has(space) ? 'GRAY' : 'RGB');

  let conversion: OpeningPlan['conversion'] = 'none';
  if (space === 'cmyk') conversion = 'cmyk';
  else if (known && integer && fits) {
    if (GREY.has(space)) conversion = profile.grey === null ? 'none' : 'grey';
    else conversion = profile.isSrgb ? 'none' : 'transform';
  }
  const misfit =
    metadata.icc !== undefined && known && !(fits && (profile.colours !== 'GRAY' || profile.grey !== null));
  return {
    channels: channelsFor(colour, alpha),
    // libvips converts CMYK at 8 bits, and other spaces best at 16.
    depth: space === 'cmyk' || eight ? 8 : 16,
    space: known ? space : space === 'cmyk' ? 'srgb' : 'rgb16',
    conversion,
    profile,
    misfit,
    shiftedBits: shiftedBits(metadata, format),
  };
}

/** AVIF of 10 or 12 bits: white is 1023 · 64 and not 65,535. */
function shiftedBits(metadata: Metadata, format: ReadFormat): number | null {
  const bits = metadata.bitsPerSample ?? 16;
  return format === 'AVIF' && metadata.depth === 'ushort' && bits > 8 && bits < 16 ? bits : null;
}
