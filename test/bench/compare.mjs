/**
 * Two results of the benchmark beside each other. A machine has good and bad days, so what the other programs took more or less is
 * taken as the machine's, and only what we took beyond that counts.
 */

import { median, OURS, shortRatio, shortTime } from './figures.mjs';

/** @typedef {import('./figures.mjs').Row} Row */

/** Slower than this beyond the machine's own is a regression. */
const TOLERANCE = 1.15;

const nameOf = (/** @type {Row} */ { what, who, threads, unit }) => [what, who, threads, unit].join('|');

/** @param {readonly Row[]} before @param {readonly Row[]} now */
export function compare(before, now) {
  const old = new Map(before.map((row) => [nameOf(row), row]));
  const pairs = now.flatMap((row) => {
    const own = old.get(nameOf(row));
    return own === undefined ? [] : [{ row, before: own, ratio: row.least / own.least }];
  });
  const others = pairs.filter(({ row }) => row.who !== OURS && row.unit === 'ms');
  const machine = others.length === 0 ? 1 : median(others.map(({ ratio }) => ratio));
  const ours = pairs
    .filter(({ row }) => row.who === OURS)
    .map((pair) => ({ ...pair, changed: pair.ratio / (pair.row.unit === 'ms' ? machine : 1) }))
    .sort((a, b) => b.changed - a.changed);
  return { machine, ours, regressions: ours.filter(({ changed }) => changed > TOLERANCE) };
}

/** @param {ReturnType<typeof compare>} compared @returns {readonly (readonly string[])[]} */
export function comparison({ ours }) {
  const lines = ours.map(({ row, before, changed }) => [
    `${row.what}${row.threads === null ? '' : `, T${row.threads}`}`,
    shortTime(before.least),
    shortTime(row.least),
    row.unit,
    shortRatio(changed),
    changed > TOLERANCE ? 'slower' : changed < 1 / TOLERANCE ? 'faster' : 'as before',
  ]);
  return [['Burnish', 'before', 'now', 'unit', 'changed', ''], ...lines];
}
