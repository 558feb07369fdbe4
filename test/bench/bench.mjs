/**
 * `npm run bench`: how long the program takes, beside other programs on the same machine in the same run, and what of the figures that
 * are asked of it is reached. Before a time counts, what the other made is held against what we made. `--help` tells the rest.
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { judge, namesByBudget } from './budgets.mjs';
import { compare, comparison } from './compare.mjs';
import { agreement, columns, OURS, rowOf, shortRatio, shortTime } from './figures.mjs';
import { installPeers } from './install-peers.mjs';
import { memory } from './memory.mjs';
import { pictureShelf } from './pictures.mjs';
import { whole } from './whole.mjs';
import { window } from './window.mjs';

/**
 * What a part is given.
 * @typedef {object} Bench
 * @property {boolean} quick fewer and smaller runs
 * @property {number} runs in a row at most
 * @property {number} seconds a program gets for one case, about
 * @property {string} folder for files, gone afterwards
 * @property {ReturnType<typeof pictureShelf>} shelf
 * @property {(name: string) => boolean} wants whether this case was chosen
 * @property {(measured: import('./figures.mjs').Measured) => void} record
 * @property {(line: string) => void} say a line for people, on stderr
 * @property {(facts: object) => void} note facts that belong to the figures, such as versions
 */

/** @typedef {import('./figures.mjs').Row} Row */

const HELP = `npm run bench [-- OPTIONS]

  --only WORD,…      what is measured: budgets (P3, I2), parts (memory, whole, window), or words of a case's name ("box")
  --quick            fewer runs on smaller pictures: to see whether all works, not for figures
  --json             one JSON object on stdout instead of tables
  --compare OLD.json beside an earlier result; the exit status is 1 where something has become slower
  --install-peers    gets the other programs, from Debian and npm, and measures nothing
`;

/** @type {readonly { name: string, title: string, run: (bench: Bench) => Promise<void> }[]} */
const parts = [memory, whole, window];

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string' },
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        compare: { type: 'string' },
        'install-peers': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const old = values.compare === undefined ? null : JSON.parse(readFileSync(values.compare, 'utf8'));
    if (old !== null && old.quick !== values.quick) {
      throw new Error(
        `${values.compare} was measured ${old.quick ? 'with' : 'without'} --quick; measure alike`,
      );
    }
    return { ...values, old };
  } catch (error) {
    console.error(`bench: ${error.message.split('\n')[0]}`);
    process.exit(2);
  }
}

const given = readArguments();
if (given.help) {
  console.log(HELP);
  process.exit(0);
}
if (given['install-peers']) process.exit(installPeers());

const budgets = namesByBudget();
const words = given.only?.split(',') ?? [];
/** Whether the words choose this case of this part. @param {string} part @param {string} name */
const chosen = (part, name) =>
  words.length === 0 ||
  words.some(
    (word) => word === part || (budgets.has(word) ? budgets.get(word).has(name) : name.includes(word)),
  );

/** @param {readonly Row[]} rows @returns {readonly (readonly string[])[]} */
function tableOf(rows) {
  const lines = rows.map((row) => {
    const ours = rows.find(
      ({ what, who, threads }) => what === row.what && threads === row.threads && who === OURS,
    );
    const ratio = ours === undefined || ours === row ? '–' : shortRatio(row.least / ours.least);
    const times = [row.p50, row.p95, row.least].map(shortTime);
    const threads = row.threads === null ? '–' : String(row.threads);
    return [row.what, row.who, threads, ...times, row.unit, ratio, String(row.runs), agreement(row)];
  });
  return [['', 'by', 'T', 'median', '95 %', 'least', '', '× ours', 'runs', ''], ...lines];
}

const folder = mkdtempSync(join(tmpdir(), 'burnish-bench-'));
const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`;
const load = () => loadavg()[0].toFixed(1);
/** @type {Row[]} */
const rows = [];
let facts = {};
const print = (/** @type {string} */ line) => {
  if (!given.json) console.log(line);
};

try {
  const loadBefore = load();
  print(`${machine}, load ${loadBefore} when it began`);
  for (const { name, title, run } of parts) {
    const from = rows.length;
    const failed = (/** @type {Error} */ error) => {
      console.error(`bench: ${name}: ${error.message.split('\n')[0]}`);
      process.exitCode = 1;
    };
    await run({
      quick: given.quick,
      runs: given.quick ? 2 : 5,
      seconds: given.quick ? 1 : 4,
      folder,
      shelf: pictureShelf(folder),
      wants: (each) => chosen(name, each),
      record: (measured) => {
        if (measured.values.length > 0) rows.push(rowOf(measured));
      },
      say: (line) => console.error(line),
      note: (more) => (facts = { ...facts, ...more }),
    }).catch(failed);
    if (rows.length > from) print(`\n${title}\n\n${columns(tableOf(rows.slice(from)))}`);
  }
  const verdicts = judge(rows);
  const command = given.quick ? 'npm run bench -- --quick --only' : 'npm run bench -- --only';
  const lines = verdicts.map(({ budget, what, asked, reached, ok }) => [
    ...[budget, what, asked, reached, ok ? 'ok' : 'falls short', `${command} ${budget}`],
  ]);
  if (lines.length > 0)
    print(`\nwhat is asked\n\n${columns([['', '', 'asked', 'reached', '', 'command'], ...lines])}`);
  const { versions = {} } = /** @type {{ versions?: Record<string, string> }} */ (facts);
  print(
    `\n${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}; load ${load()} at the end`,
  );
  const compared = given.old && compare(given.old.rows, rows);
  if (compared) {
    print(
      `\nbeside ${given.compare}; the others took ${shortRatio(compared.machine)} × as long, which is taken off\n`,
    );
    print(columns(comparison(compared)));
    if (compared.regressions.length > 0) process.exitCode = 1;
  }
  if (given.json) {
    const when = { date: new Date().toISOString(), machine, load: [loadBefore, load()], quick: given.quick };
    console.log(
      JSON.stringify({
        ...when,
        facts,
        rows,
        verdicts,
        regressions: compared?.regressions.map(({ row }) => row.what),
      }),
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
