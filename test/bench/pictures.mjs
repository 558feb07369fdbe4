/** The pictures that are measured on: made when they are first asked for, the same on every machine, in the bench's own folder. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { makePhoto, writePhoto } from '../support/make-photo.mjs';

/** @typedef {{ file: string, width: number, height: number, channels: number }} RawPicture */

/** A photograph's size of about so many megapixels, 3 : 2. @param {number} megapixels */
export function sizeOf(megapixels) {
  const height = 2 * Math.round(Math.sqrt((megapixels * 1e6) / 6));
  return { width: height * 1.5, height };
}

/** @param {string} folder */
export function pictureShelf(folder) {
  /** @type {Map<string, any>} */
  const made = new Map();
  const once = (/** @type {string} */ name, /** @type {(path: string) => any} */ make) => {
    if (!made.has(name)) made.set(name, make(join(folder, name)));
    return made.get(name);
  };
  return {
    /** Samples of a photograph, without alpha or with an alpha that varies. @returns {RawPicture} */
    raw(/** @type {{ width: number, height: number }} */ { width, height }, alpha = false, seed = 1) {
      return once(`${width}x${height}-${seed}-${alpha ? 'rgba' : 'rgb'}.raw`, (file) => {
        const { data } = makePhoto(width, height, seed);
        writeFileSync(file, alpha ? withAlpha(data, width, seed) : data);
        return { file, width, height, channels: alpha ? 4 : 3 };
      });
    },
    /** The path of a photograph as JPEG. @returns {Promise<string>} */
    jpeg(/** @type {{ width: number, height: number }} */ { width, height }, seed = 1) {
      return once(`${width}x${height}-${seed}.jpg`, (file) => writePhoto(file, width, height, seed));
    },
    /**
     * The path of a very large picture: a photograph of 24 megapixels again and again, so that it is soon made.
     * @param {'tif' | 'pyramid.tif' | 'jpg'} kind tiles that are packed without loss, without and with smaller copies of the picture, or one
     * stream from end to end @returns {Promise<string>}
     */
    large(/** @type {{ width: number, height: number }} */ { width, height }, kind) {
      return once(`large-${width}x${height}.${kind}`, async (file) => {
        const photo = makePhoto(6000, 4000);
        const raw = { width: photo.width, height: photo.height, channels: /** @type {const} */ (3) };
        const picture = sharp(photo.data, { raw, limitInputPixels: false }).extend({
          ...{ right: width - photo.width, bottom: height - photo.height },
          extendWith: 'repeat',
        });
        const tiles = {
          compression: /** @type {const} */ ('deflate'),
          predictor: /** @type {const} */ ('horizontal'),
        };
        const size = { tile: true, tileWidth: 256, tileHeight: 256, pyramid: kind === 'pyramid.tif' };
        await (kind !== 'jpg' ? picture.tiff({ ...tiles, ...size }) : picture.jpeg({ quality: 90 })).toFile(
          file,
        );
        return file;
      });
    },
  };
}

/** @param {Uint8Array} rgb @param {number} width @param {number} seed */
function withAlpha(rgb, width, seed) {
  const rgba = new Uint8Array((rgb.length / 3) * 4);
  for (let pixel = 0; pixel < rgb.length / 3; pixel++) {
    rgba.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
    rgba[pixel * 4 + 3] = (pixel % width) * seed + (pixel / width) * 3;
  }
  return rgba;
}
