/** Saving a document as a project file; the file comes as a download where there was no dialog for its place. */

import type { Payload } from '../../core/protocol/contract';
import { sizeText } from './export-job.svelte';
import { fetchFile } from './fetch-file';
import type { ChangedQuestion } from './close-question.svelte';
import type { Messages } from './messages.svelte';
import type { OpenDocument } from './open-document.svelte';
import type { PageConnection } from './page-connection';

export type SaveWish = Omit<Payload<'document.save'>, 'document'>;

interface Surroundings {
  readonly connection: PageConnection;
  readonly messages: Messages;
  readonly changed: ChangedQuestion;
}

/** Resolves to whether it was saved; where it was not, the user thought better of it or an alert has said why. */
export async function saveDocument(
  surroundings: Surroundings,
  document: OpenDocument,
  wish: SaveWish,
): Promise<boolean> {
  const { connection, messages, changed } = surroundings;
  document.saving++;
  const answer = await connection.call('document.save', { document: document.id, ...wish });
  document.saving--;
  if (!answer.ok && answer.fault.code === 'changed') {
    const choice = await changed.ask(document);
    if (choice === 'cancel') return false;
    const next = choice === 'saveAs' ? { as: true } : { overwrite: true };
    return saveDocument(surroundings, document, { ...wish, ...next });
  }
  if (!answer.ok) {
    if (answer.fault.message !== 'cancelled') messages.alert(answer.fault);
    return false;
  }
  const { name, download, bytes } = answer.value;
  if (name === null) return false;
  if (download !== null) fetchFile(connection.resource(download), name);
  messages.notice(`Saved ${name}, ${sizeText(bytes)}`);
  return true;
}
