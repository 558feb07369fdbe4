/**
 * A parameter is one declaration. Controls, command-line parsing, checks, the manual and TypeScript's own types are all
 * derived from it: `Values<typeof parameters>` is the type of the values, so a misspelt parameter does not compile.
 *
 * Kinds are exhaustive: a new kind of value (a curve, a kernel) is a new kind here and one new control in the page.
 */

import type { Size } from '../raster/rectangle';

interface Common {
  /** One sentence: what it does to the picture. */
  readonly help: string;
}

/** A real number on a slider. `min` and `max` are the hard range, both ends included unless said otherwise. */
export interface NumberParameter extends Common {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  /** `min` itself is not in the range. */
  readonly above?: true;
  /** What one arrow key changes. */
  readonly step: number;
  /** Only whole numbers. */
  readonly integer?: boolean;
  /** Left out: the parameter is required. */
  readonly default?: number;
  /** What the window starts with where there is no default. */
  readonly suggested?: number;
  /** The useful part of the range, where the slider should not span all of it. */
  readonly slider?: readonly [number, number];
  /** `px` lengths and frequencies are rescaled for reduced previews; `level` values are on the 255 scale (OPERATIONS.md 1). */
  readonly unit?: 'px' | 'cycles/px' | 'level' | '%' | 'degrees' | 'plane' | 'quarter turns';
  /** Where it stands on the transfer curve, where it can be moved: a level that goes in, or one that comes out. */
  readonly axis?: 'in' | 'out';
}

export interface ChoiceParameter<C extends string = string> extends Common {
  readonly kind: 'choice';
  readonly choices: readonly C[];
  readonly default?: C;
  readonly suggested?: C;
}

export interface BooleanParameter extends Common {
  readonly kind: 'boolean';
  readonly default: boolean;
}

/** A set of bit planes. */
export interface PlanesParameter extends Common {
  readonly kind: 'planes';
  readonly suggested: readonly number[];
}

/** A convolution kernel: a rectangular matrix of finite numbers, rows first, or the name of a known one. */
export interface KernelParameter extends Common {
  readonly kind: 'kernel';
  readonly names: readonly string[];
  /** Most rows and columns. */
  readonly largest: number;
  readonly suggested: string;
}

/** A non-zero number, `"auto"`, or null for the kernel's own. */
export interface DivisorParameter extends Common {
  readonly kind: 'divisor';
  readonly default: null;
}

/** A second picture: a path in a recipe, the id of an opened source in a document. */
export interface SourceParameter extends Common {
  readonly kind: 'source';
}

/**
 * A number that follows from the picture where none is given: null until `checkValues` meets a picture, which fills it in.
 * A length in pixels.
 */
export interface PictureNumberParameter extends Common {
  readonly kind: 'pictureNumber';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly integer?: boolean;
  readonly slider?: readonly [number, number];
  readonly unit: 'px';
  readonly default: null;
  /** What null stands for, in words and as a number. */
  readonly automatic: string;
  automaticOf(size: Size): number;
}

/** So many numbers, each with a name: a colour, gains, a rectangle. */
export interface NumbersParameter extends Common {
  readonly kind: 'numbers';
  /** What each number is, in a word. */
  readonly entries: readonly string[];
  readonly min: number;
  readonly max: number;
  /** `min` itself is not in the range. */
  readonly above?: true;
  readonly step: number;
  readonly integer?: boolean;
  readonly unit?: 'px' | 'level';
  readonly default?: readonly number[];
  readonly suggested?: readonly number[];
  /** May be left out, which is null, where other values or the picture make it unnecessary. */
  readonly optional?: true;
}

/** A matrix of a fixed size, rows first. */
export interface MatrixParameter extends Common {
  readonly kind: 'matrix';
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly step: number;
  readonly default: Matrix;
  /** Known ones, by a word for each. */
  readonly presets: Readonly<Record<string, Matrix>>;
}

/** The points of a curve: pairs `[x, y]` on the 255 scale, strictly increasing in x. */
export interface PointsParameter extends Common {
  readonly kind: 'points';
  readonly least: number;
  readonly most: number;
  readonly suggested: Points;
}

/** Comparisons of samples, in the order in which they are combined. */
export interface ConditionsParameter extends Common {
  readonly kind: 'conditions';
  readonly most: number;
  readonly suggested: readonly Condition[];
}

/** Any of a few words, each at most once. */
export interface ChoicesParameter<C extends string = string> extends Common {
  readonly kind: 'choices';
  readonly choices: readonly C[];
  readonly suggested: readonly C[];
}

