/** What a step is set to, in a few words for its row. */

import type { Step } from '../../core/document/document';
import { titleOf } from '../../core/operation/parameter';
import { operationById } from '../../core/operations';
import { formatNumber } from '../controls/number-entry';

/** The values that were given, in the order of the declaration; choices by their name, long ones left out. */
export function summaryOf(step: Step): string {
  const parameters = operationById.get(step.operation)?.parameters ?? {};
  return Object.keys(parameters)
    .map((name) => wordOf(step.params[name]))
    .filter((word) => word !== null)
    .join(', ');
}

function wordOf(value: unknown): string | null {
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'string') return value.length <= 24 ? titleOf(value) : null;
  if (!Array.isArray(value)) return null;
  const rows: readonly unknown[] = value;
  if (Array.isArray(rows[0])) return `${rows.length} × ${rows[0].length}`;
  return rows.join(' ');
}
