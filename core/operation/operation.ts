/**
 * An operation is a value: what it is called, what it takes, what it computes. Everything else — panel, command line,
 * validation, manual, formula card — is derived from it. The kind determines the geometry; authors write no rectangles.
 *
 * | kind     | its author writes                                                        |
 * |----------|--------------------------------------------------------------------------|
 * | point    | a formula over the sample `r` (and, where it mixes channels, `R G B`)     |
 * | global   | a measurement of the whole picture, and a formula over `r` and the result |
 * | area     | the window, a plain reference, a fast kernel                              |
 * | geometry | the new shape, the source rectangle, the mover                            |
 * | whole    | what is found out about the whole picture, and a computation with it      |
 * | blend    | the formula lives in core/colour: composition of two pictures             |
 * | composed | a list of operations with values                                          |
 *
 * Members that take values are written as methods, so that an operation with particular parameters is also an `Operation`:
 * TypeScript compares method parameters both ways. The gate that makes this safe is `checkValues`, which every caller of a
 * registered operation passes first.
 */

import type { Boundary } from '../raster/boundary';
import type { Result } from '../raster/fault';
import type { Extremes } from '../kernels/extremes';
import type { Placement } from '../kernels/rearrange';
import type { Margins, Rectangle, Size } from '../raster/rectangle';
import type { PaddedRaster } from '../raster/padding';
import type { Raster, Region, Shape } from '../raster/raster';
import type { Signal } from '../raster/signal';
import type { Histogram } from '../raster/histogram';
import type { BlendMode } from '../colour/blend-mode';
import type { GatheredPixel, ToldPixel, TypesetFormula, WindowAccount, WindowSum } from './account';
import type { FilledLine } from './formula/print';
import type { GivenValues, Parameters, Values } from './parameter';

export type Category =
  | 'Intensity'
  | 'Slicing and planes'
  | 'Colour and channels'
  | 'Histogram'
  | 'Neighbourhood'
  | 'Geometry'
  | 'Composition'
  | 'Photography';

/** A worked example: applied to `input` levels (one row of a grey 8-bit picture unless `shape` says otherwise). */
export interface Example<P extends Parameters> {
  readonly values: Partial<Values<P>>;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly shape?: Shape;
}

/** What the picture in the manual shows. */
export interface Sample<P extends Parameters> {
  /** Where they differ from the defaults, and from what the window starts with where there is no default. */
  readonly values: Partial<Values<P>>;
  /** What first gives the picture that which the operation is for: noise, a colour cast, a lack of contrast. */
  readonly before?: readonly Application[];
}

interface Common<P extends Parameters> {
  readonly id: string;
  /** One sentence for menus and the manual. */
  readonly summary: string;
  /** A paragraph for the manual: what it is good for, how it comes about, what to watch for. */
  readonly description?: string;
  readonly sample?: Sample<P>;
  /** Ids of operations that a reader may want besides, or instead. */
  readonly related?: readonly string[];
  readonly category: Category;
  /** Further words that a search should find it by. */
  readonly keywords?: readonly string[];
  /** Key combinations that add it in the window, such as "Mod+I"; Mod is Ctrl, and Cmd on macOS. */
  readonly keys?: readonly string[];
  readonly parameters: P;
  /** Rules between parameters, and between them and the picture; the sentence names the parameter. Null where all is well. */
  constraint?(values: Values<P>, shape: Shape | null): string | null;
  /** Values at which the operation changes nothing (OPERATIONS.md 2.5), where there are any. */
  readonly identity?: Partial<Values<P>>;
  readonly examples: readonly Example<P>[];
  /** Where the definition comes from. */
  readonly sources: readonly string[];
}

/**
 * Numbers that a formula may name besides its parameters and the fixed names (see formula/names.ts), one list a colour
 * channel: what is derived from lists or choices, or was measured.
 */
export type Constants = Readonly<Record<string, readonly number[]>>;

