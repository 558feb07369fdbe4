/**
 * The job with which the tutorials begin: box blurs of 9, 15, 30 and 60 on one picture, which they do with
 * `scipy.signal.convolve2d(mode='same', boundary='symm')`. Ours in one thread, beside convolve2d, the quick way of scipy
 * (`ndimage.uniform_filter`) and OpenCV where they are. Everyone works from samples in memory to samples in memory, on the same
 * samples, and before a time counts every result is compared with ours.
 */

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { makePhoto } from '../support/make-photo.mjs';
import { columns, median, shortRatio, shortTime } from './figures.mjs';

/** @typedef {import('./bench.mjs').Bench} Bench */
/** @typedef {import('../../core/raster/raster').Raster} Raster */

const SIZES = [9, 15, 30, 60];
const root = fileURLToPath(new URL('../..', import.meta.url));

/** The operation as it is shipped: bundled, in plain JavaScript. @param {string} folder */
async function loadOperation(folder) {
  const { build } = await import('vite');
  const input = {
    run: join(root, 'core/operation/run.ts'),
    boxBlur: join(root, 'core/operations/box-blur.ts'),
  };
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { target: 'node', noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      minify: false,
      outDir: join(folder, 'bundle'),
      rolldownOptions: {
        input,
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  const load = (/** @type {string} */ name) =>
    import(pathToFileURL(join(folder, 'bundle', `${name}.mjs`)).href);
  /** @type {typeof import('../../core/operation/run')} */
  const { runOperation } = await load('run');
  /** @type {typeof import('../../core/operations/box-blur')} */
  const { boxBlur } = await load('boxBlur');
  return (/** @type {Raster} */ picture, /** @type {number} */ size) =>
    runOperation(boxBlur, { size, boundary: 'symmetric', constant: 0 }, picture).raster;
}

/** A Python with numpy and scipy, rather one that has OpenCV too. */
function findPython() {
  for (const modules of ['numpy, scipy.signal, scipy.ndimage, cv2', 'numpy, scipy.signal, scipy.ndimage']) {
    for (const python of ['python3', '/usr/bin/python3']) {
      try {
        execFileSync(python, ['-c', `import ${modules}`], { stdio: 'ignore' });
        return python;
      } catch {
        // Not this one.
      }
    }
  }
  return null;
}

/** How many samples differ, and by how much at most. @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
function difference(a, b) {
  let count = 0;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const own = Math.abs(a[i] - b[i]);
    if (own > 0) count += 1;
    if (own > largest) largest = own;
  }
  return { count, largest };
}

/** @typedef {{ name: string, sizes: Record<string, { times: number[], file: string }> }} Peer */

/**
 * Times of the others, in milliseconds, with the samples that they made.
 * @param {Bench} bench @param {Raster} picture @param {number} runs
 * @returns {{ versions: string, peers: Peer[] }}
 */
function askPeers({ folder, say }, { width, height, data }, runs) {
  const python = findPython();
  if (python === null) {
    say('no Python with numpy and scipy was found, so ours stands alone');
    return { versions: '', peers: [] };
  }
  const file = join(folder, 'tutorial.raw');
  writeFileSync(file, data);
  const script = fileURLToPath(new URL('tutorial_peers.py', import.meta.url));
  const given = [script, file, String(width), String(height), String(runs), ...SIZES.map(String)];
  return JSON.parse(execFileSync(python, given, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
}

export const tutorial = {
  name: 'tutorial',
  title: 'the tutorials’ job: boxBlur 9, 15, 30 and 60, symmetric, one thread, in memory',
  /** @param {Bench} bench */
  async run(bench) {
    const blur = await loadOperation(bench.folder);
    const [width, height] = bench.quick ? [480, 270] : [1920, 1080];
    /** @type {Raster} */
    const picture = { ...makePhoto(width, height), channels: 3, depth: 8 };
    const runs = bench.quick ? 5 : 15;

    const results = new Map(SIZES.map((size) => [size, blur(picture, size)]));
    /** @type {Map<number, number[]>} */
    const ours = new Map(SIZES.map((size) => [size, []]));
    // The sizes take turns, so that none has the quieter minute.
    for (let run = 0; run < runs; run++) {
      for (const size of SIZES) {
        const began = performance.now();
        blur(picture, size);
        ours.get(size).push(performance.now() - began);
      }
    }

    const { versions, peers } = askPeers(bench, picture, runs);
    for (const { name, sizes } of peers) {
      for (const size of SIZES) {
        const { count, largest } = difference(results.get(size).data, readFileSync(sizes[size].file));
        if (count === 0) continue;
        bench.say(
          `${name} ${size}: ${count} of ${picture.data.length} samples differ, by ${largest} at most`,
        );
      }
    }

    /** @type {{ name: string, times: (size: number) => number[] }[]} */
    const all = [
      { name: 'Burnish', times: (size) => ours.get(size) },
      ...peers.map(({ name, sizes }) => ({ name, times: (/** @type {number} */ size) => sizes[size].times })),
    ];
    const medians = all.map(({ name, times }) => {
      const each = SIZES.map((size) => median(times(size)));
      SIZES.forEach((size) => bench.record(`${name}, box ${size}`, times(size)));
      return { name, each, together: each.reduce((sum, own) => sum + own), runs: times(SIZES[0]).length };
    });
    const table = medians.map(({ name, each, together, runs: count }) => [
      name,
      ...each.map(shortTime),
      shortTime(together),
      shortRatio(together / medians[0].together),
      shortRatio(each[3] / each[0]),
      String(count),
    ]);
    const head = ['ms, medians', ...SIZES.map(String), 'together', '× ours', '60 : 9', 'runs'];
    bench.note({ size: `${width} × ${height}`, versions, table: [head, ...table] });
    bench.say(`${width} × ${height} RGB, 8 bit${versions === '' ? '' : `; ${versions}`}`);
    if (peers.length > 0) bench.say('every result not named above is ours, sample for sample');
    bench.say(`\n${columns([head, ...table])}\n`);
  },
};
