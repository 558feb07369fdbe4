/**
 * How the history speaks: "Gamma 1.8 → 2.2 on Background". What changed comes first, then old → new, then where. Undo and
 * Redo say the same in the imperative and without the place: "Undo Gamma 1.8 → 2.2", "Redo add Box blur 15".
 */

import { choiceName } from '../operation/choice-name';
import { defaultOf, titleOf, type GivenValues, type Parameter } from '../operation/parameter';
import type { Operation } from '../operation/operation';
import { sourceOf } from './change';
import { inOneLine } from './naming';
import { changedParameters, isGiven, sameValue, valueOf } from './values';
import type { Document } from './document';

/** An entry of the history in words. */
export interface Told {
  /** The line in the history. */
  readonly text: string;
  /** What follows the words Undo and Redo. */
  readonly action: string;
}

function told(text: string, action: string, place: string): Told {
  return { text: inOneLine(`${text} ${place}`), action: inOneLine(action) };
}

/** `did('Added', 'add', 'Box blur 15', 'to Sky')`: "Added Box blur 15 to Sky", undone as "add Box blur 15". */
export function did(past: string, imperative: string, what: string, place = ''): Told {
  return told(`${past} ${what}`, `${imperative} ${what}`, place);
}

/** `set('Gamma', '1.8', '2.2', 'on Sky')`: "Gamma 1.8 → 2.2 on Sky". */
export function set(what: string, from: string, to: string, place: string): Told {
  const change = `${what} ${from} → ${to}`;
  return told(change, change, place);
}

/** A number as people write it: at most six decimals, none of the noise of binary fractions. */
export function plainNumber(value: number): string {
  return String(Number(value.toFixed(6)));
}

/** 0.6 as "60 %". */
export function percent(fraction: number | undefined): string {
  return fraction === undefined ? '' : `${plainNumber(Number((fraction * 100).toFixed(2)))} %`;
}

/** A parameter's label inside a sentence: `inBlack` is "in black". */
export function labelOf(name: string): string {
  const title = titleOf(name);
  return title.charAt(0).toLowerCase() + title.slice(1);
}

/** A value as it stands in a sentence: numbers plain, choices by their titles, pictures by their names, matrices by size. */
export function plainValue(
  document: Pick<Document, 'sources'>,
  parameter: Parameter,
  value: unknown,
): string {
  switch (parameter.kind) {
    case 'number':
      return typeof value === 'number' ? plainNumber(value) : String(value);
    case 'choice':
      return choiceName(String(value));
    case 'boolean':
      return value === true ? 'on' : 'off';
    case 'numbers':
    case 'tone':
    case 'pictureNumber': {
      const automatic = parameter.kind === 'pictureNumber' ? parameter.automatic : 'none';
      if (value === null) return automatic;
      const numbers: readonly unknown[] = Array.isArray(value) ? value : [value];
      return numbers.map((each) => (typeof each === 'number' ? plainNumber(each) : String(each))).join(', ');
    }
    case 'points':
    case 'conditions': {
      const count = Array.isArray(value) ? value.length : 0;
      const one = parameter.kind === 'points' ? 'point' : 'condition';
      return `${count} ${count === 1 ? one : parameter.kind}`;
    }
    case 'choices':
      return Array.isArray(value) && value.length > 0
        ? value.map((each) => choiceName(String(each))).join(', ')
        : 'none';
    case 'planes':
      return Array.isArray(value) && value.length > 0 ? value.join(', ') : 'none';
    case 'kernel':
    case 'matrix':
      if (!Array.isArray(value)) return titleOf(String(value));
      return `${value.length} × ${Array.isArray(value[0]) ? value[0].length : 0}`;
    case 'divisor':
      if (value === null) return "the kernel's own";
      return typeof value === 'number' ? plainNumber(value) : String(value);
    case 'steps':
      return plainSteps(parameter, value);
    case 'source':
      return sourceOf(document, String(value))?.name ?? String(value);
  }
}

/** Most values that a sentence names; where there are more, it gives their number. */
const NAMED_VALUES = 3;

/** The name of a known list, else the titles of its operations. */
function plainSteps({ presets }: Extract<Parameter, { readonly kind: 'steps' }>, value: unknown): string {
  const known = Object.entries(presets).find(([, steps]) => sameValue(steps, value));
  if (known !== undefined) return known[0];
  const steps: readonly unknown[] = Array.isArray(value) ? value : [];
  if (steps.length > NAMED_VALUES) return `${steps.length} operations`;
  return steps
    .map((step) =>
      typeof step === 'object' && step !== null && 'id' in step ? titleOf(String(step.id)) : '',
    )
    .join(', ');
}

/** "Box blur 15", "Levels gamma 1.3", "Negative": an operation with what is worth saying of its values. */
export function withValues(document: Document, operation: Operation, params: GivenValues): string {
  const title = titleOf(operation.id);
  const all = Object.entries(operation.parameters);
  const worth = all.filter(([name, parameter]) => {
    const preset = defaultOf(parameter);
    return (
      preset === undefined || all.length === 1 || (isGiven(params, name) && !sameValue(params[name], preset))
    );
  });
  if (worth.length === 0 || worth.length > NAMED_VALUES) return title;
  const needsNames = worth.length > 1 || defaultOf(worth[0][1]) !== undefined;
  const values = worth.map(([name, parameter]) => {
    const value = plainValue(document, parameter, valueOf(parameter, params, name));
    // "1 condition" says what it is.
    const speaks = parameter.kind === 'points' || parameter.kind === 'conditions';
    return needsNames && all.length > 1 && !speaks ? `${labelOf(name)} ${value}` : value;
  });
  return `${title} ${values.join(', ')}`;
}

/**
 * What changed between two sets of values, told for the history. `title` is the step's title in its stack, with its number
 * where it has one.
 */
export function tellValues(
  documents: { readonly before: Document; readonly after: Document },
  operation: Operation,
  title: string,
  values: { readonly before: GivenValues; readonly after: GivenValues },
  place: string,
): Told {
  const changed = changedParameters(operation.parameters, values.before, values.after);
  const numbered = title !== titleOf(operation.id);
  if (changed.length === 0 || changed.length > NAMED_VALUES) {
    return did('Changed', 'change', `${changed.length} values of ${title}`, place);
  }
  const changes = changed.map((name) => {
    const parameter = operation.parameters[name];
    const from = plainValue(documents.before, parameter, valueOf(parameter, values.before, name));
    const to = plainValue(documents.after, parameter, valueOf(parameter, values.after, name));
    const label = Object.keys(operation.parameters).length > 1 ? `${labelOf(name)} ` : '';
    return from === to ? `${label}changed` : `${label}${from} → ${to}`;
  });
  const change = `${title}${numbered ? ':' : ''} ${changes.join(', ')}`;
  return told(change, change, place);
}
