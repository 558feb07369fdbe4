/**
 * Reading a lesson's file. Strict, as recipes are: a misspelt name is refused with its path, so that whoever writes a lesson learns of it at
 * once. Stacks are written as recipes write operations, pixels as [x, y], areas as [x, y, width, height].
 */

import * as v from 'valibot';
import {
  LESSON_PANELS,
  READ_CHANNELS,
  STATISTICS,
  type Check,
  type Fact,
  type Lesson,
  type LessonPage,
  type Look,
  type Reading,
} from '../derive/lesson/lesson';
import type { Pixel } from '../derive/pixel-story';
import { isPlainObject, jsonProblem, type JsonLimits } from '../document/json';
import { operationsFromJson } from '../document/recipe-reading';
import type { Application } from '../document/step-check';
import { fail, sentence, succeed, type Result } from '../raster/fault';
import type { Rectangle } from '../raster/rectangle';
import { identifier } from './common-schemas';

const LIMITS: JsonLimits = { depth: 16, values: 20_000, text: 4096 };

const words = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2000));
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80));
const number = v.pipe(v.number(), v.finite());
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const counted = v.pipe(whole, v.minValue(1));
const digits = v.optional(v.pipe(whole, v.maxValue(6)), 0);

const pixel = v.pipe(
  v.strictTuple([whole, whole]),
  v.transform(([x, y]): Pixel => ({ x, y })),
);
const area = v.pipe(
  v.strictTuple([whole, whole, counted, counted]),
  v.transform(([x, y, width, height]): Rectangle => ({ x, y, width, height })),
);

/** Operations as a recipe has them. */
const stack = v.pipe(
  v.array(v.unknown()),
  v.rawTransform<unknown[], readonly Application[]>(({ dataset, addIssue, NEVER }) => {
    const steps = operationsFromJson(dataset.value, '');
    if (steps.ok) return steps.value;
    addIssue({ message: sentence(steps.fault) });
    return NEVER;
  }),
);

const of = v.optional(v.picklist(READ_CHANNELS), 'luma');
const readingSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('level'), at: pixel, of }),
  v.strictObject({ kind: v.literal('statistic'), of, statistic: v.picklist(STATISTICS) }),
  v.strictObject({ kind: v.literal('levels'), of }),
  v.strictObject({ kind: v.literal('share'), of, from: whole, to: whole }),
  v.strictObject({ kind: v.literal('size'), side: v.picklist(['width', 'height']) }),
  v.strictObject({ kind: v.literal('reported'), step: counted, name }),
]) satisfies v.GenericSchema<unknown, Reading>;

const checkSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('same'), as: stack, otherwise: words }),
  v.strictObject({
    kind: v.literal('range'),
    reading: readingSchema,
    min: number,
    max: number,
    otherwise: words,
  }),
]) satisfies v.GenericSchema<unknown, Check>;

const says = name;
const factSchema = v.variant('kind', [
  v.strictObject({
    kind: v.literal('reading'),
    says,
    reading: readingSchema,
    of: v.optional(v.picklist(['page', 'sample']), 'page'),
    is: number,
    digits,
  }),
  v.strictObject({ kind: v.literal('table'), says, from: whole, is: whole }),
  v.strictObject({ kind: v.literal('sum'), says, formula: words, is: number, digits }),
]) satisfies v.GenericSchema<unknown, Fact>;

const lookSchema = v.strictObject({
  panels: v.optional(v.nullable(v.array(v.picklist(LESSON_PANELS))), null),
  area: v.optional(v.nullable(area), null),
  zoom: v.optional(v.nullable(v.pipe(counted, v.maxValue(64))), null),
  pin: v.optional(v.nullable(pixel), null),
  show: v.optional(v.picklist(['after', 'before', 'both']), 'after'),
  step: v.optional(v.nullable(counted), null),
}) satisfies v.GenericSchema<unknown, Look>;

const page = {
  title: name,
  text: v.pipe(v.array(words), v.minLength(1), v.maxLength(6)),
  formula: v.optional(v.pipe(v.string(), v.maxLength(400)), ''),
  /** Left out: as on the page before. */
  stack: v.optional(stack),
  look: v.optional(lookSchema, {}),
  facts: v.optional(v.array(factSchema), []),
  given: v.optional(v.array(name), []),
} as const;

const fileSchema = v.strictObject({
  title: name,
  /** One sentence, without a full stop. */
  summary: words,
  minutes: v.pipe(counted, v.maxValue(30)),
  /** Id of a sample picture. */
  sample: identifier,
  pages: v.pipe(v.array(v.strictObject(page)), v.minLength(1), v.maxLength(12)),
  task: v.strictObject({
    ...page,
    checks: v.pipe(v.array(checkSchema), v.minLength(1), v.maxLength(8)),
    solution: stack,
    done: words,
  }),
});

type GivenPage = Omit<LessonPage, 'stack'> & { readonly stack?: readonly Application[] | undefined };

/** The page with its stack, and that stack for the page after it. */
function withStack<P extends GivenPage>(given: P, before: readonly Application[]): P & LessonPage {
  return { ...given, stack: given.stack ?? before };
}

/** A lesson from the parsed JSON of its file. `id` is what it is called in addresses and preferences. The fault names the path. */
export function lessonFromJson(id: string, value: unknown): Result<Lesson> {
  if (!isPlainObject(value)) return fail('unreadable', `lesson ${id}: expected an object`);
  const problem = jsonProblem(value, LIMITS);
  if (problem !== null) return fail('unreadable', `lesson ${id}: ${problem.path}: ${problem.message}`);
  const checked = v.safeParse(fileSchema, value, { abortEarly: true });
  if (!checked.success) {
    const [issue] = checked.issues;
    return fail('unreadable', `lesson ${id}: ${v.getDotPath(issue) ?? ''}: ${issue.message}`);
  }
  const { pages: given, task, ...facts } = checked.output;
  const pages = given.reduce<readonly LessonPage[]>(
    (before, each) => [...before, withStack(each, before.at(-1)?.stack ?? [])],
    [],
  );
  const last = withStack(task, pages.at(-1)?.stack ?? []);
  return succeed({ ...facts, id, pages, task: last });
}
