/**
 * Makes a picture that behaves like a photograph: soft shading, hard edges, fine texture and noise, every level in use. The same
 * seed gives the same picture on every machine (before JPEG, which is up to the encoder).
 */

import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';

/** A well-mixed 32-bit hash, for noise that depends on the position alone. */
function hash(z) {
  z ^= z >>> 16;
  z = Math.imul(z, 0x7feb352d);
  z ^= z >>> 15;
  z = Math.imul(z, 0x846ca68b);
  return (z ^ (z >>> 16)) >>> 0;
}

/** @returns {{width: number, height: number, data: Uint8Array}} RGB, 8 bit */
export function makePhoto(width, height, seed = 1) {
  const data = new Uint8Array(width * height * 3);
  const columns = Float32Array.from({ length: width }, (_, x) => 60 * Math.sin((x / width) * 7 + seed));
  const waves = Float32Array.from({ length: width }, (_, x) => 12 * Math.sin(x * 0.31 + seed));
  const discs = Array.from({ length: 24 }, (_, index) => {
    const h = hash(seed * 1000 + index);
    const radius = (0.02 + ((h >>> 24) / 255) * 0.09) * height;
    return {
      x: ((h & 0xfff) / 4095) * width,
      y: (((h >>> 12) & 0xfff) / 4095) * height,
      radius,
      tone: (h >>> 8) & 0x7f,
    };
  });
  for (let y = 0; y < height; y++) {
    const down = 70 * Math.cos((y / height) * 5 + seed * 0.7);
    const here = discs.filter((disc) => Math.abs(disc.y - y) < disc.radius);
    const spans = here.map((disc) => {
      const half = Math.sqrt(disc.radius ** 2 - (disc.y - y) ** 2);
      return { from: disc.x - half, to: disc.x + half, tone: disc.tone };
    });
    let at = y * width * 3;
    for (let x = 0; x < width; x++) {
      const noise = hash(x + Math.imul(y, 65_537) + seed);
      let base = 120 + columns[x] + down + waves[(x + y) % width];
      for (const span of spans) if (x >= span.from && x < span.to) base = 255 - base * 0.6 - span.tone * 0.5;
      const red = base + ((noise & 15) - 7);
      const green = base * 0.9 + 14 + (((noise >>> 4) & 15) - 7);
      const blue = base * 0.75 + 40 + (((noise >>> 8) & 15) - 7);
      data[at++] = red < 0 ? 0 : red > 255 ? 255 : red;
      data[at++] = green < 0 ? 0 : green > 255 ? 255 : green;
      data[at++] = blue < 0 ? 0 : blue > 255 ? 255 : blue;
    }
  }
  return { width, height, data };
}

/** Writes such a picture as a JPEG file and returns its path. */
export async function writePhoto(path, width, height, seed = 1, quality = 90) {
  const photo = makePhoto(width, height, seed);
  const raw = { width, height, channels: 3 };
  await writeFile(path, await sharp(photo.data, { raw }).jpeg({ quality }).toBuffer());
  return path;
}
