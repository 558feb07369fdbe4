/**
 * `npm run bench [-- --quick] [-- --json] [-- --PART …]`: how long the program takes. Each part is a file of its own and measures one
 * thing; named ones run alone, else all of them. Figures are medians of several runs, and those of one machine are comparable only
 * with each other; where other programs stand beside, their results are first held against ours.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePhoto } from '../support/make-photo.mjs';
import { columns, rowOf, shortTime } from './figures.mjs';
import { HEIGHT, WIDTH } from './photo.mjs';
import { commands } from './program.mjs';
import { tutorial } from './tutorial.mjs';
import { window } from './window.mjs';

/**
 * What a part is given.
 * @typedef {object} Bench
 * @property {boolean} quick fewer and smaller runs
 * @property {number} runs
 * @property {string} folder for files, gone afterwards
 * @property {() => Promise<string>} photo the path of the 24-megapixel JPEG, written when it is first asked for
 * @property {(what: string, milliseconds: readonly number[]) => void} record
 * @property {(line: string) => void} say a line for people, not for `--json`
 * @property {(facts: object) => void} note facts that belong to the figures, such as versions
 */

/** @typedef {{ name: string, title: string, run: (bench: Bench) => Promise<void> }} Part */

/** @type {readonly Part[]} */
const parts = [window, commands, tutorial];
const switches = ['--quick', '--json', ...parts.map(({ name }) => `--${name}`)];

const given = process.argv.slice(2);
const unknown = given.find((each) => !switches.includes(each));
if (unknown !== undefined) {
  console.error(`bench: unknown argument ${unknown}: there are ${switches.join(', ')}`);
  process.exit(2);
}
const quick = given.includes('--quick');
const asJson = given.includes('--json');
const named = parts.filter(({ name }) => given.includes(`--${name}`));

const folder = mkdtempSync(join(tmpdir(), 'burnish-bench-'));
/** @type {Promise<string> | undefined} */
let photo;
/** @type {Record<string, { facts: object, rows: object[] }>} */
const results = {};
const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`;
const say = (/** @type {string} */ line) => {
  if (!asJson) console.log(line);
};

try {
  say(machine);
  for (const { name, title, run } of named.length === 0 ? parts : named) {
    say(`\n${title}`);
    /** @type {ReturnType<typeof rowOf>[]} */
    const rows = [];
    let facts = {};
    await run({
      quick,
      runs: quick ? 3 : 9,
      folder,
      photo: () => (photo ??= writePhoto(join(folder, 'photo.jpg'), WIDTH, HEIGHT)),
      record: (what, milliseconds) => rows.push(rowOf(what, milliseconds)),
      say,
      note: (more) => (facts = { ...facts, ...more }),
    });
    results[name] = { facts, rows };
    const lines = rows.map(({ what, runs, p50, p95, least }) => [
      what,
      ...[p50, p95, least].map(shortTime),
      String(runs),
    ]);
    say(columns([['ms', 'median', '95 %', 'least', 'runs'], ...lines]));
  }
  if (asJson) console.log(JSON.stringify({ date: new Date().toISOString(), machine, parts: results }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
