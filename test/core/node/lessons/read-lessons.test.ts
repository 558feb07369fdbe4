// The lessons of a folder: in the order of their numbers, and one that is broken keeps nobody from the others.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLessons } from '../../../../core/node/lessons/read-lessons';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-lessons-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const page = { title: 'A page', text: ['Some words.'] };
const lesson = {
  title: 'A lesson',
  summary: 'What it is about',
  minutes: 3,
  sample: 'lake',
  pages: [page],
  task: {
    ...page,
    checks: [{ kind: 'same', as: [{ id: 'negative' }], otherwise: 'Add it.' }],
    solution: [{ id: 'negative' }],
    done: 'Well done.',
  },
};

const write = (name: string, value: unknown) =>
  writeFile(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));

describe('lessons', () => {
  it('come in the order of their numbers, and are called by what follows', async () => {
    await write('10-last.json', lesson);
    await write('2-first.json', lesson);
    await write('notes.json', 'no lesson');
    await write('3-also.txt', 'no lesson');
    const { lessons, faults } = await readLessons(folder);
    expect(lessons.map(({ id }) => id)).toEqual(['first', 'last']);
    expect(faults).toEqual([]);
  });

  it('that are broken are told of, and the others are there', async () => {
    await write('1-good.json', lesson);
    await write('2-cut.json', '{ "title": ');
    await write('3-wrong.json', { ...lesson, minutes: 'three' });
    const { lessons, faults } = await readLessons(folder);
    expect(lessons.map(({ id }) => id)).toEqual(['good']);
    expect(faults.map(({ message }) => message)).toEqual([
      expect.stringContaining('lesson cut: '),
      expect.stringContaining('lesson wrong: minutes: '),
    ]);
  });

  it('are none where there is no folder', async () => {
    const { lessons, faults } = await readLessons(join(folder, 'nowhere'));
    expect(lessons).toEqual([]);
    expect(faults).toHaveLength(1);
  });
});
