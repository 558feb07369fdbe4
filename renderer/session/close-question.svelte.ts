/** Questions about a document that one dialog at a time asks and answers. */

import type { OpenDocument } from './open-document.svelte';

export class DocumentQuestion<Choice extends string> {
  /** The document that the question is about; null while there is none. */
  document = $state.raw<OpenDocument | null>(null);
  #resolve: ((choice: Choice | 'cancel') => void) | null = null;

  ask(document: OpenDocument): Promise<Choice | 'cancel'> {
    this.answer('cancel');
    this.document = document;
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  answer(choice: Choice | 'cancel'): void {
    const resolve = this.#resolve;
    this.#resolve = null;
    this.document = null;
    resolve?.(choice);
  }
}

/** What is to become of changes that are in no file, when their document is closed. */
export class CloseQuestion extends DocumentQuestion<'save' | 'discard'> {}

/** What is to become of a project file that somebody else has changed, when its document is saved. */
export class ChangedQuestion extends DocumentQuestion<'overwrite' | 'saveAs'> {}
