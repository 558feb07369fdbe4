/** A result of the benchmark, as tables for people. */

import { judge } from './budgets.mjs';
import { agreement, OURS, shortRatio, shortTime, tableOf } from './figures.mjs';

/** @typedef {import('./figures.mjs').Row} Row */

/**
 * @typedef {object} Outcome
 * @property {string} date
 * @property {string} machine
 * @property {readonly [string, string]} load of the machine when it began and when it ended
 * @property {boolean} quick
 * @property {Record<string, string>} versions
 * @property {readonly Row[]} rows
 */

/** Several results of one state of the program as one. @param {readonly Outcome[]} outcomes @returns {Outcome} */
export function together(outcomes) {
  const [first, last] = [outcomes[0], outcomes[outcomes.length - 1]];
  return {
    ...first,
    load: [first.load[0], last.load[1]],
    versions: Object.assign({}, ...outcomes.map(({ versions }) => versions)),
    rows: outcomes.flatMap(({ rows }) => rows),
  };
}

const HEADS = 'what,by,T,median,95 %,least,unit,× ours,CPU,× ours,runs,its picture beside ours'.split(',');

/** Every time, and its ratio to ours of the same run; `CPU` is milliseconds of all cores together. @param {readonly Row[]} rows */
export function timesOf(rows) {
  const lines = rows.map((row) => {
    const ours = rows.find(
      ({ what, who, threads }) => what === row.what && threads === row.threads && who === OURS,
    );
    const beside = (/** @type {'least' | 'cpu'} */ field) =>
      !ours?.[field] || row[field] === null || ours === row ? '–' : shortRatio(row[field] / ours[field]);
    const cpu = row.cpu === null ? '–' : shortTime(row.cpu);
    const times = [row.p50, row.p95, row.least].map(shortTime);
    const threads = row.threads === null ? '–' : String(row.threads);
    return [
      ...[row.what, row.who, threads, ...times, row.unit],
      ...[beside('least'), cpu, beside('cpu'), String(row.runs), agreement(row)],
    ];
  });
  return tableOf([HEADS, ...lines]);
}

/** What is asked and what is reached; empty where nothing of that was measured. @param {Outcome} outcome */
export function verdictsOf({ rows, quick }) {
  const command = quick ? 'npm run bench -- --quick --only' : 'npm run bench -- --only';
  const lines = judge(rows).map(({ budget, what, asked, reached, ok }) => [
    ...[budget, what, asked, reached, ok ? 'ok' : 'falls short', `\`${command} ${budget}\``],
  ]);
  return lines.length === 0 ? '' : tableOf([['#', 'what', 'asked', 'reached', '', 'command'], ...lines]);
}

/** On what it was measured, in a sentence. @param {Outcome} outcome */
export function circumstances({ date, machine, load, versions }) {
  const others = Object.entries(versions).map((version) => version.join(' '));
  return [date.slice(0, 10), machine, ...others, `load ${load.join(' to ')}`].join(', ');
}

/** @param {Outcome} outcome */
export function reportOf(outcome) {
  return [circumstances(outcome), timesOf(outcome.rows), verdictsOf(outcome)].filter(Boolean).join('\n\n');
}
