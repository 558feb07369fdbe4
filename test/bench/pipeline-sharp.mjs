/**
 * What a script with sharp does for the jobs of pipelines.mjs: `edit INPUT OUTPUT`, or `batch FOLDER FOLDER` with as many at a time as
 * there are cores. sharp has an order of its own for the operations of one call, so that ours takes several.
 */

import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

const [job, input, output] = process.argv.slice(2);
const cores = availableParallelism();

/** What has been asked for so far, done. @param {import('sharp').Sharp} image */
async function done(image) {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return sharp(data, { raw: { width, height, channels } });
}

/**
 * Negative, gamma, a linear function, a kernel.
 * @param {string} from @param {string} to @param {readonly [number, number]} linear @param {import('sharp').Kernel} kernel
 */
async function edit(from, to, [factor, offset], kernel) {
  const negative = await done(sharp(from).negate({ alpha: false }));
  const stretched = await done(negative.gamma(1, 2.2).linear(factor, offset));
  await stretched.convolve(kernel).jpeg({ quality: 90 }).toFile(to);
}

if (job === 'edit') {
  sharp.concurrency(cores);
  const box = { width: 15, height: 15, kernel: Array(225).fill(1), scale: 225 };
  await edit(input, output, [210 / 110, 20 - (70 * 210) / 110], box);
} else {
  sharp.concurrency(1);
  const waiting = readdirSync(input);
  const sharpen = { width: 3, height: 3, kernel: [0, -1, 0, -1, 5, -1, 0, -1, 0] };
  const work = async () => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      await edit(join(input, name), join(output, name), [255 / 215, (-20 * 255) / 215], sharpen);
    }
  };
  await Promise.all(Array.from({ length: cores }, work));
}
