// A lesson's file is read strictly: what is misspelt, missing or out of range is refused, in one line that says where.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lessonFromJson } from '../../../core/protocol/lesson-schema';
import { unaccounted } from '../../support/lesson-numbers';

const page = { title: 'A page', text: ['Some words.'] };
const task = {
  ...page,
  checks: [{ kind: 'same', as: [{ id: 'negative' }], otherwise: 'Add it.' }],
  solution: [{ id: 'negative' }],
  done: 'Well done.',
};
const lesson = {
  title: 'A lesson',
  summary: 'What it is about',
  minutes: 3,
  sample: 'lake',
  pages: [page],
  task,
};

const faultOf = (value: unknown): string => {
  const read = lessonFromJson('a', value);
  return read.ok ? '' : read.fault.message;
};

describe('a lesson', () => {
  it('is complete once it is read: what was left out has its usual value', () => {
    const read = lessonFromJson('a', lesson);
    if (!read.ok) throw new Error(read.fault.message);
    const [first] = read.value.pages;
    expect(first).toEqual({
      ...page,
      formula: '',
      stack: [],
      look: { panels: null, area: null, zoom: null, pin: null, show: 'after', step: null },
      facts: [],
      given: [],
    });
    expect(read.value.id).toBe('a');
    expect(read.value.task.solution).toEqual([
      expect.objectContaining({ operation: 'negative', enabled: true }),
    ]);
  });

  it('keeps a stack from page to page until another is named', () => {
    const pages = [page, { ...page, stack: [{ id: 'negative' }] }, page, { ...page, stack: [] }];
    const read = lessonFromJson('a', { ...lesson, pages });
    if (!read.ok) throw new Error(read.fault.message);
    expect(read.value.pages.map(({ stack }) => stack.length)).toEqual([0, 1, 1, 0]);
    expect(read.value.task.stack).toEqual([]);
  });

  it('is what the documentation shows, and its numbers are accounted for', () => {
    const manual = readFileSync(join(import.meta.dirname, '../../../docs/lessons.md'), 'utf8');
    const [, example] = /```json\n([^`]*)```/.exec(manual) ?? [];
    const read = lessonFromJson('example', JSON.parse(example ?? ''));
    if (!read.ok) throw new Error(read.fault.message);
    expect(unaccounted(read.value)).toEqual([]);
  });

  it('names pixels and areas as people write them', () => {
    const look = { pin: [3, 4], area: [1, 2, 30, 40] };
    const read = lessonFromJson('a', { ...lesson, pages: [{ ...page, look }] });
    if (!read.ok) throw new Error(read.fault.message);
    expect(read.value.pages[0].look).toMatchObject({
      pin: { x: 3, y: 4 },
      area: { x: 1, y: 2, width: 30, height: 40 },
    });
  });

  it.each<[string, unknown, string]>([
    ['no object', [], 'lesson a: expected an object'],
    ['a field that is misspelt', { ...lesson, sumary: 'x' }, 'lesson a: sumary: '],
    ['a field that is missing', { ...lesson, title: undefined }, 'title'],
    ['no pages', { ...lesson, pages: [] }, 'pages'],
    ['a page without words', { ...lesson, pages: [{ ...page, text: [] }] }, 'pages.0.text'],
    [
      'an operation that does not exist',
      { ...lesson, pages: [{ ...page, stack: [{ id: 'gama' }] }] },
      'did you mean "gamma"?',
    ],
    [
      'a parameter out of range',
      { ...lesson, task: { ...task, solution: [{ id: 'gamma', params: { gamma: 99 } }] } },
      'gamma',
    ],
    [
      'a panel that does not exist',
      { ...lesson, pages: [{ ...page, look: { panels: ['Layers'] } }] },
      'panels',
    ],
    ['a pixel outside all pictures', { ...lesson, pages: [{ ...page, look: { pin: [-1, 0] } }] }, 'pin'],
    ['a task that checks nothing', { ...lesson, task: { ...task, checks: [] } }, 'task.checks'],
    ['a check of no kind', { ...lesson, task: { ...task, checks: [{ kind: 'sure' }] } }, 'task.checks.0'],
    ['a sample that is a path', { ...lesson, sample: '../lake' }, 'sample'],
  ])('is refused with %s', (_, value, place) => {
    expect(faultOf(value)).toContain(place);
  });
});