/** What an operation reports about the picture it met, named as on the command line (`{ c: […], max: […] }`). */
export type Reported = Readonly<Record<string, ReportedValue>>;
export type ReportedValue = number | readonly number[] | readonly (readonly number[])[];

/** Numbers that an operation once reported and now uses instead of measuring; levels on the 255 scale. See kept.ts. */
export type Kept = Readonly<Record<string, ReportedValue>>;

/** One of the reported numbers that can be kept. */
export interface KeptNumber {
  /** One number, one a colour channel (or one for all of them), or a list of colours. */
  readonly form: 'one' | 'channels' | 'colours';
  readonly min: number;
  readonly max: number;
  /** Reported in the picture's own levels. */
  readonly levels?: true;
}

/** Kept numbers by name, rows of one number a colour channel, levels in the picture's own; a single row but for colours. */
export type KeptRows = Readonly<Record<string, readonly (readonly number[])[]>>;

/** What makes measured numbers something that can be kept: which of the reported ones, and what would have been found with them. */
export interface Keeping<P extends Parameters, Found> {
  readonly numbers: Readonly<Record<string, KeptNumber>>;
  found(values: Values<P>, shape: Shape, kept: KeptRows): Found;
}

export interface PointOperation<P extends Parameters = Parameters> extends Common<P> {
  readonly kind: 'point';
  /** A gray picture is first turned into RGB; see `workingShape`. */
  readonly inColour?: true;
  /** The formula's text; may depend on choices among the values. Evaluated once a colour channel. */
  formula(values: Values<P>, shape: Shape): string;
  /** What the names of its constants mean, in words that go on after the name; numbered ones (`x0`, `x1`) under their stem (`x`). */
  readonly letters?: Readonly<Record<string, string>>;
  constants?(values: Values<P>, shape: Shape): Constants;
}

/** How a global operation looks at the whole picture; results are exact and come from full resolution. */
export type Measurement =
  /** Exact histogram of every colour channel. */
  | 'histogram'
  /** The same, and of alpha after them. */
  | 'histogramWithAlpha'
  /** The same, and of the rounded BT.601 luma at the end: of a picture with three colours. */
  | 'histogramWithLuma'
  /** Smallest and largest level of every colour channel. */
  | 'extremes'
  /** Largest unrounded BT.601 luma, in levels. */
  | 'largestLuma'
  /** Exact histogram of the rounded BT.601 luma; a gray picture's own. */
  | 'lumaHistogram';

export type Measured =
  | { readonly kind: 'histogram'; readonly histogram: Histogram }
  | { readonly kind: 'extremes'; readonly extremes: Extremes }
  | { readonly kind: 'largestLuma'; readonly level: number };

/** The numbers in a global operation's formula, and what it tells of them. */
export interface GlobalNumbers {
  readonly constants: Constants;
  readonly reported: Reported;
}

export interface GlobalOperation<P extends Parameters = Parameters> extends Common<P> {
  readonly kind: 'global';
  /** Null where these values need none. */
  measurement(values: Values<P>, shape: Shape): Measurement | null;
  formula(values: Values<P>, shape: Shape): string;
  /** What the names of its constants mean, in words that go on after the name; numbered ones (`x0`, `x1`) under their stem (`x`). */
  readonly letters?: Readonly<Record<string, string>>;
  /** From the measurement (null where none was needed) to the numbers in the formula and to what is reported. */
  constants(values: Values<P>, shape: Shape, measured: Measured | null): GlobalNumbers;
  readonly keeping?: Keeping<P, GlobalNumbers>;
}

