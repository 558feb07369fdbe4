/** What must hold of every operation's declaration. A mistake there is its author's, so it throws; tests ask it of all of them. */

import { createRaster, levelsOf, type Shape } from '../raster/raster';
import { checkValue, checkValues } from './check';
import { isFixedName, isNumeric } from './formula/names';
import { isFunctionName } from './formula/functions';
import { parseFormula } from './formula/parse';
import { freeNames } from './formula/syntax';
import { measure } from './measure';
import type { AnyValues, GlobalOperation, Operation, PointOperation } from './operation';
import { initialOf, type GivenValues, type Parameter, type ParameterValue } from './parameter';

const LOWER_CAMEL = /^[a-z][a-zA-Z0-9]*$/;

/** One of each layout and depth. */
const SHAPES: readonly Shape[] = ([8, 16] as const).flatMap((depth) =>
  ([1, 2, 3, 4] as const).map((channels): Shape => ({ width: 1, height: 1, channels, depth })),
);

/** Returns the operation; throws where its declaration is wrong. */
export function checkDeclaration<O extends Operation>(operation: O): O {
  const { id, parameters } = operation;
  ensure(LOWER_CAMEL.test(id), id, 'ids are lowerCamel');
  ensure(operation.summary !== '' && operation.sources.length > 0, id, 'a summary and a source are needed');
  const hasFormula = operation.kind === 'point' || operation.kind === 'global';
  for (const [name, parameter] of Object.entries(parameters)) {
    checkParameter(id, name, parameter);
    const named = hasFormula && isNumeric(parameter);
    ensure(!named || !isFormulaWord(name), id, `formulas use "${name}" for something else`);
  }
  for (const example of operation.examples) checkExample(operation, example);
  for (const given of [operation.sample?.values, operation.identity]) {
    if (given !== undefined) requireValid(operation, { ...startingValues(operation), ...given }, null);
  }
  if (operation.kind === 'point' || operation.kind === 'global') checkFormulas(operation);
  return operation;
}

function ensure(holds: boolean, id: string, rule: string): asserts holds {
  if (!holds) throw new Error(`operation ${id}: ${rule}`);
}

function requireValid(operation: Operation, given: GivenValues, shape: Shape | null): AnyValues {
  const checked = checkValues(operation, given, shape);
  if (!checked.ok) throw new Error(`operation ${operation.id}: ${checked.fault.message}`);
  return checked.value;
}

/** What the window starts with; any name will do for a picture that has yet to be chosen. */
function startingValues({ parameters }: Operation): GivenValues {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      parameter.kind === 'source' ? 'chosen later' : initialOf(parameter),
    ]),
  );
}

function checkParameter(id: string, name: string, parameter: Parameter): void {
  ensure(LOWER_CAMEL.test(name), id, `parameter names are lowerCamel, not "${name}"`);
  ensure(parameter.help !== '', id, `${name} needs help`);
  if (parameter.kind === 'number') {
    const [low, high] = parameter.slider ?? [parameter.min, parameter.max];
    ensure(parameter.min < parameter.max && parameter.step > 0, id, `the range of ${name} is empty`);
    ensure(
      parameter.min <= low && low < high && high <= parameter.max,
      id,
      `the slider of ${name} leaves its range`,
    );
  }
  const initial = initialOf(parameter);
  ensure(initial !== undefined || parameter.kind === 'source', id, `${name} needs a default or a suggestion`);
  ensure(
    initial === undefined || checkValue(name, parameter, initial) === null,
    id,
    `${name} starts out of range`,
  );
}

function isFormulaWord(name: string): boolean {
  return isFixedName(name) || isFunctionName(name) || name === 'and' || name === 'or' || name === 'not';
}

function checkExample(operation: Operation, example: Operation['examples'][number]): void {
  const shape = example.shape ?? { width: example.input.length, height: 1, channels: 1, depth: 8 };
  requireValid(operation, example.values, shape);
  const samples = shape.width * shape.height * shape.channels;
  ensure(example.input.length === samples, operation.id, 'an example has another size than its shape says');
  const levels = levelsOf(shape.depth);
  const areLevels = [...example.input, ...example.output].every(
    (level) => Number.isInteger(level) && level >= 0 && level < levels,
  );
  ensure(areLevels, operation.id, 'examples are whole levels');
}

/** Every formula that some choice of values gives, in every layout, may use only names that have a value. */
function checkFormulas(operation: PointOperation | GlobalOperation): void {
  const numeric = Object.entries(operation.parameters).filter(([, parameter]) => isNumeric(parameter));
  for (const values of valuesToTry(operation)) {
    for (const shape of SHAPES) {
      const formula = parseFormula(operation.formula(values, shape));
      const known = new Set([...numeric.map(([name]) => name), ...constantNames(operation, values, shape)]);
      for (const name of freeNames(formula)) {
        ensure(
          known.has(name) || isFixedName(name),
          operation.id,
          `its formula uses the unknown name "${name}"`,
        );
      }
      for (const { name } of formula.definitions) {
        ensure(!known.has(name) && !isFixedName(name), operation.id, `its formula redefines "${name}"`);
      }
    }
  }
}

function constantNames(
  operation: PointOperation | GlobalOperation,
  values: AnyValues,
  shape: Shape,
): readonly string[] {
  if (operation.kind === 'point') return Object.keys(operation.constants?.(values, shape) ?? {});
  const measurement = operation.measurement(values, shape);
  // A black pixel will do: only the names matter.
  const measured = measurement === null ? null : measure(measurement, createRaster(shape));
  return Object.keys(operation.constants(values, shape, measured).constants);
}

/** The initial values with every combination of choices and switches. */
function valuesToTry(operation: PointOperation | GlobalOperation): readonly AnyValues[] {
  let tries: readonly Record<string, ParameterValue>[] = [{}];
  for (const [name, parameter] of Object.entries(operation.parameters)) {
    const options = optionsOf(parameter);
    tries = tries.flatMap((begun) => options.map((option) => ({ ...begun, [name]: option })));
  }
  return tries;
}

function optionsOf(parameter: Parameter): readonly ParameterValue[] {
  if (parameter.kind === 'choice') return parameter.choices;
  if (parameter.kind === 'boolean') return [true, false];
  const initial = initialOf(parameter);
  return initial === undefined ? [] : [initial];
}
