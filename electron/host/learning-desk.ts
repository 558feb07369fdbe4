/** What there is to learn with: sample pictures, the lessons of a folder, and whether a lesson's task is done. */

import { checkTask } from '../../core/node/lessons/check-task';
import { readLessons } from '../../core/node/lessons/read-lessons';
import type { Engine } from '../../core/node/engine/engine';
import type { Lesson } from '../../core/derive/lesson/lesson';
import { documentAt } from '../../core/document/log';
import type { LearningAnswers } from '../../core/protocol/learning-calls';
import { fail, FaultError, succeed, type Result } from '../../core/raster/fault';
import type { DocumentSession } from './document-session';
import type { Samples } from './samples';

export interface LearningParts {
  readonly engine: Pick<Engine, 'render' | 'look'>;
  readonly samples: Samples;
  /** Where the lessons lie. */
  readonly folder: string;
  /** Told of files that hold no lesson: a mistake of whoever wrote them, which stops nobody from learning with the others. */
  readonly complain: (error: unknown) => void;
}

export class LearningDesk {
  readonly samples: Samples;
  readonly #parts: LearningParts;
  #lessons: Promise<readonly Lesson[]> | null = null;

  constructor(parts: LearningParts) {
    this.#parts = parts;
    this.samples = parts.samples;
  }

  /** Lessons whose sample is not there are left out. */
  async list(): Promise<LearningAnswers['learning.list']> {
    const [samples, lessons] = await Promise.all([this.samples.list(), this.#found()]);
    const offered = lessons.filter(({ sample }) => samples.some(({ id }) => id === sample));
    return { samples, lessons: offered };
  }

  #found(): Promise<readonly Lesson[]> {
    this.#lessons ??= readLessons(this.#parts.folder).then(({ lessons, faults }) => {
      for (const fault of faults) this.#parts.complain(new FaultError(fault));
      return lessons;
    });
    return this.#lessons;
  }

  /** Whether the task is done in the picture as it is shown, the gesture under way included. */
  async check(session: DocumentSession, id: string): Promise<Result<LearningAnswers['lesson.check']>> {
    const lesson = (await this.#found()).find((each) => each.id === id);
    if (!lesson) return fail('not-found', `there is no lesson "${id}"`);
    const source = await this.samples.source(lesson.sample);
    if (!source.ok) return source;
    const opened = documentAt(session.log, 0);
    if (opened.layers[0].source !== source.value)
      return fail(
        'refused',
        `this picture is not the one of the lesson ${lesson.title}`,
        'begin the lesson again',
      );
    try {
      const { checks } = lesson.task;
      const outcomes = await checkTask({ engine: this.#parts.engine }, opened, session.shown, checks);
      const reports = outcomes.map((outcome, at) => ({ ...outcome, otherwise: checks[at].otherwise }));
      return succeed({ reports });
    } catch (error) {
      if (error instanceof FaultError) return { ok: false, fault: error.fault };
      throw error;
    }
  }
}
