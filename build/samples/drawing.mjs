// What the sample pictures are painted with: a canvas of levels, smooth noise that depends on the position alone, and letters of five by
// seven dots, so that no font of a machine can change a picture.
/** @typedef {{ width: number, height: number, channels: 1 | 3, data: Uint8Array }} Painting 8 bit, row by row */

/** Noise of 0 … 1 that depends on the position alone, well mixed. @param {number} x @param {number} y */
export function hash(x, y) {
  let z = (Math.imul(x, 374_761_393) + Math.imul(y, 668_265_263)) | 0;
  z = Math.imul(z ^ (z >>> 13), 1_274_126_177);
  return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32;
}

/**
 * From one colour (0) to another (1).
 * @param {readonly number[]} from
 * @param {readonly number[]} to
 * @param {number} share
 */
export const mix = (from, to, share) => from.map((value, channel) => value + (to[channel] - value) * share);

/** @param {number} value */
const level = (value) => Math.min(255, Math.max(0, Math.round(value)));

/**
 * Paints samples as real numbers, moves the smallest and the largest to the ends of `range` where one is given, and rounds them to levels.
 * @param {number} width
 * @param {number} height
 * @param {1 | 3} channels
 * @param {(x: number, y: number) => readonly number[]} paint
 * @param {readonly [low: number, high: number]} [range]
 * @returns {Painting}
 */
function paintSamples(width, height, channels, paint, range) {
  const samples = new Float64Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) samples.set(paint(x, y), (y * width + x) * channels);
  }
  const data = new Uint8Array(samples.length);
  if (range === undefined) return { width, height, channels, data: data.map((_, at) => level(samples[at])) };
  const [low, high] = range;
  const smallest = samples.reduce((least, sample) => Math.min(least, sample));
  const largest = samples.reduce((most, sample) => Math.max(most, sample));
  const moved = (/** @type {number} */ sample) =>
    low + ((high - low) * (sample - smallest)) / (largest - smallest);
  return { width, height, channels, data: data.map((_, at) => level(moved(samples[at]))) };
}

/**
 * A grey picture of what `paint` says of every pixel.
 * @param {number} width
 * @param {number} height
 * @param {(x: number, y: number) => number} paint
 * @param {readonly [low: number, high: number]} [range] the smallest and the largest level; without it they are what they are
 */
export function paintGrey(width, height, paint, range) {
  return paintSamples(width, height, 1, (x, y) => [paint(x, y)], range);
}

/**
 * A colour picture of what `paint` says of every pixel: red, green and blue.
 * @param {number} width
 * @param {number} height
 * @param {(x: number, y: number) => readonly number[]} paint
 * @param {readonly [low: number, high: number]} [range] the smallest and the largest sample; without it they are what they are
 */
export function paintColour(width, height, paint, range) {
  return paintSamples(width, height, 3, paint, range);
}

/** Noise of 0 … 1 that changes smoothly over a distance of 1. @param {number} x @param {number} y @param {number} seed */
export function cloud(x, y, seed) {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const ease = (/** @type {number} */ t) => t * t * (3 - 2 * t);
  const [across, down] = [ease(x - left), ease(y - top)];
  const at = (/** @type {number} */ dx, /** @type {number} */ dy) => hash(left + dx + seed * 7919, top + dy);
  const upper = at(0, 0) + (at(1, 0) - at(0, 0)) * across;
  const lower = at(0, 1) + (at(1, 1) - at(0, 1)) * across;
  return upper + (lower - upper) * down;
}

/** Clouds of several sizes together, 0 … 1. @param {number} x @param {number} y @param {number} seed @param {number} octaves */
export function clouds(x, y, seed, octaves) {
  let sum = 0;
  let weights = 0;
  for (let octave = 0, weight = 1, scale = 1; octave < octaves; octave++, weight *= 0.5, scale *= 2) {
    sum += weight * cloud(x * scale, y * scale, seed + octave);
    weights += weight;
  }
  return sum / weights;
}

/** The dots of a letter, a row a number of five bits. @type {Readonly<Record<string, readonly number[]>>} */
const LETTERS = {
  ' ': [0, 0, 0, 0, 0, 0, 0],
  0: [14, 17, 19, 21, 25, 17, 14],
  1: [4, 12, 4, 4, 4, 4, 14],
  2: [14, 17, 1, 2, 4, 8, 31],
  3: [31, 2, 4, 2, 1, 17, 14],
  4: [2, 6, 10, 18, 31, 2, 2],
  5: [31, 16, 30, 1, 1, 17, 14],
  6: [6, 8, 16, 30, 17, 17, 14],
  7: [31, 1, 2, 4, 8, 8, 8],
  8: [14, 17, 17, 14, 17, 17, 14],
  9: [14, 17, 17, 15, 1, 2, 12],
  B: [30, 17, 17, 30, 17, 17, 30],
  H: [17, 17, 17, 31, 17, 17, 17],
  I: [14, 4, 4, 4, 4, 4, 14],
  N: [17, 25, 21, 19, 17, 17, 17],
  R: [30, 17, 17, 30, 20, 18, 17],
  S: [15, 16, 16, 14, 1, 1, 30],
  U: [17, 17, 17, 17, 17, 17, 14],
};

/**
 * Whether a pixel lies on a text of letters whose dots are `dot` pixels wide, with its top left corner at 0, 0.
 * @param {string} text
 * @param {number} dot
 * @param {number} x
 * @param {number} y
 */
export function isOnText(text, dot, x, y) {
  const [column, row] = [Math.floor(x / dot), Math.floor(y / dot)];
  const rows = LETTERS[text[Math.floor(column / 6)]];
  if (rows === undefined || row < 0 || row > 6 || column < 0) return false;
  return ((rows[row] >> (4 - (column % 6))) & 1) === 1;
}
