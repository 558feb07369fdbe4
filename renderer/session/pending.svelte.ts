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

  /** The document with all of them; one that would be refused is left out. */
  applied(document: Document): Document {
    const commands = this.draft ? [...this.#sent, this.draft] : this.#sent;
    return commands.reduce((shown, command) => {
      const next = reduce(shown, command);
      return next.ok ? next.value : shown;
    }, document);
  }
}
