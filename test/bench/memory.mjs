/** Operations from samples in memory to samples in memory: ours with one and two workers, beside every library that is there. */

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleEngine } from './bundle.mjs';
import { cases } from './cases.mjs';
import { startContestant } from './contestant.mjs';
import { difference, OURS } from './figures.mjs';
import { PEERS_FOLDER } from './install-peers.mjs';
import { sizeOf } from './pictures.mjs';
import { findPython } from './python.mjs';

/** @typedef {import('./bench.mjs').Bench} Bench */
/** @typedef {import('./cases.mjs').Case} Case */

const own = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

/** How often everyone has a turn. */
const ROUNDS = 2;
/** So many seconds everyone has at each turn: of work of a millisecond, a few runs would be those of code that is still being compiled. */
const LEAST_SECONDS = 0.25;
/** The same where the picture is so small that a run takes half a millisecond: V8 has compiled what it goes through after some thousand runs. */
const LEAST_SECONDS_SMALL = 1.5;

/** @param {Bench} bench @param {Case} given */
function picturesOf({ quick, shelf }, { picture, megapixels, layers }) {
  if (layers !== undefined) return layers.map((_, at) => shelf.raw(sizeOf(quick ? 1 : 24), true, at + 1));
  if (picture === 'tutorial')
    return [shelf.raw(quick ? { width: 480, height: 270 } : { width: 1920, height: 1080 })];
  const size = megapixels ?? 24;
  return [shelf.raw(sizeOf(quick ? size / 16 : size))];
}

async function startAll() {
  const engine = await bundleEngine();
  const starts = [startContestant(process.execPath, [own('ours.mjs'), engine])];
  const python = findPython();
  if (python !== null) starts.push(startContestant(python, [own('peers.py')]));
  starts.push(startContestant(process.execPath, [own('peers.mjs'), PEERS_FOLDER]));
  return Promise.all(starts);
}

export const memory = {
  name: 'memory',
  /** @param {Bench} bench */
  async run(bench) {
    const wanted = cases.filter(({ name }) => bench.wants(name));
    if (wanted.length === 0) return;
    const contestants = await startAll();
    for (const { versions } of contestants) bench.note(versions);
    try {
      for (const each of wanted) {
        bench.say(`measuring ${each.name}`);
        await measure(bench, each, contestants);
      }
    } finally {
      for (const contestant of contestants) contestant.end();
    }
  },
};

/** @param {Bench} bench @param {Case} given @param {readonly import('./contestant.mjs').Contestant[]} contestants ours first */
async function measure(bench, given, contestants) {
  const pictures = picturesOf(bench, given);
  const asked = {
    ...given,
    steps: typeof given.steps === 'function' ? given.steps(pictures[0]) : given.steps,
  };
  const entries = contestants.flatMap(({ ask, can, threaded }, at) => {
    const names = at === 0 ? [OURS] : Object.keys(can).filter((name) => can[name].includes(given.name));
    return names.flatMap((who) => {
      const counts = threaded.includes(who) ? [1, 2] : [1];
      return counts.map((threads) => ({ who, threads, ask, times: [], cpu: [], differs: null, gone: null }));
    });
  });
  const outputs = entries.map((_, at) => join(bench.folder, `made-${at}.raw`));
  const least = (given.megapixels ?? 24) > 1 ? LEAST_SECONDS : LEAST_SECONDS_SMALL;
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, entry] of entries.entries()) {
      const { who, threads } = entry;
      // Whoever takes long is not asked again: its ratio shows in one run.
      if (entry.gone !== null || entry.times[0] > bench.seconds * 1000) continue;
      const output = round === 0 && threads === 1 ? outputs[at] : null;
      const limits = { runs: bench.runs, least, seconds: bench.seconds / ROUNDS };
      const answer = await entry.ask({ case: asked, who, threads, pictures, output, ...limits });
      if ('error' in answer) entry.gone = answer.error;
      else {
        entry.times.push(...answer.times);
        entry.cpu.push(...answer.cpu);
      }
      if (output === null || at === 0) continue;
      // A bare copy shows what memory allows; it is no picture.
      if (entry.gone === null && who !== 'memcpy') {
        entry.differs = difference(readFileSync(outputs[0]), readFileSync(output));
      }
      rmSync(output, { force: true });
    }
  }
  rmSync(outputs[0], { force: true });
  for (const { who, threads, times, cpu, differs, gone } of entries) {
    if (gone === null) bench.record({ what: given.name, who, threads, values: times, cpu, differs });
    else bench.fail(`${who}, ${given.name}: ${gone}`);
  }
}