/** The window of an area operation, in input pixels around the one at `(x·stride + offsetX, y·stride + offsetY)`. */
export interface Window extends Margins {
  readonly stride: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

export interface AreaTask<P extends Parameters> {
  readonly values: Values<P>;
  /**
   * The input with its margins already filled in by the boundary rule: output pixel (x, y) of `output` reads the window whose
   * top left corner is input pixel (x·stride, y·stride). Alpha, where there is one, is copied by the caller afterwards; what the kernel
   * leaves there does not matter.
   */
  readonly input: PaddedRaster;
  /** The part of `input` that lies in the picture, in pixels of `input`; the rest was filled in. */
  readonly inside: Rectangle;
  readonly output: Raster;
  readonly signal: Signal;
}

/** What a plain definition reads, counted from the window's anchor; by default of the channel that is computed. */
export type SampleAt = (dx: number, dy: number, channel?: number) => number;

export interface AreaOperation<P extends Parameters = Parameters> extends Common<P> {
  readonly kind: 'area';
  /** The size of the result; a fault where there is none. Channels and depth stay. */
  shape?(values: Values<P>, input: Shape): Result<Shape>;
  window(values: Values<P>): Window;
  /** What lies beyond the edge; `constant` is on the 255 scale. */
  boundary(values: Values<P>): { readonly rule: Boundary; readonly constant: number };
  /** The fast path, on any part of a picture. */
  kernel(task: AreaTask<P>): void;
  /**
   * For a blur that leaves no fine detail: the values that do the same to the picture halved `times` times. A preview is then
   * computed there and enlarged, so that it takes no longer where the blur is stronger.
   */
  coarse?(values: Values<P>): { readonly times: number; readonly values: Values<P> };
  /**
   * The definition, sample by sample, slow and plain; `sampleAt` follows the boundary rule, `extent` says how far from the
   * anchor the picture itself reaches. `shape` is the input picture's. Returns the unrounded result in levels.
   */
  reference(values: Values<P>, sampleAt: SampleAt, shape: Shape, extent: Margins): number;
  /**
   * The weights of the window where the result is a weighted sum, which may look at the samples; for explanations, which
   * `reference` must agree with.
   */
  weights?(values: Values<P>, sampleAt: SampleAt, shape: Shape): WindowSum;
  /** Where it is none, what else there is to tell; `reference` must agree with it, too. */
  account?(values: Values<P>, sampleAt: SampleAt, shape: Shape, extent: Margins): WindowAccount;
  /**
   * How often the window is passed over with what the pass before left; 1 by default. `reference` of several passes costs far more
   * than its window, so explanations take the computed level then.
   */
  passes?(values: Values<P>): number;
  /** Samples outside the picture are left out of account, not continued. */
  readonly leavesOutside?: true;
  /** Formula in words of the field, for the formula card. */
  formula(values: Values<P>): string;
  /** The same, typeset. */
  typeset(values: Values<P>): TypesetFormula;
}

export interface GeometryOperation<P extends Parameters = Parameters> extends Common<P> {
  readonly kind: 'geometry';
  shape(values: Values<P>, input: Shape): Result<Shape>;
  /** The input rectangle from which `output` of the result is made. */
  source(values: Values<P>, input: Shape, output: Rectangle): Rectangle;
  /** Fills `output`, all channels, from `input`, which holds `source(…)`; `whole` is the input picture's shape. */
  move(values: Values<P>, whole: Shape, input: Region, output: Region, signal: Signal): void;
  /**
   * Where samples are computed or painted, not only moved: the definition for one pixel of the result, slow and plain, from the
   * same `input`. Unrounded levels, all channels.
   */
  reference?(values: Values<P>, whole: Shape, input: Region, x: number, y: number): readonly number[];
  /** Where samples only move: where they lie in a picture of this size, which `source` and `move` agree with. */
  placement?(values: Values<P>, whole: Size): Placement;
  /** Where it makes a picture of a part: the values that make one of this part of the input, with which it is added to a selection. */
  around?(part: Rectangle): Values<P>;
  /**
   * Where samples are computed from several: how, a channel each; null where this pixel is only moved or painted. `reference` must agree with it.
   */
  account?(values: Values<P>, whole: Shape, input: Region, x: number, y: number): GatheredPixel | null;
  formula(values: Values<P>): string;
  typeset(values: Values<P>): TypesetFormula;
}

/** What a whole operation finds out about its input: whole-image constants, and what else its computation starts from. */
export interface Study {
  readonly reported: Reported;
  /** Numbers as the operation lays them out. */
  readonly tables: readonly Float64Array[];
}

export interface WholeTask<P extends Parameters> {
  readonly values: Values<P>;
  /** Of the picture at full resolution; null where the operation needs none. */
  readonly study: Study | null;
  /** Holds what `wholeRegion` says of `output`'s rectangle. */
  readonly input: Region;
  /** The input picture's shape. */
  readonly whole: Shape;
  /** A part of the result, or all of it where the operation reads everything. Alpha is copied by the caller. */
  readonly output: Region;
  readonly signal: Signal;
}

/**
 * Numbers of the whole picture that the result is made without, but without which nothing could be told of one pixel: looked at when
 * somebody asks, once for an input and values.
 */
export interface Detail<P extends Parameters> {
  /** The part of the result, with the pixel in it, of which they are kept at once: all of it where the picture is small. */
  part(values: Values<P>, shape: Shape, pixel: { readonly x: number; readonly y: number }): Rectangle;
  /** Of the whole input those of a part of the result; tables lie row by row over the part. */
  of(values: Values<P>, input: Raster, part: Rectangle, signal: Signal): Study;
}

/** The tables of a detail, and the part of the result that they lie over. */
export interface DetailPart extends Pick<Study, 'tables'> {
  readonly part: Rectangle;
}

/** An operation whose result needs the whole picture and is no formula over a histogram. Size, channels and depth stay. */
export interface WholeOperation<P extends Parameters = Parameters> extends Common<P> {
  readonly kind: 'whole';
  /** What the result is made from besides the study: the same pixels of the input, a part around them, or all of it. */
  readonly reads: 'pixel' | 'part' | 'everything';
  /** Where it reads a part: the one that `output` is made from; may reach outside the picture. */
  part?(values: Values<P>, output: Rectangle): Rectangle;
  /** Looks at the whole input, at full resolution: once, for previews too. */
  study?(values: Values<P>, input: Raster, signal: Signal): Study;
  readonly keeping?: Keeping<P, Study>;
  compute(task: WholeTask<P>): void;
  /** What only telling of pixels needs besides the study. */
  readonly detail?: Detail<P>;
  /** The part of the input that `account` reads, around a pixel of the result; the pixel alone where it is left out. */
  accountPart?(values: Values<P>, pixel: Rectangle): Rectangle;
  /** What can be told of how one pixel came about: lines for each colour channel, the unrounded result last (`name` null). */
  account?(told: ToldPixel<P>): readonly (readonly FilledLine[])[];
  /** In words of the field, for the formula card. */
  formula(values: Values<P>): string;
  /** The same, typeset. */
  typeset(values: Values<P>): TypesetFormula;
}

/** Composition with a second picture (OPERATIONS.md 11); mode and opacity are read from the values. */
export interface BlendOperation<P extends Parameters = Parameters> extends Common<P> {
  readonly kind: 'blend';
  mode(values: Values<P>): BlendMode;
  opacity(values: Values<P>): number;
  source(values: Values<P>): string;
  formula(values: Values<P>): string;
  typeset(values: Values<P>): TypesetFormula;
}

/** An operation with values, as recipes write it. */
export interface Application {
  readonly id: string;
  readonly params: GivenValues;
}

export interface ComposedOperation<P extends Parameters = Parameters> extends Common<P> {
  readonly kind: 'composed';
  steps(values: Values<P>): readonly Application[];
}

/** The id of a step's part, by which what the steps of a composed one report is told apart. */
export function partId(step: string, index: number): string {
  return `${step}.${index}`;
}

export type OperationOf<P extends Parameters> =
  | PointOperation<P>
  | GlobalOperation<P>
  | AreaOperation<P>
  | GeometryOperation<P>
  | WholeOperation<P>
  | BlendOperation<P>
  | ComposedOperation<P>;

/** Any registered operation. */
export type Operation = OperationOf<Parameters>;

/** Values of any operation, complete and checked. */
export type AnyValues = Values<Parameters>;
