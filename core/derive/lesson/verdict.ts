/**
 * What a check says: whether it is met, and where it is not, in one sentence, what is there and what is wanted. Pure functions of what was
 * read; core/node/lessons reads it.
 */

import { shortNumber } from '../../operation/formula/print';
import { sameShape, type Raster } from '../../raster/raster';
import type { Pixel } from '../pixel-story';
import type { Reading, Statistic } from './lesson';

export interface Outcome {
  readonly met: boolean;
  /** What is there and what is wanted, with a full stop; empty where it is met. */
  readonly found: string;
  /** A pixel that shows it; null where no single one does. */
  readonly pixel: Pixel | null;
}

export const MET: Outcome = { met: true, found: '', pixel: null };

/** How two pictures differ; null where every sample is the same. */
export type Difference =
  | { readonly kind: 'shape' }
  | {
      readonly kind: 'samples';
      /** How many pixels differ, and of how many. */
      readonly pixels: number;
      readonly of: number;
      /** The pixel with the largest difference of one sample, the first of them from the top left. */
      readonly worst: Pixel;
      readonly is: readonly number[];
      readonly wanted: readonly number[];
    };

export function differenceOf(picture: Raster, wanted: Raster): Difference | null {
  if (!sameShape(picture, wanted)) return { kind: 'shape' };
  const { width, height, channels } = picture;
  let [pixels, worst, largest] = [0, -1, 0];
  for (let pixel = 0; pixel < width * height; pixel++) {
    let apart = 0;
    for (let at = pixel * channels; at < (pixel + 1) * channels; at++) {
      apart = Math.max(apart, Math.abs(picture.data[at] - wanted.data[at]));
    }
    if (apart === 0) continue;
    pixels++;
    if (apart > largest) [worst, largest] = [pixel, apart];
  }
  if (pixels === 0) return null;
  const samplesAt = (raster: Raster): readonly number[] => [
    ...raster.data.subarray(worst * channels, (worst + 1) * channels),
  ];
  return {
    kind: 'samples',
    pixels,
    of: width * height,
    worst: { x: worst % width, y: Math.floor(worst / width) },
    is: samplesAt(picture),
    wanted: samplesAt(wanted),
  };
}

/** Whether a picture is the wanted one. */
export function judgeDifference(picture: Raster, wanted: Raster): Outcome {
  const difference = differenceOf(picture, wanted);
  if (difference === null) return MET;
  if (difference.kind === 'shape') return { met: false, found: shapeSentence(picture, wanted), pixel: null };
  const { pixels, of, worst, is, wanted: levels } = difference;
  const share = pixels === of ? 'Every pixel differs' : `${counted(pixels)} of ${counted(of)} pixels differ`;
  const levelsAre = `(${worst.x}, ${worst.y}) has ${is.join(', ')} and should have ${levels.join(', ')}`;
  return { met: false, found: `${share}: ${levelsAre}.`, pixel: worst };
}

function shapeSentence(picture: Raster, wanted: Raster): string {
  if (picture.width !== wanted.width || picture.height !== wanted.height) {
    return `The picture has ${sizeText(picture)} pixels and should have ${sizeText(wanted)}.`;
  }
  if (picture.depth !== wanted.depth)
    return `The picture has ${picture.depth} bits a channel and should have ${wanted.depth}.`;
  return `The picture has ${picture.channels} channels and should have ${wanted.channels}.`;
}

const sizeText = ({ width, height }: Raster): string => `${width} × ${height}`;

/** Whether a number lies where it should. `value` null: there is nothing to read. `isGrey`: the picture's levels are its luma. */
export function judgeRange(
  reading: Reading,
  value: number | null,
  { min, max }: { readonly min: number; readonly max: number },
  isGrey = false,
): Outcome {
  if (value !== null && value >= min && value <= max) return MET;
  const pixel = reading.kind === 'level' && value !== null ? reading.at : null;
  const name = nameOf(reading, isGrey);
  if (value === null) return { met: false, found: `There is no ${name} to read.`, pixel };
  const told = (number: number): string => readingText(reading, number);
  const wanted = min === max ? told(min) : `between ${told(min)} and ${told(max)}`;
  return { met: false, found: `The ${name} is ${told(value)} and should be ${wanted}.`, pixel };
}

const STATISTIC_NAMES: Readonly<Record<Statistic, string>> = {
  mean: 'mean',
  deviation: 'deviation',
  smallest: 'smallest level',
  largest: 'largest level',
  median: 'median',
  entropy: 'entropy',
  black: 'share of black',
  white: 'share of white',
};

/** What is read, in words that go on after "the". */
function nameOf(reading: Reading, isGrey: boolean): string {
  // Who has never seen a colour in the picture need not know what luma is.
  const unnamed = isGrey && 'of' in reading && reading.of === 'luma';
  switch (reading.kind) {
    case 'level':
      return `level${unnamed ? '' : ` of ${reading.of}`} at (${reading.at.x}, ${reading.at.y})`;
    case 'statistic':
      return `${STATISTIC_NAMES[reading.statistic]}${unnamed ? '' : ` of ${reading.of}`}`;
    case 'levels':
      return `number of levels${unnamed ? '' : ` in ${reading.of}`}`;
    case 'share':
      return `share of pixels whose ${unnamed ? 'level' : reading.of} lies from ${reading.from} to ${reading.to}`;
    case 'size':
      return `${reading.side} of the picture`;
    case 'reported':
      return `number ${reading.name} of step ${reading.step}`;
  }
}

/** A value as it is told: shares in per cent, the rest as short as it can be. */
export function readingText(reading: Reading, value: number): string {
  const isShare =
    reading.kind === 'share' ||
    (reading.kind === 'statistic' && (reading.statistic === 'black' || reading.statistic === 'white'));
  return isShare ? `${shortNumber(value * 100)} %` : shortNumber(value);
}

/** 12,345 */
function counted(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
