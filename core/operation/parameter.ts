/**
 * A parameter is one declaration. Controls, command-line parsing, checks, the manual and TypeScript's own types are all
 * derived from it: `Values<typeof parameters>` is the type of the values, so a misspelt parameter does not compile.
 *
 * Kinds are exhaustive: a new kind of value (a curve, a kernel) is a new kind here and one new control in the page.
 */

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

export type Parameter =
  | NumberParameter
  | ChoiceParameter
  | BooleanParameter
  | PlanesParameter
  | KernelParameter
  | DivisorParameter
  | SourceParameter;

export type Parameters = Readonly<Record<string, Parameter>>;

/** The matrix of a kernel, rows first. */
export type Matrix = readonly (readonly number[])[];

type ValueOf<D extends Parameter> = D extends NumberParameter
  ? number
  : D extends ChoiceParameter<infer C>
    ? C
    : D extends BooleanParameter
      ? boolean
      : D extends PlanesParameter
        ? readonly number[]
        : D extends KernelParameter
          ? string | Matrix
          : D extends DivisorParameter
            ? number | 'auto' | null
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
  return 'default' in parameter ? parameter.default : undefined;
}

/** What the window starts with: the default, else the suggestion. Undefined only for a source, which has to be chosen. */
export function initialOf(parameter: Parameter): ParameterValue | undefined {
  const preset = defaultOf(parameter);
  if (preset !== undefined) return preset;
  if (parameter.kind === 'source' || parameter.kind === 'boolean' || parameter.kind === 'divisor')
    return undefined;
  return parameter.suggested;
}
