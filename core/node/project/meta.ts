/**
 * `burnish/meta.json`: the format's version, the size of the canvas, and where in its history the document stands. Here is also
 * where projects of older formats are brought to the newest, before their form is checked: so the rest of the program knows one
 * format only.
 */

import * as v from 'valibot';
import type { PositionRecord } from '../../document/log-records';
import { nearestName } from '../../operation/nearest-name';
import { fail, succeed, type Result } from '../../raster/fault';
import type { Size } from '../../raster/rectangle';

export const META = 'burnish/meta.json';

export interface Meta {
  readonly canvas: Size;
  /** The current entry, and the last one of the line that it lies on. */
  readonly position: PositionRecord;
  /** Whether the flat parts, for other programs, are there; they are not in a project that was saved small. */
  readonly rendered: boolean;
}

/** The JSON of a project as it stands in the archive, whatever its format. */
export interface WrittenParts {
  readonly meta: Readonly<Record<string, unknown>>;
  /** A value a line. */
  readonly history: readonly unknown[];
}

/**
 * What makes a project of each format one of the newest: the first is for format 1, and so on. A new format adds itself at the
 * end, and those before it then lead to it.
 */
const TO_NEWEST: readonly ((written: WrittenParts) => WrittenParts)[] = [(written) => written];

/** The format that is written. */
export const FORMAT = TO_NEWEST.length;

const whole = (least: number) => {
  const expected = `expected a whole number from ${least}`;
  return v.pipe(v.number(expected), v.safeInteger(expected), v.minValue(least, expected));
};
const anObject = 'expected an object';

const metaSchema = v.strictObject({
  burnish: v.literal(FORMAT),
  canvas: v.strictObject({ width: whole(1), height: whole(1) }, anObject),
  position: v.strictObject({ current: whole(0), tip: whole(0) }, anObject),
  rendered: v.boolean('expected true or false'),
});

/** The text of the part. */
export function metaText({ canvas, position, rendered }: Meta): string {
  const { width, height } = canvas;
  return `${JSON.stringify({ burnish: FORMAT, canvas: { width, height }, position, rendered }, null, 2)}\n`;
}

/** The parts as the newest format has them; a newer one than that is refused by its number. */
export function migrated(meta: unknown, history: readonly unknown[]): Result<WrittenParts> {
  if (!v.is(v.looseObject({ burnish: v.unknown() }), meta)) {
    return fail('damaged', `${META} does not say which format the project has`);
  }
  const format = meta.burnish;
  if (typeof format !== 'number' || !Number.isInteger(format) || format < 1) {
    return fail('damaged', `${META} gives no valid number of a format`);
  }
  if (format > FORMAT) {
    const message = `made by a newer Burnish (format ${format}); this one reads format ${FORMAT}`;
    return fail('unsupported', message, 'update Burnish');
  }
  return succeed(TO_NEWEST[format - 1]({ meta, history }));
}

/** What the part says. */
export function metaFrom(value: unknown): Result<Meta> {
  const parsed = v.safeParse(metaSchema, value);
  if (parsed.success) return succeed(parsed.output);
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue) ?? '';
  const isUnknown = issue.expected === 'never';
  const nearest = isUnknown ? nearestName(path, Object.keys(metaSchema.entries)) : null;
  return fail(
    'damaged',
    `${META}: ${path}: ${isUnknown ? 'unknown field' : issue.input === undefined ? 'is missing' : issue.message}`,
    nearest === null ? '' : `did you mean "${nearest}"?`,
  );
}
