/** What a step is set to, in a few words for its row: the values that differ from the usual ones. */

import type { Document } from '../../core/document/document';
import type { Application } from '../../core/document/step-check';
import { plainValue } from '../../core/document/telling';
import { sameValue, isGiven } from '../../core/document/values';
import { defaultOf } from '../../core/operation/parameter';
import { operationById } from '../../core/operations';

export function summaryOf(
  document: Pick<Document, 'sources'>,
  step: Pick<Application, 'operation' | 'params'>,
): string {
  const parameters = operationById.get(step.operation)?.parameters ?? {};
  return Object.entries(parameters)
    .filter(
      ([name, parameter]) =>
        isGiven(step.params, name) && !sameValue(step.params[name], defaultOf(parameter)),
    )
    .map(([name, parameter]) => plainValue(document, parameter, step.params[name]))
    .join(', ');
}
