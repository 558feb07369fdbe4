/**
 * A gesture under way is a draft: a command that is not yet in the log. What is shown is the draft where there is one, else the
 * log's current document; to commit is to append the command, to abandon is to forget it.
 */

import { succeed, type Result } from '../raster/fault';
import type { Command } from './command';
import type { Document } from './document';
import { current, type Log } from './log';
import { reduce } from './reduce';

export interface Draft {
  readonly command: Command;
  /** What the document would be. */
  readonly document: Document;
}

/** The document with a draft command carried out; null is no draft. */
export function withDraft(document: Document, command: Command | null): Result<Document> {
  return command === null ? succeed(document) : reduce(document, command);
}

/** The command as a draft over the log's current document. */
export function draftOf(log: Log, command: Command): Result<Draft> {
  const document = withDraft(current(log), command);
  return document.ok ? succeed({ command, document: document.value }) : document;
}

export function shown(log: Log, draft: Draft | null): Document {
  return draft?.document ?? current(log);
}
