/** Calls that read the picture: what its samples are and how they came about. They change nothing, so any page may make them. */

import * as v from 'valibot';
import type { PictureHistogram } from '../derive/histogram-statistics';
import type { LineProfile } from '../derive/line-profile';
import type { PixelStory } from '../derive/pixel-story';
import type { StepPlanes } from '../derive/plane-energy';
import type { SpectrumView } from '../derive/spectrum-view';
import type { Transfer } from '../derive/transfer';
import { isPlainObject } from '../document/json';
import type { GivenValues } from '../operation/parameter';
import type { ChannelCount, Depth } from '../raster/raster';
import type { Rectangle, Size } from '../raster/rectangle';
import { identifier } from './common-schemas';

const pixel = v.pipe(v.number(), v.integer());
/** Whole pixels, as far as pictures reach. */
const place = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const extent = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));
const selection = v.strictObject({
  shape: v.picklist(['rectangle', 'ellipse']),
  x: place,
  y: place,
  width: extent,
  height: extent,
  inverted: v.boolean(),
});
const end = v.strictObject({ x: place, y: place });

/** Most pixels along a side of a rectangle that is read at once. */
export const LARGEST_READ = 64;
const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LARGEST_READ));

const level = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(16));
/** In pixels of the level; what of it lies in the picture is meant. */
const region = v.strictObject({ x: pixel, y: pixel, width: extent, height: extent });
const given = v.custom<GivenValues>(isPlainObject, 'expected an object of parameters');

export const readingCalls = {
  /** The stored levels of the exact picture at a pixel. */
  'pixel.read': v.strictObject({ document: identifier, x: pixel, y: pixel }),
  /** The stored levels of a rectangle of the exact picture, or of the untouched one. */
  'pixels.read': v.strictObject({
    document: identifier,
    which: v.picklist(['after', 'before']),
    x: pixel,
    y: pixel,
    width: side,
    height: side,
  }),
  /** How a pixel of the exact picture came about, the gesture under way included. */
  'pixel.explain': v.strictObject({ document: identifier, x: pixel, y: pixel }),
  /** Answers once nothing in the story of a pixel is awaited any more; a newer one of the page ends it, a refusal. */
  'pixel.await': v.strictObject({ document: identifier, x: pixel, y: pixel }),
  /**
   * The exact histograms of the picture at full resolution, the gesture under way included, or of the untouched one: of a selection of
   * it, or (null) of all of it.
   */
  'histogram.read': v.strictObject({
    document: identifier,
    which: v.picklist(['after', 'before']),
    selection: v.nullable(selection),
  }),
  /** The stored levels along a line of the exact picture, or of the untouched one. */
  'profile.read': v.strictObject({
    document: identifier,
    which: v.picklist(['after', 'before']),
    from: end,
    to: end,
  }),
  /** The transfer curve of a step, and the histograms before and after it. */
  'step.transfer': v.strictObject({ document: identifier, owner: identifier, step: identifier }),
  /** The frequencies of what a step meets; of the finished picture where `step` is null. */
  'spectrum.read': v.strictObject({
    document: identifier,
    channel: v.picklist(['Luma', 'R', 'G', 'B']),
    step: v.nullable(v.strictObject({ owner: identifier, step: identifier })),
  }),
  /** The page does not wait for the spectrum any more that it asked for. */
  'spectrum.cancel': v.strictObject({ document: identifier }),
  /** The exact histograms of what a step meets. */
  'step.histogram': v.strictObject({ document: identifier, owner: identifier, step: identifier }),
  /** The bit planes of what a step meets. */
  'step.planes': v.strictObject({ document: identifier, owner: identifier, step: identifier }),
  /** The levels of the picture that a step meets, switched on or not; halved `level` times. */
  'step.input': v.strictObject({ document: identifier, owner: identifier, step: identifier, level, region }),
  /** What a step would make with other values, limited as it is. Below 100 % a preview, made from the reduced picture. */
  'step.trial': v.strictObject({
    document: identifier,
    owner: identifier,
    step: identifier,
    params: given,
    level,
    region,
  }),
} as const;

/** Stored levels of a part of a picture. */
export interface PixelBlock extends Rectangle {
  readonly channels: ChannelCount;
  readonly depth: Depth;
  /** Row by row, the channels of a pixel together. */
  readonly levels: readonly number[];
}

/** A part of a picture whose bytes are at `frames/KEY`, row by row without gaps. */
export interface PictureAt {
  readonly key: string;
  /** In pixels of the level. */
  readonly region: Rectangle;
  /** The whole picture at that level. */
  readonly whole: Size;
}

/** Levels in the picture's own layout and depth, 16-bit ones with the lower byte first. */
export interface LevelsAt extends PictureAt {
  readonly channels: ChannelCount;
  readonly depth: Depth;
}

export interface ReadingAnswers {
  /** Null outside the picture. */
  'pixel.read': {
    readonly levels: readonly number[] | null;
    readonly channels: number;
    readonly depth: number;
  };
  /** The part that lies in the picture; null where none does. */
  'pixels.read': { readonly block: PixelBlock | null };
  /** Null outside the picture. */
  'pixel.explain': { readonly story: PixelStory | null };
  'pixel.await': Record<string, never>;
  'histogram.read': { readonly histogram: PictureHistogram };
  /** Null where an end lies outside the picture. */
  'profile.read': { readonly profile: LineProfile | null };
  /** Null where the step's result is not one of the sample alone. */
  'step.transfer': { readonly transfer: Transfer | null };
  /** Null where the step is not carried out. */
  'spectrum.read': { readonly spectrum: SpectrumView | null };
  'spectrum.cancel': Record<string, never>;
  'step.histogram': { readonly histogram: PictureHistogram | null };
  /** Null where the step is not carried out, or chooses no planes. */
  'step.planes': { readonly planes: StepPlanes | null };
  /** Null where there is no such step, or the region lies outside the picture. */
  'step.input': { readonly input: LevelsAt | null };
  /** RGBA, 8 bit, straight alpha. */
  'step.trial': { readonly trial: PictureAt | null };
}
