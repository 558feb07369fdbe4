/** What of an operation can be moved on its transfer curve: levels that go in, levels that come out, and points of a curve. */

import { movedPoint, pointNear } from '../../controls/curve-points';
import type { Operation } from '../../../core/operation/operation';
import { defaultOf, titleOf, type GivenValues, type Points } from '../../../core/operation/parameter';

/** A level of the operation's, as a line across the plot. */
export interface Guide {
  readonly name: string;
  readonly label: string;
  readonly axis: 'in' | 'out';
  /** On the 255 scale. */
  readonly value: number;
}

/** Something under the pointer that can be dragged. */
export type Grip =
  | { readonly kind: 'guide'; readonly guide: Guide; readonly step: number }
  | { readonly kind: 'point'; readonly name: string; readonly points: Points; readonly at: number };

type Place = readonly [r: number, s: number];

/** The lines of an operation with these values. */
export function guidesOf({ parameters }: Operation, given: GivenValues): readonly Guide[] {
  return Object.entries(parameters).flatMap(([name, parameter]) => {
    if (parameter.kind !== 'number' || parameter.axis === undefined) return [];
    const value = given[name] ?? defaultOf(parameter);
    return typeof value === 'number' ? [{ name, label: titleOf(name), axis: parameter.axis, value }] : [];
  });
}

/** The points of an operation that has a curve, with the parameter's name; null for others. */
export function curvePointsOf(
  { parameters }: Operation,
  given: GivenValues,
): { readonly name: string; readonly points: Points } | null {
  for (const [name, parameter] of Object.entries(parameters)) {
    if (parameter.kind !== 'points') continue;
    const value = given[name] ?? parameter.suggested;
    if (isPoints(value)) return { name, points: value };
  }
  return null;
}

function isPoints(value: unknown): value is Points {
  return Array.isArray(value) && value.every((point) => Array.isArray(point) && point.length === 2);
}

/** What can be dragged at a place, within `reach` levels of it: the nearest. */
export function gripAt(operation: Operation, given: GivenValues, place: Place, reach: number): Grip | null {
  const curve = curvePointsOf(operation, given);
  const at = curve === null ? null : pointNear(curve.points, [...place], reach);
  if (curve !== null && at !== null) return { kind: 'point', ...curve, at };
  const distance = ({ axis, value }: Guide): number => Math.abs(place[axis === 'in' ? 0 : 1] - value);
  const [guide] = guidesOf(operation, given)
    .filter((each) => distance(each) <= reach)
    .toSorted((a, b) => distance(a) - distance(b));
  if (guide === undefined) return null;
  const parameter = operation.parameters[guide.name];
  return { kind: 'guide', guide, step: parameter.kind === 'number' ? parameter.step : 1 };
}

/** The values with the grip at another place. */
export function draggedTo(grip: Grip, given: GivenValues, place: Place): GivenValues {
  if (grip.kind === 'point') {
    return { ...given, [grip.name]: movedPoint(grip.points, grip.at, [...place]) };
  }
  const { guide, step } = grip;
  const wanted = place[guide.axis === 'in' ? 0 : 1];
  const value = Math.min(255, Math.max(0, Math.round(wanted / step) * step));
  return { ...given, [guide.name]: value };
}
