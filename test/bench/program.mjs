/** The program as a whole: its command line from start to exit, and its server from start to the line that says it is ready. */

import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WIDTH, HEIGHT } from './photo.mjs';

/** @typedef {import('./bench.mjs').Bench} Bench */

/** Whole processes: `burnish apply` with these operations. @param {Bench} bench @param {string[]} operations */
function timeApply(bench, what, operations, photo, ending) {
  const times = [];
  for (let run = 0; run < bench.runs; run++) {
    const output = join(bench.folder, `applied.${ending}`);
    const given = operations.flatMap((operation) => ['--op', operation]);
    const began = performance.now();
    const done = spawnSync(
      process.execPath,
      ['build/burnish.mjs', 'apply', photo, '-o', output, '--overwrite', '--quiet', ...given],
      { stdio: 'inherit' },
    );
    if (done.status !== 0) throw new Error(`burnish apply ended with status ${done.status}`);
    times.push(performance.now() - began);
  }
  bench.record(what, times);
}

/** @param {Bench} bench @param {string} file */
export async function startServer(bench, file) {
  const child = spawn(process.execPath, ['build/burnish.mjs', 'serve', file, '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, BURNISH_HOME: join(bench.folder, 'home') },
  });
  const began = performance.now();
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\S+/.exec(line)?.[0];
    if (url) return { child, url, ready: performance.now() - began };
  }
  throw new Error('the server did not become ready');
}

export const commands = {
  name: 'commands',
  title: `burnish apply, whole processes, on a JPEG of ${WIDTH} × ${HEIGHT}`,
  /** @param {Bench} bench */
  async run(bench) {
    const photo = await bench.photo();
    timeApply(bench, 'negative → JPEG', ['negative'], photo, 'jpg');
    const four = [
      'negative',
      'gamma gamma=2.2',
      'contrastStretch r1=70 s1=20 r2=180 s2=230',
      'boxBlur size=15',
    ];
    timeApply(bench, 'negative, gamma, stretch, box 15 → JPEG', four, photo, 'jpg');
    timeApply(bench, 'box 60 → PNG', ['boxBlur size=60'], photo, 'png');
  },
};
