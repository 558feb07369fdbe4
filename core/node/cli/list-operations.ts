/** `burnish operations`: what there is, and how each is used. */

import { operationCard } from '../../derive/operation-card';
import { operationList, operationPage } from '../../derive/operation-text';
import { findOperation } from '../../document/step-check';
import { operations } from '../../operations';
import { succeed, type Result } from '../../raster/fault';
import { STATUS, write, type Terminal } from './terminal';

/** All operations, or the one with this id. The fault is wrong usage. */
export async function listOperations(
  id: string | undefined,
  options: { readonly json?: true },
  terminal: Terminal,
): Promise<Result<number>> {
  const asJson = options.json === true;
  let text: string;
  if (id === undefined) {
    text = asJson ? `${JSON.stringify(operations.map(operationCard))}\n` : operationList(operations);
  } else {
    const operation = findOperation(id);
    if (!operation.ok) return operation;
    text = asJson ? `${JSON.stringify(operationCard(operation.value))}\n` : operationPage(operation.value);
  }
  await write(terminal.stdout, text);
  return succeed(STATUS.done);
}
