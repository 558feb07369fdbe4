/**
 * `npm run bench`: how long the program takes, beside other programs on the same machine in the same run, and what of the figures that
 * are asked of it is reached. Before a time counts, what the other made is held against what we made. `--help` tells the rest.
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { big } from './big.mjs';
import { judge, namesByBudget } from './budgets.mjs';
import { compare, comparison } from './compare.mjs';
import { rowOf, shortRatio, tableOf } from './figures.mjs';
import { installPeers } from './install-peers.mjs';
import { memory } from './memory.mjs';
import { pictureShelf } from './pictures.mjs';
import { reportOf, together } from './report.mjs';
import { whole } from './whole.mjs';
import { window } from './window.mjs';

/**
 * What a part is given.
 * @typedef {object} Bench
 * @property {boolean} quick fewer and smaller runs
 * @property {number} runs in a row at most, unless they are very short
 * @property {number} seconds a program gets for one case, about
 * @property {string} folder for files, gone afterwards
 * @property {ReturnType<typeof pictureShelf>} shelf
 * @property {(name: string) => boolean} wants whether this case was chosen
 * @property {(measured: import('./figures.mjs').Measured) => void} record
 * @property {(line: string) => void} say a line for people, on stderr
 * @property {(line: string) => void} fail the same; the exit status will be 1
 * @property {(versions: Record<string, string>) => void} note
 */

/** @typedef {import('./report.mjs').Outcome} Outcome */

const HELP = `npm run bench [-- OPTIONS]

  --only WORD,…       what is measured: budgets (P3, I2), parts (memory, whole, window, big), or words of a case's name ("box")
  --quick             fewer runs on smaller pictures: to see whether all works, not for figures
  --json              one JSON object on stdout instead of tables
  --compare OLD.json  beside an earlier result; the exit status is 1 where something has become slower
  --show A.json,…     measures nothing and shows earlier results together
  --install-peers     gets the other programs, from Debian and npm, and measures nothing
`;

// Node reads these certificates whenever it starts, 37 ms for Debian's list, whatever it is to do. It is no part of any program that is
// measured here, and machines without a proxy do not have it.
delete process.env.NODE_EXTRA_CA_CERTS;

/** @type {readonly { name: string, run: (bench: Bench) => Promise<void> }[]} */
const parts = [memory, whole, window, big];

/** @param {string} path @returns {Outcome} */
const outcomeIn = (path) => JSON.parse(readFileSync(path, 'utf8'));

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        only: { type: 'string' },
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        compare: { type: 'string' },
        show: { type: 'string' },
        'install-peers': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const old = values.compare === undefined ? null : outcomeIn(values.compare);
    if (old !== null && old.quick !== values.quick) {
      throw new Error(
        `${values.compare} was measured ${old.quick ? 'with' : 'without'} --quick; measure alike`,
      );
    }
    const earlier = values.show?.split(',').map(outcomeIn) ?? null;
    return { ...values, words: values.only?.split(',') ?? [], old, earlier };
  } catch (error) {
    console.error(`bench: ${error.message.split('\n')[0]}`);
    process.exit(2);
  }
}

const given = readArguments();

const budgets = namesByBudget();
const isPart = (/** @type {string} */ word) => parts.some(({ name }) => name === word);

/** Whether the words choose this case of this part. @param {string} part @param {string} name */
function chosen(part, name) {
  const fits = (/** @type {string} */ word) =>
    budgets.get(word)?.has(name) ?? (isPart(word) ? word === part : name.includes(word));
  return given.words.length === 0 || given.words.some(fits);
}

/** @returns {Promise<Outcome>} */
async function measureAll() {
  const load = () => loadavg()[0].toFixed(1);
  const begun = load();
  const folder = mkdtempSync(join(tmpdir(), 'burnish-bench-'));
  const shelf = pictureShelf(folder);
  /** @type {Outcome['rows'][number][]} */
  const rows = [];
  /** @type {Record<string, string>} */
  const versions = {};
  const say = (/** @type {string} */ line) => console.error(line);
  const fail = (/** @type {string} */ line) => {
    say(`bench: ${line.split('\n')[0]}`);
    process.exitCode = 1;
  };
  try {
    for (const { name, run } of parts) {
      await run({
        quick: given.quick,
        runs: given.quick ? 2 : 5,
        seconds: given.quick ? 1 : 4,
        ...{ folder, shelf, say, fail },
        wants: (each) => chosen(name, each),
        record(measured) {
          if (measured.values.length === 0) return fail(`${measured.what}: nothing was measured`);
          rows.push(rowOf(measured));
        },
        note: (more) => Object.assign(versions, more),
      }).catch((/** @type {Error} */ error) => fail(`${name}: ${error.message}`));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`;
  return {
    date: new Date().toISOString(),
    machine,
    load: [begun, load()],
    quick: given.quick,
    versions,
    rows,
  };
}

if (given.help) {
  console.log(HELP);
} else if (given['install-peers']) {
  process.exitCode = installPeers();
} else {
  const outcome = given.earlier === null ? await measureAll() : together(given.earlier);
  const compared = given.old && compare(given.old.rows, outcome.rows);
  if (compared !== null && compared.regressions.length > 0) process.exitCode = 1;
  if (given.json) {
    const slower = compared?.regressions.map(({ row }) => row.what);
    console.log(JSON.stringify({ ...outcome, verdicts: judge(outcome.rows), regressions: slower }));
  } else {
    console.log(reportOf(outcome));
    if (compared !== null) {
      const machine = `the others took ${shortRatio(compared.machine)} × as long, which is taken off`;
      console.log(`\nbeside ${given.compare}; ${machine}\n\n${tableOf(comparison(compared))}`);
    }
  }
}
