/** Times and how they are told: median and least of several runs, in milliseconds, and whether two pictures are one. */

export const OURS = 'Burnish';

/** @param {readonly number[]} values @param {number} share */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** @param {readonly number[]} values */
export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const hundredths = (/** @type {number} */ value) => Math.round(value * 100) / 100;

/**
 * One thing that was measured.
 * @typedef {object} Measured
 * @property {string} what
 * @property {string} [who] Burnish unless another is named
 * @property {number} [threads]
 * @property {readonly number[]} values one a run
 * @property {'ms' | 'MiB'} [unit]
 * @property {readonly number[]} [cpu] milliseconds of all cores together: what a busy machine spoils less
 * @property {Difference | null} [differs] from our picture
 * @property {string} [otherwise] what it does instead of the same work
 */

/** What is kept of it. @typedef {ReturnType<typeof rowOf>} Row @param {Measured} measured */
export function rowOf({
  what,
  who = OURS,
  threads = null,
  values,
  unit = 'ms',
  cpu = [],
  differs = null,
  otherwise = null,
}) {
  return {
    ...{ what, who, threads, unit },
    runs: values.length,
    p50: hundredths(median(values)),
    p95: hundredths(quantile(values, 0.95)),
    least: hundredths(Math.min(...values)),
    cpu: cpu.length === 0 ? null : hundredths(Math.min(...cpu)),
    ...{ differs, otherwise },
  };
}

/**
 * @typedef {object} Difference
 * @property {number} count samples that differ
 * @property {number} far samples that differ by more than rounding does
 * @property {number} largest
 * @property {number} of all samples; 0 where the pictures are of different sizes
 */

/** Twice rounded, two levels apart. */
const ROUNDING = 2;

/** @param {Uint8Array} a @param {Uint8Array} b @returns {Difference} */
export function difference(a, b, rounding = ROUNDING) {
  if (a.length !== b.length) return { count: b.length, far: b.length, largest: 255, of: 0 };
  let count = 0;
  let far = 0;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const own = Math.abs(a[i] - b[i]);
    if (own === 0) continue;
    count += 1;
    if (own > rounding) far += 1;
    if (own > largest) largest = own;
  }
  return { count, far, largest, of: a.length };
}

/** Whether it did the same work: edges may follow another rule, the rest may be rounded otherwise. @param {Row} row */
export const sameWork = ({ differs, otherwise }) =>
  otherwise === null && (differs === null || (differs.of > 0 && differs.far <= differs.of * 0.02));

/** In a word or a few. @param {Row} row */
export function agreement(row) {
  const { differs, otherwise } = row;
  if (otherwise !== null) return `does something else: ${otherwise}`;
  if (differs === null) return '';
  if (differs.of === 0) return 'does something else: another size';
  if (differs.count === 0) return 'same picture';
  const share = (differs.count / differs.of) * 100;
  const told = `${share < 0.01 ? '< 0.01' : share.toFixed(share < 1 ? 2 : 0)} % differ, ≤ ${differs.largest}`;
  return sameWork(row) ? told : `does something else: ${told}`;
}

/**
 * A table as Markdown that can be read as it is: words to the left and numbers to the right.
 * @param {readonly (readonly string[])[]} rows the first are the heads
 */
export function tableOf(rows) {
  const widths = rows[0].map((_, at) => Math.max(3, ...rows.map((row) => row[at].length)));
  const numbers = rows[0].map((_, at) => rows.slice(1).every((row) => /^[–\d.,]+$/.test(row[at])));
  const line = (/** @type {readonly string[]} */ row) =>
    `| ${row.map((cell, at) => (numbers[at] ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))).join(' | ')} |`;
  const rule = widths.map((width, at) => (numbers[at] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [line(rows[0]), line(rule), ...rows.slice(1).map(line)].join('\n');
}

/** `1234.56` as `1,235`, `12.34` as `12.3`. @param {number} value */
export function shortTime(value) {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1);
}

/** `0.08`, `1.2`, `3,400`: two or three digits that count. @param {number} value */
export function shortRatio(value) {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(0) : value.toFixed(2);
}
