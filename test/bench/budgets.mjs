/**
 * What is asked of the program, and whether it is reached. Ratios are of least times within one run of the benchmark, because only
 * those stand against the noise of a machine; what concerns the window is medians and 95 %.
 */

import { FourierName, SIZES } from './cases.mjs';
import { OURS, sameWork, shortRatio, shortTime } from './figures.mjs';

/** @typedef {import('./figures.mjs').Row} Row */

/**
 * A ratio of times: of others to ours, so that more is better.
 * @typedef {object} Ratio
 * @property {string} budget
 * @property {readonly string[]} of what is measured; several are added up
 * @property {string} beside a program, `best` for the fastest that does the same work, or Burnish itself
 * @property {number | null} threads
 * @property {number} least
 * @property {readonly string[]} [than] of what else, where it is not the same
 * @property {number} [at] with how many threads that, where it is not the same
 */

/**
 * Figures of their own.
 * @typedef {object} Limit
 * @property {string} budget
 * @property {readonly [string]} of
 * @property {number} p50 at most
 * @property {number} [p95] at most
 */

/** @typedef {{ budget: string, what: string, asked: string, reached: string, ok: boolean }} Verdict */

/** @type {(budget: string, names: readonly string[], beside: string, threads: number | null, least: number) => Ratio[]} */
const each = (budget, names, beside, threads, least) =>
  names.map((name) => ({ budget, of: [name], beside, threads, least }));

/** As fast as something else of ours, or so many times slower. @type {(budget: string, name: string, than: string, times: number) => Ratio} */
const steady = (budget, name, than, times) => ({
  budget,
  of: [name],
  beside: OURS,
  threads: 1,
  than: [than],
  least: 1 / times,
});

const boxes = [9, 15, 30, 60].map((size) => `box ${size}`);
const tutorials = [9, 15, 30, 60].map((size) => `tutorial ${size}`);
const kernels = ['sharpen 3×3', 'nine weights 3×3', 'unsharp 5×5'];
const Gaussians = ['Gaussian 3', 'Gaussian 20'];
const EDIT = 'whole process: edit';
const BATCH = 'whole process: batch';

/** @type {readonly Ratio[]} */
const ratios = [
  ...each('P1', ['gamma', 'log', 'stretch', 'slice', 'bit plane'], 'OpenCV', 1, 1.2),
  ...each('P1', ['negative'], 'memcpy', 1, 1 / 1.3),
  ...each('P2', ['five point operations'], 'OpenCV', 1, 3),
  steady('P2', 'five point operations', 'gamma', 1.3),
  ...each('P3', boxes, 'OpenCV', 1, 1),
  ...each('P3', boxes, 'OpenCV', 2, 1.5),
  steady('P3', 'box 60', 'box 9', 1.2),
  ...each('P4', kernels, 'OpenCV', 1, 1),
  ...each('P4', kernels, 'OpenCV', 2, 1.5),
  ...each('P5', Gaussians, 'OpenCV', 1, 1 / 2),
  ...each('P5', Gaussians, 'OpenCV', 2, 1 / 2),
  steady('P5', 'preview Gaussian 60', 'preview Gaussian 3', 1.2),
  ...each('P6', ['median 3', 'median 5'], 'OpenCV', 1, 1 / 2),
  steady('P6', 'median 49', 'median 25', 1.2),
  steady('P6', 'erode 50', 'erode 25', 1.2),
  ...each('P7', ['Sobel', 'unsharp 3', 'bilateral 2', 'bilateral 5', 'CLAHE', 'resize'], 'best', 1, 1 / 1.2),
  ...each('P8', ['five layers'], 'sharp', 1, 3),
  ...each('P8', ['five layers'], 'sharp', 2, 3),
  { budget: 'P9', of: tutorials, beside: 'scipy convolve2d', threads: 1, least: 3000 },
  { budget: 'P9', of: tutorials, beside: 'OpenCV', threads: 1, least: 1 / 1.2 },
  ...each('P10', [EDIT], 'OpenCV', null, 1.3),
  ...each('P10', [EDIT], 'best', null, 1),
  ...each('P11', [BATCH], 'ImageMagick', null, 1.5),
  ...each('P11', [BATCH], 'sharp', null, 1.5),
  ...['box 15', 'nine weights 3×3', 'Gaussian 3', 'median 5', 'Sobel'].map((name) => ({
    ...{ budget: 'P12', of: [name], beside: OURS, threads: 2, at: 1, least: 1.7 },
  })),
  ...[1, 8, 24].flatMap((size) => [
    ...each('P13', [FourierName('none', size)], 'numpy', 1, 1 / 3),
    ...each('P13', [FourierName('mirror', size)], 'scipy', 1, 1 / 3),
  ]),
];

