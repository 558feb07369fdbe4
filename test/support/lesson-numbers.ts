/**
 * Whether what a lesson says in numbers is so. Every number in its texts has to be a value of a step, a fact that is verified, or given as a
 * definition; so a text cannot go wrong without a test that says where.
 */

import type { Lesson, LessonPage } from '../../core/derive/lesson/lesson';
import { pagesOf } from '../../core/derive/lesson/lesson';

/** "3,600" and "46.817" are one number each; so are the parts of "720 × 480". */
const NUMBER = /\d+(?:,\d{3})*(?:\.\d+)?/g;

export function numbersIn(text: string): readonly string[] {
  return (text.match(NUMBER) ?? []).map((number) => number.replaceAll(',', ''));
}

/** What a page says: its text, its formula, and on the last page what is said of the checks. */
export function saidOn(lesson: Lesson, page: LessonPage): string {
  const { task } = lesson;
  const words = [page.title, ...page.text];
  if (page !== task) return words.join('\n');
  return [...words, task.done, ...task.checks.map(({ otherwise }) => otherwise)].join('\n');
}

/** Numbers that no fact, no step and no definition of the page accounts for. */
export function unaccounted(lesson: Lesson): readonly string[] {
  return pagesOf(lesson).flatMap((page) => {
    const steps = page === lesson.task ? [...page.stack, ...lesson.task.solution] : page.stack;
    const known = new Set([
      ...page.facts.flatMap(({ says }) => numbersIn(says)),
      ...page.given.flatMap(numbersIn),
      ...numbersIn(JSON.stringify(steps.map(({ params }) => params))),
    ]);
    const numbers = numbersIn(saidOn(lesson, page));
    return numbers.filter((number) => !known.has(number)).map((number) => `${page.title}: ${number}`);
  });
}
