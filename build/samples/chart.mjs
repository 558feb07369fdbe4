// A test chart: patches of colour, steps and a ramp of grey, stripes beside a flat grey, lines that get finer, letters, and a single dot of
// light. Every part has levels that can be said in words, so that what an operation does to them can be said, too.
import { hash, isOnText, paintColour } from './drawing.mjs';

const PAPER = 214;
// prettier-ignore
const PATCHES = [
  [[214, 40, 40], [44, 160, 60], [36, 84, 200], [20, 170, 190], [196, 60, 160], [236, 200, 40]],
  [[224, 172, 140], [120, 78, 56], [110, 160, 214], [88, 118, 60], [232, 130, 40], [92, 60, 130]],
];

/** @typedef {(x: number, y: number) => number | readonly number[]} Part what it has at a place of its own */

/** @type {Part} */
const patches = (x, y) => {
  const [column, row] = [Math.floor(x / 60), Math.floor(y / 60)];
  return x % 60 < 52 && y % 60 < 52 ? PATCHES[row][column] : PAPER;
};

/** Sixteen steps from black to white. @type {Part} */
const steps = (x) => Math.floor(x / 18) * 17;

/** Every level from 0 to 255, each a pixel wide in the upper half and none missing in the lower. @type {Part} */
const ramp = (x) => Math.floor(x / 2);

/** Black and white lines of one pixel, and in their middle a flat square of half the top level. @type {Part} */
const stripes = (x, y) => (x >= 60 && x < 132 && y >= 24 && y < 96 ? 128 : y % 2 === 0 ? 0 : 255);

/** Upright lines, each group twice as wide as the one before. @type {Part} */
const lines = (x) => {
  const group = Math.min(3, Math.floor(x / 48));
  return (x % 48) % (2 << group) < 1 << group ? 20 : 235;
};

/** One white pixel in the dark. @type {Part} */
const dot = (x, y) => (x === 60 && y === 60 ? 255 : 0);

/** @type {Part} */
const letters = (x, y) => {
  const place = [
    { top: 0, dot: 4 },
    { top: 38, dot: 3 },
    { top: 68, dot: 2 },
    { top: 90, dot: 1 },
  ].findLast(({ top }) => y >= top);
  const text = place && place.dot < 3 ? 'BURNISH 0123456789' : 'BURNISH';
  return place && isOnText(text, place.dot, x, y - place.top) ? 24 : PAPER;
};

/** Fine grain around a middle grey. @type {Part} */
const grain = (x, y) => 128 + (hash(x, y + 977) - 0.5) * 120;

/** @type {{ left: number, top: number, width: number, height: number, part: Part }[]} */
const PARTS = [
  { left: 24, top: 24, width: 360, height: 120, part: patches },
  { left: 408, top: 24, width: 288, height: 52, part: steps },
  { left: 408, top: 92, width: 288, height: 44, part: grain },
  { left: 104, top: 168, width: 512, height: 48, part: ramp },
  { left: 24, top: 240, width: 192, height: 120, part: stripes },
  { left: 240, top: 240, width: 192, height: 120, part: lines },
  { left: 456, top: 240, width: 121, height: 121, part: dot },
  { left: 601, top: 240, width: 95, height: 121, part: grain },
  { left: 24, top: 372, width: 280, height: 100, part: letters },
];

export const chart = {
  id: 'chart',
  name: 'Test chart',
  about: 'Patches of colour, every grey from black to white, stripes, letters and a single dot of light',
  paint: () =>
    paintColour(720, 480, (x, y) => {
      const here = PARTS.find(
        ({ left, top, width, height }) => x >= left && y >= top && x < left + width && y < top + height,
      );
      const painted = here ? here.part(x - here.left, y - here.top) : PAPER;
      return typeof painted === 'number' ? [painted, painted, painted] : painted;
    }),
};
