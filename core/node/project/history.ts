/**
 * `burnish/history.jsonl`: one entry of the log a line, oldest first, those on discarded branches and those that were replaced
 * included. The document is the replay of these lines up to the position that `meta.json` gives.
 */

import * as v from 'valibot';
import type { Log } from '../../document/log';
import {
  logFromRecords,
  logToRecords,
  type LogRecord,
  type PositionRecord,
} from '../../document/log-records';
import { logRecordSchema } from '../../protocol/command-schema';
import { fail, succeed, type Result } from '../../raster/fault';
import { jsonFrom } from './json-part';
import type { ProjectLimits } from './limits';
import { META } from './meta';

export const HISTORY = 'burnish/history.jsonl';

/** The lines of a log, and where it stands. They have passed the check that reads them, which also puts their fields in order. */
export function historyOf(log: Log): { readonly text: string; readonly position: PositionRecord } {
  const lines: string[] = [];
  let position: PositionRecord = { current: 0, tip: 0 };
  for (const record of logToRecords(log)) {
    if ('entry' in record) lines.push(`${JSON.stringify(v.parse(logRecordSchema, record))}\n`);
    else position = record;
  }
  return { text: lines.join(''), position };
}

/** A JSON value a line, of any format. Faults name the line, counted from 1. */
export function linesFrom(text: string, limits: ProjectLimits): Result<readonly unknown[]> {
  const values: unknown[] = [];
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? text.length : end);
    at += line.length + 1;
    const where = `${HISTORY}: line ${values.length + 1}`;
    if (values.length >= limits.lines) {
      return fail('too-large', `the history has more than ${limits.lines.toLocaleString('en')} steps`);
    }
    if (line.length > limits.lineLength) return fail('too-large', `${where} is too long`);
    if (end < 0) return fail('damaged', `${where} is cut off`);
    const value = jsonFrom(where, line, limits);
    if (!value.ok) return value;
    values.push(value.value);
  }
  return succeed(values);
}

/** The log that the lines make, standing at this position. */
export function logFrom(values: readonly unknown[], position: PositionRecord): Result<Log> {
  const records: LogRecord[] = [];
  for (const [at, value] of values.entries()) {
    const parsed = v.safeParse(logRecordSchema, value);
    if (!parsed.success || !('entry' in parsed.output)) {
      return fail('damaged', `${HISTORY}: line ${at + 1} is not a step of a history`);
    }
    records.push(parsed.output);
  }
  if (records.length === 0) return fail('damaged', `${HISTORY} is empty`);
  const log = logFromRecords([...records, position]);
  const last = `record ${records.length + 1} of the history: `;
  if (log.ok || !log.fault.message.startsWith(last)) return log;
  // The position is no line of the history.
  return fail('damaged', `${META}: ${log.fault.message.slice(last.length)}`, log.fault.remedy);
}
