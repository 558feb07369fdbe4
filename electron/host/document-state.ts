/** What a page is told of a document: the value at hand, put into the contract's words. Pure. */

import type { DocumentState, HistoryEntry } from '../../core/protocol/contract';
import { canvasShape } from '../../core/document/stack-check';
import { current, discarded, redoText, undoText, type Entry, type Log } from '../../core/document/log';

/** The history, in the order in which the steps were done. */
function historyOf(log: Log): readonly HistoryEntry[] {
  const told = ({ id, text, command }: Entry, state: HistoryEntry['state']): HistoryEntry => ({
    id,
    text,
    time: command.time,
    state,
  });
  const line = log.line.map((entry, index) =>
    told(entry, index < log.position ? 'done' : index === log.position ? 'current' : 'later'),
  );
  return [...line, ...discarded(log).map((entry) => told(entry, 'discarded'))];
}

export function documentState(
  log: Log,
  rest: Pick<DocumentState, 'name' | 'dirty' | 'reported' | 'revision'>,
): DocumentState {
  const document = current(log);
  const shape = canvasShape(document);
  // Commands that would make such a document are refused.
  if (!shape.ok) throw new Error(`a document without a picture: ${shape.fault.message}`);
  return {
    document,
    history: historyOf(log),
    undo: undoText(log),
    redo: redoText(log),
    size: { width: shape.value.width, height: shape.value.height },
    ...rest,
  };
}
