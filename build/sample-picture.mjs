/**
 * Paints the picture that the screenshots show: mountains in evening light over a lake. It is computed, so it belongs to the project and
 * nobody else; the same on every machine.
 */

import sharp from 'sharp';

/** Noise of 0 … 1 that depends on the position alone. @param {number} x @param {number} y */
function hash(x, y) {
  let z = (Math.imul(x, 374_761_393) + Math.imul(y, 668_265_263)) | 0;
  z = Math.imul(z ^ (z >>> 13), 1_274_126_177);
  return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32;
}

/** Smooth noise of 0 … 1 along a line; `row` chooses the line. @param {number} x @param {number} row */
function noise(x, row) {
  const i = Math.floor(x);
  const f = x - i;
  const s = f * f * (3 - 2 * f);
  return hash(i, row) * (1 - s) + hash(i + 1, row) * s;
}

/** Noise at several scales together. @param {number} x @param {number} row @param {number} octaves */
function fractal(x, row, octaves) {
  let sum = 0;
  let weight = 0.5;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave++) {
    sum += weight * noise(x * scale, row * 31 + octave);
    weight *= 0.52;
    scale *= 2.07;
  }
  return sum;
}

/** @typedef {number[]} Colour red, green, blue */

/** @param {Colour} a @param {Colour} b @param {number} t @returns {Colour} */
const mix = (a, b, t) => a.map((value, channel) => value + (b[channel] - value) * t);

/** @type {[at: number, colour: Colour][]} */
const SKY = [
  [0, [38, 58, 104]],
  [0.35, [112, 112, 148]],
  [0.6, [222, 156, 120]],
  [0.8, [250, 206, 142]],
  [1, [255, 228, 176]],
];

/** @param {number} t from the top, 0, to the horizon, 1 */
function sky(t) {
  const next = Math.max(
    1,
    SKY.findIndex(([at]) => at >= t),
  );
  const [from, low] = SKY[next - 1];
  const [to, high] = SKY[next];
  return mix(low, high, Math.min(1, Math.max(0, (t - from) / (to - from))));
}

/** RGB samples of the scene. @param {number} width @param {number} height */
export function paintSample(width, height) {
  const data = Buffer.alloc(width * height * 3);
  const horizon = Math.round(height * 0.66);
  const ridges = [
    { base: 0.5, tall: 0.3, far: 0.85, scale: 3.1, row: 1 },
    { base: 0.56, tall: 0.26, far: 0.65, scale: 4.3, row: 2 },
    { base: 0.61, tall: 0.2, far: 0.42, scale: 5.2, row: 3 },
    { base: 0.65, tall: 0.12, far: 0.15, scale: 7.7, row: 4 },
  ].map((ridge) => ({
    ...ridge,
    line: Float64Array.from(
      { length: width },
      (_, x) =>
        (ridge.base +
          0.12 -
          ridge.tall * fractal((x / width) * ridge.scale + ridge.row * 7.3, ridge.row, 9)) *
        height,
    ),
  }));
  const sun = { x: 0.66 * width, y: 0.42 * height };

  /** @param {number} x @param {number} y @returns {Colour} */
  const scene = (x, y) => {
    const t = y / horizon;
    const distance = Math.hypot(x - sun.x, (y - sun.y) * 1.1) / width;
    let colour = mix(sky(t), [255, 244, 214], 0.75 * Math.exp(-distance * 9));
    const band = (y / height) * 26;
    const row = Math.floor(band);
    const between = (band - row) ** 2 * (3 - 2 * (band - row));
    const along = (x / width) * 5 + band * 0.13;
    const cloud = fractal(along, row + 90, 5) * (1 - between) + fractal(along, row + 91, 5) * between;
    colour = mix(colour, [255, 196, 160], Math.max(0, cloud - 0.52) * 2.2 * (1 - t * 0.6));
    if (distance < 0.022) colour = mix(colour, [255, 250, 232], Math.min(1, (0.022 - distance) * 400));
    for (const ridge of ridges) {
      const depth = y - ridge.line[x];
      if (depth < 0) continue;
      const texture = (hash(x >> 1, (y >> 1) + ridge.row * 7919) - 0.5) * 10 * (1 - ridge.far);
      const lit = Math.max(0, 1 - depth / (0.05 * height)) * 26 * ridge.far;
      const body = mix([20 + texture, 32 + texture, 50 + texture], sky(0.46), ridge.far * 0.85);
      const mist = Math.min(1, depth / (0.22 * height)) * 0.55 * ridge.far;
      colour = mix(
        body.map((value) => value + lit),
        [236, 196, 160],
        mist,
      );
    }
    return colour;
  };

  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let colour;
      if (y <= horizon) colour = scene(x, y);
      else {
        const below = y - horizon;
        const wave =
          Math.sin(below * 0.35 + 14 * fractal((x / width) * 10, 200 + (y >> 2), 3)) * (2 + below * 0.035);
        const mirrored = Math.max(0, Math.round(horizon - below * 1.35 + wave));
        const shifted = Math.min(width - 1, Math.max(0, Math.round(x + wave * 1.6)));
        colour = mix(scene(shifted, mirrored), [18, 34, 54], 0.28 + (0.35 * below) / (height - horizon));
        const glint = hash(x >> 2, y) > 0.994 && Math.abs(x - sun.x) < width * 0.09 ? 70 : 0;
        colour = colour.map((value) => value + glint);
      }
      const grain = (hash(x, y + 50_021) - 0.5) * 5;
      const at = (y * width + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        data[at + channel] = Math.min(255, Math.max(0, Math.round(colour[channel] + grain)));
      }
    }
  }
  return { width, height, data };
}

/** Writes the scene as a JPEG file. @param {string} path */
export async function writeSample(path, width = 3000, height = 2000) {
  const { data } = paintSample(width, height);
  await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 92 })
    .toFile(path);
  return path;
}
