// Pictures that behave like photographs: an evening at a lake, the same under salt and pepper, hills in fog, a street at night, and an
// island seen from above whose levels are heights.
import { paintSample } from '../sample-picture.mjs';
import { clouds, hash, mix, paintColour, paintGrey } from './drawing.mjs';

const [WIDTH, HEIGHT] = [720, 480];

/** @type {Uint8Array | undefined} */
let painted;

/** The evening at the lake, RGB; painted once, because two samples show it. */
function evening() {
  painted ??= new Uint8Array(paintSample(WIDTH, HEIGHT).data);
  return painted;
}

export const lake = {
  id: 'lake',
  name: 'Evening lake',
  about: 'A landscape in evening light: soft tones, hard ridges and fine grain',
  paint: () => ({ width: WIDTH, height: HEIGHT, channels: /** @type {const} */ (3), data: evening() }),
};

export const speckle = {
  id: 'speckle',
  name: 'Salt and pepper',
  about: 'A grey landscape in which one pixel in twelve is black or white, for whatever takes noise away',
  paint: () => {
    const data = evening();
    return paintGrey(WIDTH, HEIGHT, (x, y) => {
      const chance = hash(x + 31, y + 17_000);
      if (chance < 1 / 12) return chance < 1 / 24 ? 0 : 255;
      const at = (y * WIDTH + x) * 3;
      return 0.299 * data[at] + 0.587 * data[at + 1] + 0.114 * data[at + 2];
    });
  },
};

/** The smallest and the largest level in the fog. */
const FOGGY = /** @type {const} */ ([104, 168]);

export const fog = {
  id: 'fog',
  name: 'Hills in fog',
  about: 'A grey picture that uses a quarter of the levels it could, and so has hardly any contrast',
  paint: () => {
    const ridges = [0.36, 0.5, 0.64, 0.8].map((base, index) =>
      Float64Array.from(
        { length: WIDTH },
        (_, x) =>
          HEIGHT * (base + 0.17 - 0.34 * clouds((x / WIDTH) * (2.4 + index), index * 9.7, 40 + index, 6)),
      ),
    );
    const tones = (/** @type {number} */ x, /** @type {number} */ y) => {
      let tone = 226 - (y / HEIGHT) * 20 + 14 * clouds((x / WIDTH) * 3, (y / HEIGHT) * 5, 11, 5);
      for (const [index, line] of ridges.entries()) {
        const depth = y - line[x];
        if (depth < 0) continue;
        const trees = 26 * (clouds(x / (7 - index), y / 9, 60 + index, 3) - 0.5) * (index / 3);
        tone = mix([168 - 44 * index + trees], [205], Math.min(0.62, depth / (0.45 * HEIGHT)))[0];
      }
      return tone + (hash(x, y + 90_001) - 0.5) * 6;
    };
    return paintGrey(WIDTH, HEIGHT, tones, FOGGY);
  },
};

/** No lamp of the night is quite white. */
const DARK = /** @type {const} */ ([0, 231]);
const LAMPS = [
  { x: 118, y: 236, strength: 1 },
  { x: 330, y: 262, strength: 0.62 },
  { x: 452, y: 278, strength: 0.4 },
  { x: 612, y: 220, strength: 0.9 },
];

export const night = {
  id: 'night',
  name: 'Street at night',
  about: 'Most of it is nearly black, and only the lamps are bright',
  paint: () => {
    const colours = (/** @type {number} */ x, /** @type {number} */ y) => {
      let colour = mix([5, 7, 15], [12, 13, 20], y / HEIGHT);
      if (hash(x, y + 3) > 0.9994 && y < 190) colour = [70, 74, 88];
      const block = Math.floor(x / 72);
      const roof = 120 + 110 * hash(block, 5);
      if (y > roof && y < 344) {
        colour = [10, 9, 9];
        const [column, row] = [Math.floor((x % 72) / 12), Math.floor((y - roof) / 18)];
        const inWindow = x % 12 > 3 && (y - roof) % 18 > 6;
        const lit = hash(block * 16 + column, row + 400);
        if (inWindow && lit > 0.62) colour = mix([18, 15, 10], [62, 50, 30], (lit - 0.62) / 0.38);
      } else if (y >= 344) {
        const wet = clouds(x / 30, y / 6, 77, 4);
        colour = mix([9, 9, 10], [22, 22, 25], wet);
      }
      for (const { x: lampX, y: lampY, strength } of LAMPS) {
        const distance = Math.hypot(x - lampX, y - lampY);
        const glow = strength * (220 * Math.exp(-distance / 9) + 34 * Math.exp(-distance / 60));
        const mirror =
          y > 344 ? 40 * strength * Math.exp(-Math.abs(x - lampX) / 10) * clouds(x / 8, y / 4, 5, 2) : 0;
        colour = mix(colour, [colour[0] + 255, colour[1] + 214, colour[2] + 150], (glow + mirror) / 255);
        if (Math.abs(x - lampX) < 2 && y > lampY && y < 352) colour = [3, 3, 4];
      }
      const grain = (hash(x, y + 70_001) - 0.5) * 5;
      // What would be below black is black, as in a camera.
      return colour.map((value) => Math.max(0, value + grain));
    };
    return paintColour(WIDTH, HEIGHT, colours, DARK);
  },
};

export const island = {
  id: 'island',
  name: 'Island from above',
  about: 'A map of heights: black is the bottom of the sea and white the highest summit',
  paint: () => {
    const [width, height] = [600, 400];
    const heights = (/** @type {number} */ x, /** @type {number} */ y) => {
      const [across, down] = [(x / width - 0.5) * 2, (y / height - 0.5) * 2];
      const shore = Math.max(0, 1 - across ** 2 * 0.9 - down ** 2 * 0.9);
      return 255 * (0.12 + 0.88 * shore) * clouds(x / 120, y / 120, 21, 7) ** 1.15;
    };
    return paintGrey(width, height, heights, [0, 255]);
  },
};
