// The manual's pictures: the sample before and after an operation, side by side. What a picture shows is decided by the steps, the
// size and the painter; the hash of these is its stamp, and the stamps are kept in pictures/manifest.json. So whether a picture is
// stale does not depend on the bytes that some version of an encoder makes of it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { paintSample } from './sample-picture.mjs';

/** @typedef {import('../core/derive/manual/sample').SampleSteps} SampleSteps */
/** @typedef {import('../core/raster/raster').Raster} Raster */

const WIDTH = 360;
const HEIGHT = 240;
/** Painted so much larger, and scaled down as a camera's picture would be. */
const OVERSAMPLING = 3;
const GAP = 8;
/** What makes the second picture, which a blend takes, from the first. */
const TO_SECOND = [{ id: 'flip', params: { axis: 'horizontal' } }];
/** So that a repository with a picture an operation stays small. */
const MOST_BYTES = 25_000;

const painter = readFileSync(new URL('sample-picture.mjs', import.meta.url), 'utf8').replaceAll('\r\n', '\n');

/** What the picture of these steps is made from, as a hash. @param {SampleSteps} steps */
export function stampOfPicture(steps) {
  const recipe = JSON.stringify({ steps, second: TO_SECOND, size: [WIDTH, HEIGHT, OVERSAMPLING, GAP] });
  return createHash('sha256').update(recipe).update(painter).digest('hex').slice(0, 16);
}

/**
 * The sample, and the picture that is laid over it where an operation takes a second one.
 * @param {typeof import('../core/derive/manual/sample').applySteps} applySteps
 */
export function paintPictures(applySteps) {
  const { width, height, data } = paintSample(WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING);
  /** @type {Raster} */
  const painted = { width, height, channels: 3, depth: 8, data: new Uint8Array(data) };
  const small = { id: 'resize', params: { width: WIDTH, height: HEIGHT } };
  const sample = applySteps([small], painted, painted).raster;
  return { sample, second: applySteps(TO_SECOND, sample, sample).raster };
}

/** @param {Raster} raster */
function asInput({ width, height, channels, data }) {
  return sharp(Buffer.from(data), { raw: { width, height, channels } }).png().toBuffer();
}

/** One file of two pictures, centred on each other's height. @param {Raster} before @param {Raster} after */
export async function sideBySide(before, after) {
  const height = Math.max(before.height, after.height);
  const width = before.width + GAP + after.width;
  const place = (/** @type {Raster} */ raster) => Math.floor((height - raster.height) / 2);
  const both = await sharp({ create: { width, height, channels: 4, background: '#0000' } })
    .composite([
      { input: await asInput(before), left: 0, top: place(before) },
      { input: await asInput(after), left: before.width + GAP, top: place(after) },
    ])
    .png()
    .toBuffer();
  for (let quality = 88; ; quality -= 4) {
    const file = await sharp(both).webp({ quality, effort: 6, smartSubsample: true }).toBuffer();
    if (file.length <= MOST_BYTES || quality <= 40) return file;
  }
}
