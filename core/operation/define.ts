/**
 * How operations are made. The functions give each kind its types — `values` has exactly the declared parameters, so a misspelt
 * one does not compile. What types cannot hold (names, defaults, examples, every name in every formula) a test holds against
 * `checkDeclaration`, because it would cost every process and every thread that loads the operations a tenth of a second.
 */

import type {
  Application,
  AreaOperation,
  BlendOperation,
  ComposedOperation,
  GeometryOperation,
  GlobalOperation,
  OperationOf,
  PointOperation,
  WholeOperation,
} from './operation';
import type { Parameters, Values } from './parameter';

/** What an author writes: everything but the kind. */
type Written<O> = { readonly [K in keyof O as K extends 'kind' ? never : K]: O[K] };

export function definePoint<const P extends Parameters>(
  written: Written<PointOperation<P>>,
): PointOperation<P> {
  return { kind: 'point', ...written };
}

export function defineGlobal<const P extends Parameters>(
  written: Written<GlobalOperation<P>>,
): GlobalOperation<P> {
  return { kind: 'global', ...written };
}

export function defineArea<const P extends Parameters>(written: Written<AreaOperation<P>>): AreaOperation<P> {
  return { kind: 'area', ...written };
}

export function defineGeometry<const P extends Parameters>(
  written: Written<GeometryOperation<P>>,
): GeometryOperation<P> {
  return { kind: 'geometry', ...written };
}

export function defineWhole<const P extends Parameters>(
  written: Written<WholeOperation<P>>,
): WholeOperation<P> {
  return { kind: 'whole', ...written };
}

export function defineBlend<const P extends Parameters>(
  written: Written<BlendOperation<P>>,
): BlendOperation<P> {
  return { kind: 'blend', ...written };
}

/** Its declaration can be checked only when the operations are known that its steps name. */
export function defineComposed<const P extends Parameters>(
  written: Written<ComposedOperation<P>>,
): ComposedOperation<P> {
  return { kind: 'composed', ...written };
}

/** Parameters that may be left out. */
type Optional<P extends Parameters> = {
  [K in keyof P]: P[K] extends { readonly default: unknown } | { readonly optional: true } ? K : never;
}[keyof P];

/** Values as a recipe gives them: required ones, and any others. */
export type Given<P extends Parameters> = Omit<Values<P>, Optional<P>> &
  Partial<Pick<Values<P>, Optional<P>>>;

/** An operation with values, as recipes and documents write it. */
export function applicationOf<const P extends Parameters>(
  operation: OperationOf<P>,
  values: NoInfer<Given<P>>,
): Application {
  return { id: operation.id, params: { ...values } };
}
