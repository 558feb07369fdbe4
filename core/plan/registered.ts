/**
 * Nodes name operations by id, because they travel to workers and functions do not. Here the names find their operations again.
 * A graph is only ever built from checked steps, so a wrong id is a bug.
 */

import type { AreaOperation, GeometryOperation, WholeOperation } from '../operation/operation';
import { operationById } from '../operations/index';

export function areaOperation(id: string): AreaOperation {
  const operation = operationById.get(id);
  if (operation?.kind !== 'area') throw new Error(`${id} is not an area operation`);
  return operation;
}

export function geometryOperation(id: string): GeometryOperation {
  const operation = operationById.get(id);
  if (operation?.kind !== 'geometry') throw new Error(`${id} is not a geometry operation`);
  return operation;
}

export function wholeOperation(id: string): WholeOperation {
  const operation = operationById.get(id);
  if (operation?.kind !== 'whole') throw new Error(`${id} is not an operation on whole pictures`);
  return operation;
}