/** A gray tone, or red, green and blue, on the 255 scale. */
export interface ToneParameter extends Common {
  readonly kind: 'tone';
  readonly default?: number;
  readonly suggested?: number;
  /** May be left out, which is null. */
  readonly optional?: true;
}

/** An operation with values, as recipes write it; what is left out of the values takes its default. */
export interface GivenStep {
  readonly id: string;
  readonly params?: GivenValues;
}

/** Operations with values, to be carried out in order. */
export interface StepsParameter extends Common {
  readonly kind: 'steps';
  readonly most: number;
  readonly suggested: readonly GivenStep[];
  /** Known lists, by their titles. */
  readonly presets: Readonly<Record<string, readonly GivenStep[]>>;
}

export type Parameter =
  | NumberParameter
  | PictureNumberParameter
  | NumbersParameter
  | MatrixParameter
  | PointsParameter
  | ConditionsParameter
  | ChoicesParameter
  | ToneParameter
  | ChoiceParameter
  | BooleanParameter
  | PlanesParameter
  | KernelParameter
  | DivisorParameter
  | SourceParameter
  | StepsParameter;

export type Parameters = Readonly<Record<string, Parameter>>;

/** The matrix of a kernel, rows first. */
export type Matrix = readonly (readonly number[])[];

export type Points = readonly (readonly [x: number, y: number])[];

export const CONDITION_CHANNELS = ['r', 'g', 'b', 'luma'] as const;
export const CONDITION_OPERATORS = ['<', '<=', '>', '>=', '==', '!='] as const;

/** Whether a sample (of the channel, or without one each by itself) compares so with a tone on the 255 scale. */
export interface Condition {
  readonly channel?: (typeof CONDITION_CHANNELS)[number];
  readonly op: (typeof CONDITION_OPERATORS)[number];
  readonly value: number;
}

/** One tone for all colour channels, or one each. */
export type Tone = number | readonly number[];

/** Where the declaration lets the value be left out, it may be null. */
type Optionally<D extends Parameter, V> = D extends { readonly optional: true } ? V | null : V;

type ValueOf<D extends Parameter> = D extends NumberParameter
  ? number
  : D extends ChoiceParameter<infer C>
    ? C
    : D extends BooleanParameter
      ? boolean
      : D extends PlanesParameter
        ? readonly number[]
        : D extends PictureNumberParameter
          ? number | null
          : D extends NumbersParameter
            ? Optionally<D, readonly number[]>
            : D extends ToneParameter
              ? Optionally<D, Tone>
              : ListValueOf<D>;

/** The rest, in a type of its own: so deep a condition is hard to read. */
type ListValueOf<D extends Parameter> = D extends MatrixParameter
  ? Matrix
  : D extends PointsParameter
    ? Points
    : D extends ConditionsParameter
      ? readonly Condition[]
      : D extends ChoicesParameter<infer C>
        ? readonly C[]
        : D extends KernelParameter
          ? string | Matrix
          : D extends DivisorParameter
            ? number | 'auto' | null
            : D extends StepsParameter
              ? readonly GivenStep[]
              : string;

/** Complete values of an operation, every parameter present. */
export type Values<P extends Parameters = Parameters> = { readonly [K in keyof P]: ValueOf<P[K]> };

/** Any value that a parameter can have; JSON-serialisable. */
export type ParameterValue = ValueOf<Parameter>;

/** Values as they stand in a recipe: defaults may be left out. */
export type GivenValues = Readonly<Record<string, unknown>>;

/** The declaration's type for inference: `parameters({ gamma: { kind: 'number', … } })` keeps choices literal. */
export function parameters<const P extends Parameters>(declarations: P): P {
  return declarations;
}

/** An id in sentence case (OPERATIONS.md, Titles and labels): `boxBlur` is "Box blur", `r1` "R1". */
export function titleOf(id: string): string {
  const words = id.replace(/([a-z])([A-Z0-9])/g, (_, before: string, after: string) =>
    /[0-9]/.test(after) ? `${before}${after}` : `${before} ${after.toLowerCase()}`,
  );
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The default of a declaration, undefined where it is required. */
export function defaultOf(parameter: Parameter): ParameterValue | undefined {
  if ('optional' in parameter && parameter.optional) return null;
  return 'default' in parameter ? parameter.default : undefined;
}

/** What the window starts with: the default, else the suggestion. Undefined only for a source, which has to be chosen. */
export function initialOf(parameter: Parameter): ParameterValue | undefined {
  const preset = defaultOf(parameter);
  const suggested = 'suggested' in parameter ? parameter.suggested : undefined;
  // What may be left out can still be suggested.
  return preset === undefined || (preset === null && suggested !== undefined) ? suggested : preset;
}
