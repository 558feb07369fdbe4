/**
 * Commands that the page shows already although the main process has not told of them: those that were sent and not yet
 * answered, and the draft of a gesture. They are applied by the same function as there. That some may be in the document
 * already does no harm: every command names what it makes and where it goes, so a second time it changes nothing.
 */

import type { Command } from '../../core/document/command';
import type { Document } from '../../core/document/document';
import { reduce } from '../../core/document/reduce';

export class Pending {
  /** What the gesture under way would do, null while there is none. */
  draft = $state.raw<Command | null>(null);
  #sent = $state.raw<readonly Command[]>([]);

  /** Whether a command is on its way. */
  get some(): boolean {
    return this.#sent.length > 0;
  }

  /** Shows a command from now on, until the returned function is called. */
  begin(command: Command): () => void {
    this.#sent = [...this.#sent, command];
    return () => {
      this.#sent = this.#sent.filter((sent) => sent !== command);
    };
  }

  /** The document as it will be once what was sent is done, without the draft. */
  sent(document: Document): Document {
    return this.#sent.reduce(done, document);
  }

  /** The document as it is shown: with what was sent and the draft. */
  applied(document: Document): Document {
    const sent = this.sent(document);
    return this.draft === null ? sent : done(sent, this.draft);
  }
}

/** One that would be refused is left out. */
function done(document: Document, command: Command): Document {
  const next = reduce(document, command);
  return next.ok ? next.value : document;
}