/** MiB: 700 MB. */
const MEMORY = 667;

/** @type {readonly Limit[]} */
const limits = [
  { budget: 'P10', of: [`${EDIT}, memory`], p50: 400 },
  { budget: 'I1', of: ['open: first picture'], p50: 700 },
  { budget: 'I1', of: ['open: exact fitted view'], p50: 1500 },
  { budget: 'I2', of: ['drag Gamma: frame'], p50: 8, p95: 16 },
  ...['Box blur', 'Gaussian blur', 'Convolve', 'Opacity'].flatMap((name) => [
    { budget: 'I3', of: /** @type {const} */ ([`drag ${name}: frame`]), p50: 33, p95: 60 },
    { budget: 'I3', of: /** @type {const} */ ([`drag ${name}: exact`]), p50: 250, p95: 400 },
  ]),
  { budget: 'I4', of: ['undo, redo: seen before'], p50: 16, p95: 50 },
  { budget: 'I4', of: ['history of 30: not seen'], p50: 400 },
  { budget: 'I5', of: ['pan: between frames'], p50: 33, p95: 33 },
  { budget: 'I5', of: ['zoom: between frames'], p50: 33, p95: 33 },
  { budget: 'I6', of: ['input delay in a slow render'], p50: 16, p95: 50 },
  { budget: 'I6', of: ['cancel a slow render'], p50: 200 },
  { budget: 'I7', of: ['histogram after a change'], p50: 150 },
  { budget: 'I8', of: ['memory, 10 steps'], p50: MEMORY },
  { budget: 'I8', of: ['memory, 30 steps'], p50: MEMORY },
  { budget: 'I8', of: ['memory, 1,000 steps'], p50: MEMORY },
  { budget: 'I9', of: ['npm start: ready line'], p50: 1000 },
  { budget: 'I11', of: ['pointer to numbers, Gamma'], p50: 16, p95: 16 },
  { budget: 'I11', of: ['pointer to numbers, Convolve'], p50: 16, p95: 16 },
  { budget: 'I11', of: ['pointer to numbers, Box blur'], p50: 16, p95: 16 },
  { budget: 'I10', of: ['100 MP, open: exact fitted view'], p50: 5000 },
  { budget: 'I10', of: ['100 MP, drag Gamma: frame'], p50: 8, p95: 16 },
  { budget: 'I10', of: ['100 MP, drag Box blur: frame'], p50: 33, p95: 60 },
];

/** What each budget needs measured. @returns {ReadonlyMap<string, ReadonlySet<string>>} */
export function namesByBudget() {
  const names = new Map([['P12', new Set(['gamma', 'box 15'].flatMap(sizes))]]);
  for (const { budget, of, than = [] } of [...ratios, ...limits]) {
    names.set(budget, new Set([...(names.get(budget) ?? []), ...of, ...than]));
  }
  return names;
}

/** @param {string} name */
const sizes = (name) => SIZES.map((megapixels) => `${name}, ${megapixels} MP`);

