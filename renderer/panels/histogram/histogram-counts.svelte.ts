/** The newest counts of a document's picture, as it is and as it was opened, of all of it or of a selection. */

import type { PictureHistogram } from '../../../core/derive/histogram-statistics';
import type { SelectedArea } from '../../../core/raster/selection';
import { Asked } from '../../session/asked.svelte';
import type { OpenDocument } from '../../session/open-document.svelte';
import type { PageConnection } from '../../session/page-connection';
import { untouchedFits, untouchedName } from '../../session/untouched';

interface Question {
  readonly of: OpenDocument;
  /** Null: the whole picture. */
  readonly area: SelectedArea | null;
}

export interface Counts extends Pick<Question, 'area'> {
  readonly histogram: PictureHistogram;
}

export class HistogramCounts {
  /** Why there is no newest answer; empty where there is one. */
  problem = $state('');
  readonly #connection: PageConnection;
  readonly #after = this.#counting('after');
  readonly #before = this.#counting('before');

  constructor(connection: PageConnection) {
    this.#connection = connection;
  }

  /** Null until the first answer. */
  get after(): Counts | null {
    return this.#after.answer;
  }

  /** Of the same pixels as `after`, at the same depth; null where it is not asked for, or not there yet. */
  get before(): Counts | null {
    const [after, before] = [this.#after.answer, this.#before.answer];
    if (after === null || before === null || after.area !== before.area) return null;
    return after.histogram.depth === before.histogram.depth ? before : null;
  }

  /**
   * Asks for the counts; of the untouched picture too, where `before`. A selection's place in that is the same place only where it has
   * the same size, so else it has no before. Null: of none.
   */
  ask(of: OpenDocument | null, area: SelectedArea | null, before: boolean): void {
    const question = of && { of, area };
    void this.#after.about(question);
    if (of === null || !before || (area !== null && !untouchedFits(of))) void this.#before.about(null);
    else void this.#before.about(question, area === null ? untouchedName(of) : null);
  }

  #counting(which: 'after' | 'before'): Asked<Question, Counts> {
    return new Asked(async ({ of, area }) => {
      const question = { document: of.id, which, selection: area };
      const answer = await this.#connection.call('histogram.read', question);
      this.problem = answer.ok ? '' : answer.fault.message;
      return answer.ok ? { area, histogram: answer.value.histogram } : null;
    });
  }
}
