/**
 * The jobs that whole programs are measured on, and each program's own way to do them from a JPEG to a JPEG of quality 90. `otherwise`
 * says where a program has no such operation and does something else.
 *
 * edit: negative → gamma 2.2 → piecewise stretch → box 15, one photograph
 * batch: negative → gamma 2.2 → levels 20…235 → sharpen 3×3, a folder of photographs
 */

import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OURS } from './figures.mjs';

const own = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));

/** @param {string} command */
export const installed = (command) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));

/** Files that some programs want beside the photograph. @param {string} folder */
export function writeTables(folder) {
  const stretched = Array.from({ length: 256 }, (_, level) => {
    if (level < 70) return (20 / 70) * level;
    return level < 180 ? 20 + (210 * (level - 70)) / 110 : 230 + (25 * (level - 180)) / 75;
  });
  const line = stretched.map((level) => Math.floor(level + 0.5)).join('\n');
  writeFileSync(join(folder, 'stretch.pgm'), `P2\n256 1\n255\n${line}\n`);
  writeFileSync(join(folder, 'box.mat'), `15 1 15 0\n${Array(15).fill(1).join(' ')}\n`);
}

/**
 * @typedef {object} Way
 * @property {string} who
 * @property {string} command
 * @property {(input: string, output: string, folder: string) => readonly string[]} given files for `edit`, folders for `batch`
 * @property {string} [otherwise]
 */

const shell =
  (/** @type {(...names: string[]) => string} */ line) =>
  (/** @type {string[]} */ ...names) => ['-ec', line(...names)];

/** @param {readonly string[]} operations @returns {Way} */
const byBurnish = (...operations) => ({
  who: OURS,
  command: process.execPath,
  given: (input, output) => [
    ...['build/burnish.mjs', 'apply', input, '-o', output, '--overwrite', '--quiet', '--quality', '90'],
    // As the others' JPEG files are by themselves.
    ...['--subsampling', '4:2:0'],
    ...operations.flatMap((operation) => ['--op', operation]),
  ],
});

/** @param {string | null} python @returns {Record<'edit' | 'batch', readonly Way[]>} */
export function pipelines(python) {
  /** @type {readonly Way[]} */
  const edit = [
    byBurnish('negative', 'gamma gamma=2.2', 'contrastStretch r1=70 s1=20 r2=180 s2=230', 'boxBlur size=15'),
    ...['OpenCV', 'Pillow'].map((who) => ({
      who,
      command: python ?? 'no python',
      given: (/** @type {string} */ input, /** @type {string} */ output) => [
        own('pipeline.py'),
        who,
        input,
        output,
      ],
    })),
    {
      who: 'vips',
      command: 'vips',
      given: shell(
        (input, output, folder) =>
          `cd ${folder}; vips invert ${input} 1.v; vips gamma 1.v 2.v --exponent 2.2; vips maplut 2.v 3.v stretch.pgm; ` +
          `vips convsep 3.v ${output}[Q=90] box.mat --precision integer`,
      ),
    },
    {
      who: 'ImageMagick',
      command: 'convert',
      given: (input, output, folder) => [
        ...[
          input,
          '-negate',
          '-gamma',
          '2.2',
          join(folder, 'stretch.pgm'),
          '-clut',
          '-define',
          'convolve:scale=!',
        ],
        ...['-morphology', 'Convolve', 'Rectangle:15x1', '-morphology', 'Convolve', 'Rectangle:1x15'],
        ...['-quality', '90', output],
      ],
    },
    {
      who: 'GraphicsMagick',
      command: 'gm',
      given: (input, output) => [
        ...['convert', input, '-negate', '-gamma', '2.2', '-level', '60,1,194'],
        ...['-blur', '7x4.3', '-quality', '90', output],
      ],
      otherwise: 'one linear stretch and a Gaussian: it has neither table nor box',
    },
    {
      who: 'GEGL',
      command: 'gegl',
      given: (input, output) => [
        ...[input, '-o', output, '--', 'gegl:invert-gamma', 'gegl:levels', 'in-low=0.24', 'in-high=0.76'],
        ...['gegl:box-blur', 'radius=7'],
      ],
      otherwise: 'levels instead of gamma and stretch, in linear light',
    },
    {
      who: 'sharp',
      command: process.execPath,
      given: (input, output) => [own('pipeline-sharp.mjs'), 'edit', input, output],
      otherwise: 'one linear stretch: it has no table',
    },
  ];
  /** @type {readonly Way[]} */
  const batch = [
    byBurnish('negative', 'gamma gamma=2.2', 'levels inBlack=20 inWhite=235', 'convolve kernel=sharpen'),
    {
      who: 'ImageMagick',
      command: 'convert',
      given: shell(
        (input, output) =>
          `cd ${input}; for f in *.jpg; do convert $f -negate -gamma 2.2 -level 7.843137%,92.156863% ` +
          `-morphology Convolve '3x3:0,-1,0,-1,5,-1,0,-1,0' -quality 90 ${output}/$f; done`,
      ),
    },
    {
      who: 'sharp',
      command: process.execPath,
      given: (input, output) => [own('pipeline-sharp.mjs'), 'batch', input, output],
    },
  ];
  const there = ({ command }) => command === process.execPath || command === python || installed(command);
  return { edit: edit.filter(there), batch: batch.filter(there) };
}

/** A list of commands is a shell's to run. @param {Way} way @param {readonly string[]} given */
export const commandOf = ({ command }, given) => (given[0] === '-ec' ? 'sh' : command);
