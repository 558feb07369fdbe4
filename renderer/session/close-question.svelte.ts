/** What is to become of changes that are in no file, when their document is closed: asked once, answered by the dialog. */

import type { OpenDocument } from './open-document.svelte';

export type CloseChoice = 'save' | 'discard' | 'cancel';

export class CloseQuestion {
  /** The document that the question is about; null while there is none. */
  document = $state.raw<OpenDocument | null>(null);
  #resolve: ((choice: CloseChoice) => void) | null = null;

  ask(document: OpenDocument): Promise<CloseChoice> {
    this.answer('cancel');
    this.document = document;
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  answer(choice: CloseChoice): void {
    const resolve = this.#resolve;
    this.#resolve = null;
    this.document = null;
    resolve?.(choice);
  }
}
