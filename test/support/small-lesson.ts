/** A lesson of three pages for tests of the page: an operation, another value of it, and a task. */

import type { Lesson } from '../../core/derive/lesson/lesson';
import type { Sample } from '../../core/protocol/learning-calls';
import { lessonFromJson } from '../../core/protocol/lesson-schema';

export const smallSample: Sample = { id: 'lake', name: 'Lake', about: 'Water', width: 640, height: 480 };

export function smallLesson(id = 'small', title = 'A small lesson'): Lesson {
  const read = lessonFromJson(id, {
    title,
    summary: 'Two gammas',
    minutes: 2,
    sample: 'lake',
    pages: [
      {
        title: 'Lighter',
        text: ['With **Gamma** it gets lighter.'],
        stack: [{ id: 'gamma', params: { gamma: 2 } }],
        look: { panels: ['Histogram'], pin: [3, 4], area: [0, 0, 10, 10] },
      },
      { title: 'Darker', text: ['And darker.'], stack: [{ id: 'gamma', params: { gamma: 0.5 } }] },
    ],
    task: {
      title: 'Now you',
      text: ['Turn it over.'],
      stack: [],
      checks: [{ kind: 'same', as: [{ id: 'negative' }], otherwise: 'Add **Negative**.' }],
      solution: [{ id: 'negative' }],
      done: 'That is a negative.',
    },
  });
  if (!read.ok) throw new Error(read.fault.message);
  return read.value;
}
