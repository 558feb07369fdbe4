/**
 * An operation as other programs read it (`burnish operations --json`): everything that its declaration says, and nothing that
 * is not there. The page's menus and the manual are printed from the same declaration.
 */

import { expectationOf } from '../operation/expectation';
import { parseFormula } from '../operation/formula/parse';
import { printFormula } from '../operation/formula/print';
import type { AnyValues, Operation } from '../operation/operation';
import {
  defaultOf,
  initialOf,
  titleOf,
  type GivenStep,
  type Matrix,
  type Parameter,
  type ParameterValue,
} from '../operation/parameter';
import type { Shape } from '../raster/raster';

export interface ParameterCard {
  readonly label: string;
  readonly kind: Parameter['kind'];
  readonly help: string;
  /** What a valid value is, in words. */
  readonly expected: string;
  readonly required: boolean;
  /** Left out where the parameter is required. */
  readonly default?: ParameterValue;
  /** What the window starts with; left out for a second picture, which has to be chosen. */
  readonly suggested?: ParameterValue;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly integer?: boolean;
  readonly slider?: readonly [number, number];
  readonly unit?: string;
  readonly choices?: readonly string[];
  /** What each number of a list is. */
  readonly entries?: readonly string[];
  /** Known matrices or lists of steps. */
  readonly presets?: Readonly<Record<string, Matrix | readonly GivenStep[]>>;
}

export interface OperationCard {
  readonly id: string;
  readonly title: string;
  readonly kind: Operation['kind'];
  readonly category: string;
  readonly summary: string;
  /** A paragraph; null where there is none. */
  readonly description: string | null;
  readonly keywords: readonly string[];
  /** By name, in the order in which they are declared. */
  readonly parameters: Readonly<Record<string, ParameterCard>>;
  /** With the suggested values. */
  readonly formula: string;
  /** Values at which nothing changes; null where there are none. */
  readonly identity: Readonly<Record<string, unknown>> | null;
  readonly examples: readonly {
    readonly values: Readonly<Record<string, unknown>>;
    readonly input: readonly number[];
    readonly output: readonly number[];
    readonly depth: number;
  }[];
  readonly sources: readonly string[];
}

function parameterCard(name: string, parameter: Parameter): ParameterCard {
  const preset = defaultOf(parameter);
  const suggested = initialOf(parameter);
  const common = {
    label: titleOf(name),
    kind: parameter.kind,
    help: parameter.help,
    expected: expectationOf(parameter),
    required: preset === undefined,
    ...(preset === undefined ? {} : { default: preset }),
    ...(suggested === undefined ? {} : { suggested }),
  };
  switch (parameter.kind) {
    case 'number': {
      const { min, max, step, integer, slider, unit } = parameter;
      return {
        ...common,
        min,
        max,
        step,
        integer: integer ?? false,
        slider: slider ?? [min, max],
        ...(unit === undefined ? {} : { unit }),
      };
    }
    case 'choice':
      return { ...common, choices: parameter.choices };
    case 'pictureNumber':
    case 'numbers': {
      const { min, max, step, integer, unit } = parameter;
      const names = 'entries' in parameter ? { entries: parameter.entries } : {};
      return { ...common, ...names, min, max, step, integer: integer ?? false, ...(unit && { unit }) };
    }
    case 'matrix':
      return { ...common, step: parameter.step, presets: parameter.presets };
    case 'steps':
      return { ...common, presets: parameter.presets };
    case 'choices':
      return { ...common, choices: parameter.choices };
    case 'kernel':
      return { ...common, choices: parameter.names };
    case 'boolean':
    case 'planes':
    case 'points':
    case 'conditions':
    case 'tone':
    case 'divisor':
    case 'source':
      return common;
  }
}

/** What the window starts with; a second picture is the empty text. */
export function initialValues(operation: Operation): AnyValues {
  return Object.fromEntries(
    Object.entries(operation.parameters).map(([name, parameter]) => {
      const initial = initialOf(parameter);
      // Null is a value: what the picture decides, or what may be left out.
      return [name, initial === undefined ? '' : initial];
    }),
  );
}

/** The shape for which formulas are printed where there is no picture. */
export const COLOUR: Shape = { width: 1, height: 1, channels: 3, depth: 8 };

/** The formula with these values, as people read it. */
export function formulaOf(operation: Operation, values: AnyValues, shape: Shape = COLOUR): string {
  switch (operation.kind) {
    case 'point':
    case 'global':
      return printFormula(parseFormula(operation.formula(values, shape)));
    case 'area':
    case 'geometry':
    case 'whole':
    case 'blend':
      return operation.formula(values);
    case 'composed':
      return operation
        .steps(values)
        .map((step) => titleOf(step.id))
        .join(', then ');
  }
}

export function operationCard(operation: Operation): OperationCard {
  const { id, kind, category, summary, description, keywords, parameters, identity, examples, sources } =
    operation;
  return {
    id,
    title: titleOf(id),
    kind,
    category,
    summary,
    description: description ?? null,
    keywords: keywords ?? [],
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, parameter]) => [name, parameterCard(name, parameter)]),
    ),
    formula: formulaOf(operation, initialValues(operation)),
    identity: identity ?? null,
    examples: examples.map(({ values, input, output, shape }) => ({
      values,
      input,
      output,
      depth: shape?.depth ?? 8,
    })),
    sources,
  };
}
