// Simple pictures: coins on a table, for what tells things from their background, and two so small that every pixel can be counted.
import { clouds, hash, isOnText, paintGrey } from './drawing.mjs';

const [COLUMNS, ROWS, CELL] = [6, 4, 100];

/** Where the coins lie: one in each field of a grid, none of them in the middle of it. */
const COINS = Array.from({ length: COLUMNS * ROWS }, (_, index) => {
  const [column, row] = [index % COLUMNS, Math.floor(index / COLUMNS)];
  const chance = (/** @type {number} */ what) => hash(index * 13 + what, 611);
  return {
    x: (column + 0.5 + 0.16 * (chance(1) - 0.5)) * CELL,
    y: (row + 0.5 + 0.16 * (chance(2) - 0.5)) * CELL,
    radius: 24 + 16 * chance(3),
    tone: 150 + 50 * chance(4),
  };
});

export const coins = {
  id: 'coins',
  name: 'Coins on a table',
  about: 'Light discs on a dark table, with a histogram of two hills',
  paint: () =>
    paintGrey(COLUMNS * CELL, ROWS * CELL, (x, y) => {
      const grain = (hash(x, y + 41_000) - 0.5) * 26;
      const table = 58 + 24 * clouds(x / 90, y / 14, 3, 4) + 10 * (x / (COLUMNS * CELL));
      const coin = COINS.find((each) => Math.hypot(x - each.x, y - each.y) < each.radius);
      if (!coin) return table + grain;
      const [dx, dy] = [(x - coin.x) / coin.radius, (y - coin.y) / coin.radius];
      const rim = Math.hypot(dx, dy) > 0.86 ? 22 : 0;
      const relief = 30 * (clouds(x / 7, y / 7, 30, 2) - 0.5) * (rim > 0 ? 0.3 : 1);
      return coin.tone + rim + relief - 20 * (dx + dy) + grain;
    }),
};

/** A ring with a grey middle. Round numbers, so that sums can be done in the head. */
const TINY = [
  [40, 40, 40, 40, 40, 40, 40, 40],
  [40, 40, 40, 40, 40, 40, 40, 40],
  [40, 40, 200, 200, 200, 200, 40, 40],
  [40, 40, 200, 120, 120, 200, 40, 40],
  [40, 40, 200, 120, 120, 200, 40, 40],
  [40, 40, 200, 200, 200, 200, 40, 40],
  [40, 40, 40, 40, 40, 40, 40, 40],
  [40, 40, 40, 40, 40, 40, 40, 40],
];

export const tiny = {
  id: 'tiny',
  name: 'Eight by eight',
  about: 'Sixty-four pixels: small enough to do every sum by hand',
  paint: () => paintGrey(8, 8, (x, y) => TINY[y][x]),
};

export const letter = {
  id: 'letter',
  name: 'A letter in 32 × 32',
  about: 'A white letter on black, as small pictures for learning machines are',
  paint: () => paintGrey(32, 32, (x, y) => (isOnText('B', 4, x - 6, y - 2) ? 235 : 16)),
};
