/** Whole processes: `burnish apply` on one photograph and on a folder of them, beside other programs; and the start of the editor. */

import { linkSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { build } from '../../build/build.mjs';
import { difference, OURS } from './figures.mjs';
import { sizeOf } from './pictures.mjs';
import { commandOf, pipelines, writeTables } from './pipelines.mjs';
import { runProcess } from './processes.mjs';
import { findPython } from './python.mjs';
import { startServer } from './server.mjs';

/** @typedef {import('./bench.mjs').Bench} Bench */

/** How long the editor takes to be ready. */
export const READY = 'npm start: ready line';

/** Between pictures that went through two JPEG encoders. */
const JPEG = 24;

/** @param {string} file */
const samplesOf = async (file) =>
  new Uint8Array(await sharp(file, { limitInputPixels: false }).raw().toBuffer());

/** Runs are far apart on machines that others use too, so there are many; of what takes longer than this, in ms, few tell enough. */
const LONG = 2000;
const FEW = 5;

/**
 * Lets every program do the job in turn.
 * @param {Bench} bench @param {string} what @param {readonly import('./pipelines.mjs').Way[]} ways
 * @param {string} input @param {(way: import('./pipelines.mjs').Way) => string} outputOf @param {(output: string) => string} firstOf
 */
async function race(bench, what, ways, input, outputOf, firstOf, runs) {
  const results = ways.map((way) => ({ way, output: outputOf(way), times: [], peaks: [], differs: null }));
  for (let run = 0; run < runs; run++) {
    for (const result of [...results]) {
      const { way, output, times, peaks } = result;
      if (run >= FEW && Math.min(...times) > LONG) continue;
      const given = way.given(input, output, bench.folder);
      try {
        const { milliseconds, peak } = await runProcess(commandOf(way, given), given);
        times.push(milliseconds);
        if (peak > 0) peaks.push(peak);
      } catch (error) {
        bench.fail(error.message.slice(0, 500));
        results.splice(results.indexOf(result), 1);
        continue;
      }
      if (run === 0 && way.who !== OURS) {
        result.differs = difference(
          await samplesOf(firstOf(outputOf(ways[0]))),
          await samplesOf(firstOf(output)),
          JPEG,
        );
      }
    }
  }
  for (const { way, times, peaks, differs } of results) {
    const { who, otherwise } = way;
    bench.record({ what, who, values: times, differs, otherwise });
    if (peaks.length > 0)
      bench.record({ what: `${what}, memory`, who, values: peaks, unit: 'MiB', otherwise });
  }
}

/** @param {Bench} bench */
async function batch(bench) {
  const photographs = bench.quick ? 6 : 60;
  const input = join(bench.folder, 'photographs');
  mkdirSync(input);
  // Four different ones, many times: what they show is all the same to a codec.
  for (let at = 0; at < photographs; at++) {
    linkSync(await bench.shelf.jpeg(sizeOf(bench.quick ? 1 : 12), (at % 4) + 1), join(input, `${at}.jpg`));
  }
  const outputOf = (/** @type {{ who: string }} */ { who }) => {
    const output = join(bench.folder, `batch-${who}`);
    mkdirSync(output, { recursive: true });
    return output;
  };
  const { batch: ways } = pipelines(findPython());
  const firstOf = (/** @type {string} */ output) => join(output, '0.jpg');
  await race(bench, 'whole process: batch', ways, input, outputOf, firstOf, bench.quick ? 1 : 2);
  for (const way of ways) rmSync(outputOf(way), { recursive: true });
}

export const whole = {
  name: 'whole',
  /** @param {Bench} bench */
  async run(bench) {
    await build();
    writeTables(bench.folder);
    const photograph =
      bench.wants('whole process: edit') && (await bench.shelf.jpeg(sizeOf(bench.quick ? 3 : 24)));
    if (photograph) {
      const outputOf = (/** @type {{ who: string }} */ { who }) => join(bench.folder, `edited-${who}.jpg`);
      const { edit } = pipelines(findPython());
      const runs = bench.quick ? 2 : 20;
      await race(bench, 'whole process: edit', edit, photograph, outputOf, (output) => output, runs);
    }
    if (bench.wants('whole process: batch')) await batch(bench);
    if (bench.wants(READY)) {
      const ready = [];
      for (let run = 0; run < 5; run++) {
        const server = await startServer(bench.folder, [
          'npm',
          'start',
          '--silent',
          '--',
          '--shell',
          'browser',
          '--no-open',
        ]);
        ready.push(server.ready);
        await server.stop();
      }
      bench.record({ what: READY, values: ready });
    }
  },
};
