/**
 * A step's mask as a value (OPERATIONS.md 2.6): shapes in pixels of the step's input at full resolution, or a picture of its size.
 * What levels that makes is in core/kernels/mask.ts and docs/masks.md; here is which masks there are, and how they are told.
 */

import { receivedText } from '../operation/expectation';
import type { Mask, MaskMode, MaskPart } from '../raster/mask';
import { isPlainObject } from './json';

export type { Mask, MaskMode, MaskPart } from '../raster/mask';

export const MASK_MODES: readonly MaskMode[] = ['add', 'subtract', 'intersect'];
export const MASK_SHAPES: readonly MaskPart['shape'][] = ['rectangle', 'ellipse', 'polygon', 'picture'];

export const MOST_MASK_PARTS = 64;
/** More would cost more than most operations; a lasso is drawn with fewer. */
export const MOST_MASK_POINTS = 1000;
/** Of coordinates and sizes, in pixels. */
export const FARTHEST = 1_000_000;
export const LARGEST_FEATHER = 10_000;

/** What is wrong with a mask: where (`parts[0].width`, empty for the whole) and what. */
export interface MaskProblem {
  readonly path: string;
  readonly message: string;
}

/** The numbers of a part; `least` is excluded where it says so. */
interface Range {
  readonly least: number;
  readonly most: number;
  readonly above?: true;
}

const PLACE: Range = { least: -FARTHEST, most: FARTHEST };
const SIZE: Range = { least: 0, most: FARTHEST, above: true };
const FEATHER: Range = { least: 0, most: LARGEST_FEATHER };

const FIELDS: Readonly<Record<MaskPart['shape'], Readonly<Record<string, Range | 'points' | 'source'>>>> = {
  rectangle: { x: PLACE, y: PLACE, width: SIZE, height: SIZE, feather: FEATHER },
  ellipse: { x: PLACE, y: PLACE, width: SIZE, height: SIZE, feather: FEATHER },
  polygon: { points: 'points', feather: FEATHER },
  picture: { source: 'source' },
};

/**
 * What keeps a value of any origin from being a mask, or null. `complete` masks have every field; recipes may leave out a mode of
 * "add", a feather of 0 and `inverted` where it is false.
 */
export function maskProblem(value: unknown): MaskProblem | null {
  if (!isPlainObject(value)) return wrong('', 'an object { "parts": […] }', value);
  const unknown = unknownName(value, ['parts', 'inverted'], '');
  if (unknown !== null) return unknown;
  if (typeof value.inverted !== 'boolean') return wrong('inverted', 'true or false', value.inverted);
  const { parts } = value;
  if (!Array.isArray(parts) || parts.length < 1 || parts.length > MOST_MASK_PARTS)
    return wrong('parts', `a list of 1 to ${MOST_MASK_PARTS} shapes`, parts);
  for (const [at, part] of parts.entries()) {
    const problem = partProblem(part, `parts[${at}]`);
    if (problem !== null) return problem;
  }
  return null;
}

function partProblem(part: unknown, path: string): MaskProblem | null {
  if (!isPlainObject(part)) return wrong(path, 'an object { "shape": … }', part);
  const shape = MASK_SHAPES.find((each) => each === part.shape);
  if (shape === undefined) return wrong(`${path}.shape`, `one of ${quoted(MASK_SHAPES)}`, part.shape);
  if (!MASK_MODES.some((mode) => mode === part.mode))
    return wrong(`${path}.mode`, `one of ${quoted(MASK_MODES)}`, part.mode);
  const fields = FIELDS[shape];
  const unknown = unknownName(part, ['shape', 'mode', ...Object.keys(fields)], path);
  if (unknown !== null) return unknown;
  for (const [name, field] of Object.entries(fields)) {
    const value = part[name];
    const inside = `${path}.${name}`;
    if (field === 'source') {
      if (typeof value !== 'string' || value === '') return wrong(inside, 'a picture', value);
    } else if (field === 'points') {
      const problem = pointsProblem(value, inside);
      if (problem !== null) return problem;
    } else if (!lies(value, field)) {
      const least = field.above === true ? `above ${field.least} and up` : `from ${field.least}`;
      return wrong(inside, `a number ${least} to ${field.most}`, value);
    }
  }
  return null;
}

