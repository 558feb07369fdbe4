/**
 * A lesson is a value: a sample picture, pages that each say what stands on the picture and where to look, and one task whose result is
 * checked by the pixels. It is read from a data file (core/protocol/lesson-schema.ts); nothing about any one lesson is code.
 */

import type { Application } from '../../document/step-check';
import type { Pixel } from '../pixel-story';
import type { LevelStatistics } from '../histogram-statistics';
import type { Rectangle } from '../../raster/rectangle';

/** The panels that a page may open. */
export const LESSON_PANELS = ['Histogram', 'Formula', 'Pixels'] as const;
export type LessonPanel = (typeof LESSON_PANELS)[number];

/** Whose levels are meant; in a grey picture all of them mean the grey. Luma is the rounded 0.299 R + 0.587 G + 0.114 B. */
export const READ_CHANNELS = ['red', 'green', 'blue', 'luma'] as const;
export type ReadChannel = (typeof READ_CHANNELS)[number];

export const STATISTICS = [
  'mean',
  'deviation',
  'smallest',
  'largest',
  'median',
  'entropy',
  'black',
  'white',
] as const satisfies readonly (keyof LevelStatistics)[];
export type Statistic = (typeof STATISTICS)[number];

/** A number that is read from a picture at full resolution. */
export type Reading =
  /** The stored level at a pixel. */
  | { readonly kind: 'level'; readonly at: Pixel; readonly of: ReadChannel }
  /** As the Histogram panel gives it; `black` and `white` are shares, 0 … 1. */
  | { readonly kind: 'statistic'; readonly of: ReadChannel; readonly statistic: Statistic }
  /** How many different levels occur. */
  | { readonly kind: 'levels'; readonly of: ReadChannel }
  /** The part of all pixels, 0 … 1, whose level lies in from … to, both included. */
  | { readonly kind: 'share'; readonly of: ReadChannel; readonly from: number; readonly to: number }
  | { readonly kind: 'size'; readonly side: 'width' | 'height' }
  /** A constant that a step measured, by its place in the stack, counted from 1. */
  | { readonly kind: 'reported'; readonly step: number; readonly name: string };

/** What has to be so for a task to be done. `otherwise` helps whoever is not there yet. */
export type Check =
  /** Every pixel is the one that these steps make of the sample. */
  | { readonly kind: 'same'; readonly as: readonly Application[]; readonly otherwise: string }
  | {
      readonly kind: 'range';
      readonly reading: Reading;
      /** Both included. */
      readonly min: number;
      readonly max: number;
      readonly otherwise: string;
    };

/**
 * A number in a text, and where it comes from, so that a test can see to it that no lesson states what is not so. `says` is the number as
 * the text has it.
 */
export type Fact = { readonly says: string } & (
  | {
      readonly kind: 'reading';
      readonly reading: Reading;
      /** On the page's picture, or on the sample with nothing done to it. */
      readonly of: 'page' | 'sample';
      readonly is: number;
      /** Decimal places in which they have to agree. */
      readonly digits: number;
    }
  /** A level that the page's stack makes of another, wherever it stands. */
  | { readonly kind: 'table'; readonly from: number; readonly is: number }
  /** Arithmetic, in the language of formulas. */
  | { readonly kind: 'sum'; readonly formula: string; readonly is: number; readonly digits: number }
);

/** Where the reader's eye is led. What is left out stays as it is, the pin excepted. */
export interface Look {
  /** These panels are open, the others of their column closed. */
  readonly panels: readonly LessonPanel[] | null;
  /** The part of the picture that fills the canvas; null for the whole. */
  readonly area: Rectangle | null;
  /** CSS pixels a picture pixel, where that matters; null for as many as the canvas has room for. */
  readonly zoom: number | null;
  readonly pin: Pixel | null;
  readonly show: 'after' | 'before' | 'both';
  /** The step whose controls and formula are shown, counted from 1; null for the last. */
  readonly step: number | null;
}

export interface LessonPage {
  readonly title: string;
  /** Paragraphs. Names of controls and new words stand between `**`. */
  readonly text: readonly string[];
  /** LaTeX; empty where the page has none. */
  readonly formula: string;
  /** All that stands on the sample while this page is open. */
  readonly stack: readonly Application[];
  readonly look: Look;
  readonly facts: readonly Fact[];
  /** Numbers in the text that are nobody's result: definitions, counts, names. */
  readonly given: readonly string[];
}

/** The last page: what the reader is to do. It is done where every check is met. */
export interface Task extends LessonPage {
  readonly checks: readonly Check[];
  /** One way to do it: the stack afterwards. */
  readonly solution: readonly Application[];
  /** What to notice once it is done. */
  readonly done: string;
}

export interface Lesson {
  readonly id: string;
  readonly title: string;
  /** One sentence, without a full stop. */
  readonly summary: string;
  readonly minutes: number;
  /** Id of a sample picture. */
  readonly sample: string;
  readonly pages: readonly LessonPage[];
  readonly task: Task;
}

/** All pages, the task last. */
export function pagesOf({ pages, task }: Lesson): readonly LessonPage[] {
  return [...pages, task];
}
