/** From what a project file holds to a document that can be edited: its pictures decoded, its history under an id of its own. */

import type { DocumentId } from '../../core/document/document';
import { currentEntry, withLine, type Log } from '../../core/document/log';
import type { ProjectContent } from '../../core/node/project/project-file';
import { sourcesOf } from '../../core/node/project/source-files';
import { sameShape } from '../../core/raster/raster';
import { fail, succeed, type Result } from '../../core/raster/fault';
import type { Sources } from './sources';

/**
 * Decodes every picture that the history ever used, one after the other, for steps that will be undone or recovered. What the
 * user ought to know of them is in the answer. After a fault some may be open.
 */
export async function openSources(
  { log, files }: ProjectContent,
  sources: Pick<Sources, 'open'>,
  user: DocumentId,
): Promise<Result<readonly string[]>> {
  const notices: string[] = [];
  for (const [id, told] of sourcesOf(log)) {
    const file = files.get(id);
    if (file === undefined) return fail('damaged', `the original of ${told.name} is missing in it`, ANOTHER);
    const opened = await sources.open({ name: told.name, bytes: file.bytes }, user);
    if (!opened.ok) return opened;
    const { source } = opened.value;
    // The history was written for this picture: steps that fit another would be refused in the middle of an undo.
    if (source.id !== id || !sameShape(source, told))
      return fail('damaged', `${told.name} in it is not the picture that its history tells of`, ANOTHER);
    notices.push(...opened.value.notices);
  }
  return succeed(notices);
}

const ANOTHER = 'open another copy of the project';

/** The same history of a document with this id. */
export function withDocumentId(log: Log, document: DocumentId): Log {
  const [first, ...rest] = log.entries;
  if (first.command.type !== 'document.open') throw new Error('a log without an opening');
  if (first.command.document === document) return log;
  const entries = [{ ...first, command: { ...first.command, document } }, ...rest];
  return withLine(entries, currentEntry(log).id, log.line[log.line.length - 1].id);
}
