/** What a script with sharp does for the jobs of pipelines.mjs: `edit INPUT OUTPUT`, or `batch FOLDER FOLDER`, as many at a time as there are cores. */

import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

const [job, input, output] = process.argv.slice(2);
const cores = availableParallelism();

/** @param {string} file */
const begun = (file) => sharp(file).negate({ alpha: false }).gamma(1, 2.2);

if (job === 'edit') {
  sharp.concurrency(cores);
  const box = { width: 15, height: 15, kernel: Array(225).fill(1), scale: 225 };
  // Its steps come in an order of its own; one after the other they keep ours.
  const { data, info } = await begun(input)
    .linear(210 / 110, 20 - (70 * 210) / 110)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  await sharp(data, { raw: { width, height, channels } }).convolve(box).jpeg({ quality: 90 }).toFile(output);
} else {
  sharp.concurrency(1);
  const waiting = readdirSync(input);
  const kernel = { width: 3, height: 3, kernel: [0, -1, 0, -1, 5, -1, 0, -1, 0] };
  const work = async () => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const { data, info } = await begun(join(input, name))
        .linear(255 / 215, (-20 * 255) / 215)
        .raw()
        .toBuffer({ resolveWithObject: true });
      const { width, height, channels } = info;
      const sharpened = sharp(data, { raw: { width, height, channels } }).convolve(kernel);
      await sharpened.jpeg({ quality: 90 }).toFile(join(output, name));
    }
  };
  await Promise.all(Array.from({ length: cores }, work));
}