function pointsProblem(points: unknown, path: string): MaskProblem | null {
  if (!Array.isArray(points) || points.length < 3 || points.length > MOST_MASK_POINTS)
    return wrong(path, `a list of 3 to ${MOST_MASK_POINTS} points [x, y]`, points);
  for (const [at, point] of points.entries()) {
    const isPoint = Array.isArray(point) && point.length === 2 && point.every((each) => lies(each, PLACE));
    if (!isPoint)
      return wrong(`${path}[${at}]`, `a point [x, y] from ${PLACE.least} to ${PLACE.most}`, point);
  }
  return null;
}

function lies(value: unknown, { least, most, above }: Range): boolean {
  return typeof value === 'number' && value <= most && (above === true ? value > least : value >= least);
}

function unknownName(value: object, known: readonly string[], path: string): MaskProblem | null {
  const name = Object.keys(value).find((field) => !known.includes(field));
  if (name === undefined) return null;
  const inside = path === '' ? name.slice(0, 64) : `${path}.${name.slice(0, 64)}`;
  return { path: inside, message: `unknown field; known are ${known.join(', ')}` };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

function wrong(path: string, expected: string, value: unknown): MaskProblem {
  return {
    path,
    message:
      value === undefined
        ? `missing: ${expected}`
        : `expected ${expected} but received ${receivedText(value)}`,
  };
}

/** The value as a mask, what recipes may leave out filled in; the problem where it is none. */
export function maskFrom(value: unknown): Mask | MaskProblem {
  const whole = completed(value);
  return isMask(whole) ? whole : (maskProblem(whole) ?? { path: '', message: 'no mask' });
}

export function isMask(value: unknown): value is Mask {
  return maskProblem(value) === null;
}

function completed(value: unknown): unknown {
  if (!isPlainObject(value)) return value;
  const parts: unknown = Array.isArray(value.parts)
    ? value.parts.map((part: unknown) => {
        if (!isPlainObject(part)) return part;
        return { mode: 'add', ...(part.shape !== 'picture' && { feather: 0 }), ...part };
      })
    : value.parts;
  return { inverted: false, ...value, parts };
}

/** A mask as recipes write it. */
export interface MaskJson {
  readonly parts: readonly object[];
  readonly inverted?: true;
}

/** The mask as recipes write it, without what has its usual value. */
export function maskToJson({ parts, inverted }: Mask): MaskJson {
  const written = parts.map((part) =>
    Object.fromEntries(
      Object.entries(part).filter(
        ([name, value]) => !(name === 'mode' && value === 'add') && !(name === 'feather' && value === 0),
      ),
    ),
  );
  return { parts: written, ...(inverted && { inverted: true }) };
}

/** The pictures that a mask is made from: source ids in a document, paths in a recipe. */
export function maskSources(mask: Mask | null): readonly string[] {
  return (mask?.parts ?? []).flatMap((part) => (part.shape === 'picture' ? [part.source] : []));
}

/** The mask with its pictures called otherwise. */
export function withMaskSources(mask: Mask, rename: (source: string) => string): Mask {
  const parts = mask.parts.map((part): MaskPart =>
    part.shape === 'picture' ? { ...part, source: rename(part.source) } : part,
  );
  return { ...mask, parts };
}

/** A mask in a few words: "ellipse", "all but a rectangle", "3 shapes". */
export function maskText(mask: Mask | null): string {
  if (mask === null) return 'none';
  const text = mask.parts.length === 1 ? mask.parts[0].shape : `${mask.parts.length} shapes`;
  return mask.inverted ? `all but ${text}` : text;
}

/** The numbers that differ between two masks of the same shapes; null where the shapes themselves do. */
export function changedInMask(before: Mask, after: Mask): readonly MaskChange[] | null {
  if (before.parts.length !== after.parts.length || before.inverted !== after.inverted) return null;
  const changes: MaskChange[] = [];
  for (const [at, part] of before.parts.entries()) {
    const other = after.parts[at];
    const from = new Map(Object.entries(part));
    const to = new Map(Object.entries(other));
    if (part.shape !== other.shape || part.mode !== other.mode) return null;
    for (const [name, value] of from) {
      const then: unknown = to.get(name);
      if (JSON.stringify(value) === JSON.stringify(then)) continue;
      if (typeof value !== 'number' || typeof then !== 'number') return null;
      changes.push({ part: at, name, from: value, to: then });
    }
  }
  return changes;
}

export interface MaskChange {
  readonly part: number;
  readonly name: string;
  readonly from: number;
  readonly to: number;
}
