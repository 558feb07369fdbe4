/**
 * The lessons of a folder: each a JSON file, in the order of their names. `04-gamma.json` is the lesson `gamma`: the number says where it
 * stands and may change, the name is what preferences remember.
 */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lesson } from '../../derive/lesson/lesson';
import { lessonFromJson } from '../../protocol/lesson-schema';
import { fail, type Fault, type Result } from '../../raster/fault';
import { readingFault } from '../files/system-fault';

export interface FoundLessons {
  readonly lessons: readonly Lesson[];
  /** Of files that hold no lesson. */
  readonly faults: readonly Fault[];
}

const FILE = /^\d+-([a-z0-9-]+)\.json$/;

export async function readLessons(folder: string): Promise<FoundLessons> {
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    return { lessons: [], faults: [readingFault(error)] };
  }
  const files = names
    .filter((name) => FILE.test(name))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const read = await Promise.all(
    files.map((name) => readLesson(join(folder, name), FILE.exec(name)?.[1] ?? name)),
  );
  return {
    lessons: read.flatMap((result) => (result.ok ? [result.value] : [])),
    faults: read.flatMap((result) => (result.ok ? [] : [result.fault])),
  };
}

async function readLesson(path: string, id: string): Promise<Result<Lesson>> {
  try {
    return lessonFromJson(id, JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) return fail('unreadable', `lesson ${id}: ${error.message}`);
    return { ok: false, fault: readingFault(error) };
  }
}
