/**
 * A step changed by its controls: a gesture is a preview, letting go is one step of the history. What would be refused is not sent, and
 * said instead.
 */

import type { Source } from '../../core/document/document';
import type { Operation } from '../../core/operation/operation';
import type { GivenValues } from '../../core/operation/parameter';
import { fieldsOf, type Field } from '../controls/field';
import type { ChosenStep } from './choice.svelte';
import type { Draft } from './draft';
import { faultLine } from './messages.svelte';
import type { OpenDocument } from './open-document.svelte';

export class StepEdit {
  /** Why the last change was refused; empty where it was not. */
  wrong = $state('');
  readonly #document: () => OpenDocument;
  readonly #chosen: () => ChosenStep;

  constructor(document: () => OpenDocument, chosen: () => ChosenStep) {
    this.#document = document;
    this.#chosen = chosen;
  }

  /** The command that gives the step these values. */
  setting(params: GivenValues): Draft {
    const { owner, step } = this.#chosen();
    return { type: 'step.set', owner, step: step.id, params };
  }

  preview(draft: Draft, event: Event): void {
    const fault = this.#document().refusal(draft);
    this.wrong = fault ? faultLine(fault) : '';
    if (!fault) this.#document().preview(draft, event);
  }

  async commit(draft: Draft, event?: Event): Promise<void> {
    const fault = this.#document().refusal(draft);
    if (fault) this.#document().abandon(event);
    const refused = fault ?? (await this.#document().commit(draft, event));
    this.wrong = refused ? faultLine(refused) : '';
  }

  abandon(event: Event): void {
    this.wrong = '';
    this.#document().abandon(event);
  }

  /** A field for every parameter of the step's operation. */
  fields(operation: Operation, disabled: boolean): readonly Field[] {
    return fieldsOf({
      operation,
      given: this.#chosen().step.params,
      document: this.#document(),
      disabled,
      preview: (values, event) => this.preview(this.setting(values), event),
      commit: (values, event, source?: Source) =>
        void this.commit({ ...this.setting(values), ...(source && { source }) }, event),
      abandon: (event) => this.abandon(event),
    });
  }
}
