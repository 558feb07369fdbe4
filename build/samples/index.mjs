/**
 * The sample pictures: painted by this project, so they belong to nobody else, and the same on every machine. The build writes each as a
 * PNG file with a small picture for lists, and samples.json, which says what there is. A further sample is a further entry here.
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { chart } from './chart.mjs';
import { fog, island, lake, night, speckle } from './landscapes.mjs';
import { coins, letter, tiny } from './shapes.mjs';

/**
 * @typedef {object} Sample
 * @property {string} id as lessons name it, and its file
 * @property {string} name as people read it
 * @property {string} about a sentence without a full stop
 * @property {() => import('./drawing.mjs').Painting} paint
 */

/** In the order in which they are offered. @type {readonly Sample[]} */
export const samples = [lake, chart, night, fog, speckle, coins, island, letter, tiny];

/** The longer side of a picture in a list, in pixels. */
const SIDE = 288;

/** Paints all of them into a folder that exists. @param {string} folder */
export async function writeSamples(folder) {
  const list = [];
  for (const { id, name, about, paint } of samples) {
    const { width, height, channels, data } = paint();
    const raw = { width, height, channels };
    await sharp(data, { raw })
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .png({ compressionLevel: 9 })
      .toFile(join(folder, `${id}.png`));
    // Where pixels are few they are to be seen as squares.
    const kernel = Math.max(width, height) < SIDE ? sharp.kernel.nearest : sharp.kernel.lanczos3;
    await sharp(data, { raw })
      .resize({ width: SIDE, height: SIDE, fit: 'inside', kernel })
      .webp({ quality: 84 })
      .toFile(join(folder, `${id}.webp`));
    list.push({ id, name, about, width, height });
  }
  await writeFile(join(folder, 'samples.json'), `${JSON.stringify(list, null, 1)}\n`);
}