/** @param {readonly Row[]} rows @returns {readonly Verdict[]} of everything that was measured, in the order of the budgets */
export function judge(rows) {
  const verdicts = [
    ...ratios.map((ratio) => judgeRatio(rows, ratio)),
    ...limits.map((limit) => judgeLimit(rows, limit)),
    ...['gamma', 'box 15'].flatMap((name) => [1, 2].map((threads) => judgeSizes(rows, name, threads))),
  ].filter((verdict) => verdict !== null);
  const order = [...namesByBudget().keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const place = ({ budget }) => (budget.startsWith('P') ? 0 : 100) + order.indexOf(budget);
  return verdicts.sort((a, b) => place(a) - place(b));
}

/** @param {readonly Row[]} rows @param {string} what @param {string} who @param {number | null} threads */
function find(rows, what, who, threads) {
  const same = rows.filter((row) => row.what === what && row.threads === threads);
  if (who !== 'best') return same.find((row) => row.who === who);
  const fair = same.filter((row) => row.who !== OURS && row.who !== 'memcpy' && sameWork(row));
  return fair.sort((a, b) => a.least - b.least)[0];
}

/** @param {readonly Row[]} rows @param {Ratio} ratio @returns {Verdict | null} */
function judgeRatio(rows, { budget, of, beside, threads, least, than = of, at = threads }) {
  const ours = of.map((what) => find(rows, what, OURS, threads));
  const others = than.map((what) => find(rows, what, beside, at));
  if (![...ours, ...others].every((row) => row !== undefined)) return null;
  const sum = (/** @type {readonly Row[]} */ all) => all.reduce((total, row) => total + row.least, 0);
  const reached = sum(others) / sum(ours);
  const other = beside === 'best' ? `the best, ${others[0].who}` : beside;
  const slower = least < 1 && beside !== 'best';
  const asked =
    beside !== OURS
      ? `${least < 1 ? `≤ ${shortRatio(1 / least)} × the time of` : `≥ ${shortRatio(least)} × as fast as`} ${other}`
      : than === of
        ? `≥ ${shortRatio(least)} × as fast as with ${at}`
        : `≤ ${shortRatio(1 / least)} × the time of ${than.join(' + ')}`;
  const turned = slower || least < 1;
  return {
    budget,
    what: `${of.length > 1 ? `${of[0]} … ${of.at(-1)}` : of[0]}${threads === null ? '' : `, T${threads}`}`,
    asked,
    reached: `${shortRatio(turned ? 1 / reached : reached)} ×`,
    ok: reached >= least,
  };
}

/** @param {readonly Row[]} rows @param {Limit} limit @returns {Verdict | null} */
function judgeLimit(rows, { budget, of: [what], p50, p95 }) {
  const row = rows.find((each) => each.what === what && each.who === OURS);
  if (row === undefined) return null;
  const pair = (/** @type {number} */ middle, /** @type {number | undefined} */ most) =>
    `${shortTime(middle)}${most === undefined ? '' : ` / ${shortTime(most)}`} ${row.unit}`;
  return {
    ...{ budget, what },
    asked: `≤ ${pair(p50, p95)}`,
    reached: pair(row.p50, p95 && row.p95),
    ok: row.p50 <= p50 && (p95 === undefined || row.p95 <= p95),
  };
}

/** @param {readonly Row[]} rows @param {string} name @param {number} threads @returns {Verdict | null} */
function judgeSizes(rows, name, threads) {
  const found = SIZES.map((megapixels, at) => {
    const row = find(rows, sizes(name)[at], OURS, threads);
    return row && row.least / megapixels;
  });
  if (!found.every((cost) => cost !== undefined)) return null;
  const middle = found[SIZES.indexOf(24)];
  const shares = found.map((cost) => cost / middle);
  return {
    ...{ budget: 'P12', what: `${name}, time a pixel at ${SIZES.join(', ')} MP, T${threads}` },
    asked: '± 20 % of 24 MP',
    reached: shares.map((share) => share.toFixed(2)).join(', '),
    ok: shares.every((share) => share <= 1.2 && share >= 0.8),
  };
}
