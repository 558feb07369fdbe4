/**
 * The Python function of a point operation, printed from its formula. Where the formula depends on choices (a method, what is
 * tested), the function has a branch for each, so that a script's reader may try another one.
 */

import type { Operation } from '../../operation/operation';
import { isNumeric } from '../../operation/formula/names';
import { freeNames, type Formula } from '../../operation/formula/syntax';
import { defaultOf } from '../../operation/parameter';
import { deciding, isProduct, variantsOf, type Variant } from '../formula-variants';
import { isArray, isPrintable, pythonExpression } from './expression';
import { inComment, pythonLiteral, pythonName } from './literal';
import type { PythonPart } from './part';
import { alpha, luma, rgb, samples, scale, store, stored, toColour, top } from './parts/samples';

interface Binding {
  readonly name: string;
  readonly text: string;
  readonly after: readonly string[];
  readonly needs: readonly PythonPart[];
  readonly array: boolean;
}

/** The fixed names of formulas (names.ts), in the order in which a function defines them. */
const BINDINGS: readonly Binding[] = [
  { name: 'r', text: 'r = samples(image)', after: [], needs: [samples], array: true },
  { name: 'R', text: 'R, G, B = rgb(image)', after: [], needs: [rgb], array: true },
  { name: 'G', text: '', after: ['R'], needs: [], array: true },
  { name: 'B', text: '', after: ['R'], needs: [], array: true },
  { name: 'T', text: 'T = top(image)', after: [], needs: [top], array: false },
  { name: 'K', text: 'K = scale_of(image)', after: [], needs: [scale], array: false },
  { name: 'L', text: 'L = T + 1', after: ['T'], needs: [], array: false },
  { name: 'u', text: 'u = r / K', after: ['r', 'K'], needs: [], array: true },
  {
    name: 'Y',
    text: 'Y = store(luma(*rgb(image)), T)',
    after: ['T'],
    needs: [store, luma, rgb],
    array: true,
  },
  { name: 'A', text: 'A = alpha(image)', after: [], needs: [alpha], array: true },
  { name: 'H', text: 'H, W = image.shape[:2]', after: [], needs: [], array: false },
  { name: 'W', text: '', after: ['H'], needs: [], array: false },
  { name: 'y', text: 'y, x, _ = np.ogrid[:H, :W, :1]', after: ['H'], needs: [], array: true },
  { name: 'x', text: '', after: ['y'], needs: [], array: true },
  {
    name: 'channel',
    text: 'channel = np.arange(samples(image).shape[2])',
    after: [],
    needs: [samples],
    array: true,
  },
];

const ARRAYS: ReadonlySet<string> = new Set(BINDINGS.filter(({ array }) => array).map(({ name }) => name));

function conditionOf({ when }: Variant, names: readonly string[]): string {
  return names
    .map((name) => {
      const values = [...new Set(when.map((chosen) => chosen[name]))].map(pythonLiteral);
      const own = pythonName(name);
      return values.length === 1 ? `${own} == ${values[0]}` : `${own} in (${values.join(', ')})`;
    })
    .join(' and ');
}

function bindingLines(formulas: readonly Formula[], needs: Set<PythonPart>): readonly string[] {
  const wanted = new Set<string>();
  const want = (name: string): void => {
    const binding = BINDINGS.find((each) => each.name === name);
    if (binding === undefined) return;
    wanted.add(name);
    binding.after.forEach(want);
  };
  for (const formula of formulas) freeNames(formula).forEach(want);
  return BINDINGS.filter(({ name }) => wanted.has(name)).flatMap((binding) => {
    binding.needs.forEach((need) => needs.add(need));
    return binding.text === '' ? [] : [binding.text];
  });
}

function bodyOf(formula: Formula, indent: number, needs: Set<PythonPart>): readonly string[] {
  const arrays = new Set(ARRAYS);
  const space = ' '.repeat(indent);
  const lines = formula.definitions.map(({ name, value }) => {
    const text = pythonExpression(value, { arrays, needs, indent });
    if (isArray(value, arrays)) arrays.add(name);
    return `${space}${pythonName(name)} = ${text}`;
  });
  const result = pythonExpression(formula.result, { arrays, needs, indent });
  return [...lines, `${space}return stored(image, ${result})`];
}

/**
 * What a function takes: `name=default`, or the name alone where a value has to be given. Python wants such a name before those
 * with a default, or after a `*`.
 */
export function signatureOf(operation: Operation): string {
  const presets = Object.entries(operation.parameters).map(([name, each]) => ({
    name,
    preset: defaultOf(each),
  }));
  const optional = presets.findIndex(({ preset }) => preset !== undefined);
  const late = presets.findIndex(({ preset }, at) => optional >= 0 && at > optional && preset === undefined);
  const given = presets.flatMap(({ name, preset }, at) => {
    const own = pythonName(name);
    const text = preset === undefined ? own : `${own}=${pythonLiteral(preset)}`;
    return at === late ? ['*', text] : [text];
  });
  return ['image', ...given].join(', ');
}

/** The function; null where the formula also needs numbers that are derived from lists or measured. */
export function printedFunction(operation: Operation): PythonPart | null {
  if (operation.kind !== 'point' || operation.constants !== undefined) return null;
  const variants = variantsOf(operation);
  const known = new Set([
    ...BINDINGS.map(({ name }) => name),
    ...Object.entries(operation.parameters).flatMap(([name, each]) => (isNumeric(each) ? [name] : [])),
  ]);
  const printable = variants.every(
    ({ formula }) =>
      [...freeNames(formula)].every((name) => known.has(name)) &&
      [...formula.definitions.map(({ value }) => value), formula.result].every(isPrintable),
  );
  const names = deciding(operation, variants);
  if (!printable || !variants.every((variant) => isProduct(variant, names))) return null;

  const needs = new Set<PythonPart>([stored]);
  const lines = [`def ${pythonName(operation.id)}(${signatureOf(operation)}):`];
  lines.push(`    """${inComment(operation.summary)}"""`);
  if (operation.inColour === true) {
    needs.add(toColour);
    lines.push('    image = to_colour(image)');
  }
  lines.push(
    ...bindingLines(
      variants.map(({ formula }) => formula),
      needs,
    ).map((line) => `    ${line}`),
  );
  variants.forEach((variant, at) => {
    const last = at === variants.length - 1;
    if (!last) lines.push(`    if ${conditionOf(variant, names)}:`);
    lines.push(...bodyOf(variant.formula, last ? 4 : 8, needs));
  });
  return { name: pythonName(operation.id), needs: [...needs], text: lines.join('\n') };
}
