/** Times and how they are told: medians of several runs, in milliseconds, and ratios of medians. */

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

const tenths = (/** @type {number} */ value) => Math.round(value * 10) / 10;

/** What is kept of the times of one thing. @param {string} what @param {readonly number[]} values */
export function rowOf(what, values) {
  return {
    what,
    runs: values.length,
    p50: tenths(median(values)),
    p95: tenths(quantile(values, 0.95)),
    least: tenths(Math.min(...values)),
  };
}

/** Columns under their heads, the first to the left and numbers to the right. @param {readonly (readonly string[])[]} rows */
export function columns(rows) {
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  return rows
    .map((row) =>
      row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join('   '),
    )
    .join('\n');
}

/** `1234.56` as `1,235`, `12.34` as `12.3`. @param {number} value */
export function shortTime(value) {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1);
}

/** `0.08`, `1.2`, `3,400`: two or three digits that count. @param {number} value */
export function shortRatio(value) {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(0) : value.toFixed(value >= 1 ? 1 : 2);
}
