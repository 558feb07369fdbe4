/** What a control of a parameter gets: the declaration, the value, and where to say that it changes. */

import type { Operation } from '../../core/operation/operation';
import { checkValue } from '../../core/operation/check';
import {
  defaultOf,
  titleOf,
  type GivenValues,
  type Parameter,
  type ParameterValue,
} from '../../core/operation/parameter';
import type { Source } from '../../core/document/document';
import type { OpenDocument } from '../session/open-document.svelte';

export type Kind = Parameter['kind'];
export type ParameterOf<K extends Kind> = Extract<Parameter, { readonly kind: K }>;

export interface Field<K extends Kind = Kind> {
  readonly kind: K;
  readonly name: string;
  readonly label: string;
  readonly parameter: ParameterOf<K>;
  /** The value given or the default; undefined where there is neither, or what is given does not fit. */
  readonly value: ParameterValue | undefined;
  readonly operation: Operation;
  /** All values as given. */
  readonly given: GivenValues;
  readonly document: OpenDocument;
  readonly disabled: boolean;
  /** Shows what these values would do. */
  preview(values: GivenValues, event: Event): void;
  /** Keeps these values: one step of the history. `source` is a picture that the document did not know before. */
  commit(values: GivenValues, event: Event | undefined, source?: Source): void;
  abandon(event: Event): void;
}

export type FieldParts = Omit<Field, 'kind' | 'name' | 'label' | 'parameter' | 'value'>;

/** A field for every parameter of the operation, in the order of the declaration. */
export function fieldsOf(parts: FieldParts): readonly Field[] {
  return Object.entries(parts.operation.parameters).map(([name, parameter]) => ({
    ...parts,
    kind: parameter.kind,
    name,
    label: titleOf(name),
    parameter,
    value: valueOf(parameter, parts.given[name]),
  }));
}

function valueOf(parameter: Parameter, given: unknown): ParameterValue | undefined {
  const value = given ?? defaultOf(parameter);
  return fits(parameter, value) ? value : undefined;
}

function fits(parameter: Parameter, value: unknown): value is ParameterValue {
  return checkValue('', parameter, value) === null;
}
