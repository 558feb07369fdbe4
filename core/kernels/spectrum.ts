/**
 * How strong each spatial frequency is in a picture: the magnitudes of its own discrete Fourier transform at full resolution, gathered in cells
 * (spectrum-cells.ts). A cell tells its strongest frequency. That is a number which the transform has, and at a place that can be told; a single
 * wave, which is what one looks for in a spectrum, keeps its height, and the middle cell is zero frequency, the sum of all levels. A mean
 * would be neither, and would sink a wave among the noise around it.
 *
 * Of a picture that is very large, tiles spread over it are transformed, and the mean of their powers is taken (M. S. Bartlett 1948): every
 * frequency stays where it is, which it would not in a picture made smaller.
 */

import { copyRegion, createRaster, shapeOf, type Raster } from '../raster/raster';
import { wholeOf, type Rectangle, type Size } from '../raster/rectangle';
import { checkpoint, type Signal } from '../raster/signal';
import { transformOf } from './fourier';
import { ENTRY, SEQUENCES } from './fourier-passes';
import { halfOf, rowsToHalves } from './half-spectrum';
import { loadRows, plainOrder, type Channel } from './sample-lines';
import { cellOf, cellsFor, lowestIn, widestCell, type Spectrum } from '../raster/spectrum';
import { roomFor, stripAt } from './column-strips';

/** Pictures of more pixels are not transformed as a whole, which would take many seconds. */
export const MOST_PIXELS = 50_000_000;
/** Side of the tiles, and most of them along a side of the picture. */
export const TILE = 256;
const MOST_TILES = 8;

/** Memory for transformed rows; where it is less than all of them need, rows are transformed several times, some columns at a time. */
const MOST_MEMORY = 96 * 2 ** 20;

/** Of one channel of a picture. `most` and `memory` are there for tests. */
export function spectrumOf(
  raster: Raster,
  channel: number,
  signal: Signal,
  most = MOST_PIXELS,
  memory = MOST_MEMORY,
): Spectrum {
  const transform = planeTransform(raster.width * raster.height > most ? tileOf(raster) : raster, memory);
  return raster.width * raster.height > most
    ? meanOfTiles(raster, channel, transform, signal)
    : gathered({ raster, channel }, transform, signal);
}

function gathered(channel: Channel, transform: PlaneTransform, signal: Signal): Spectrum {
  const { width, height } = channel.raster;
  const [across, down] = [cellsFor(width), cellsFor(height)];
  const columns = cellsOf(width);
  const rows = cellsOf(height);
  const powers = new Float64Array(across * down).fill(-1);
  const strongest = new Uint32Array(across * down);
  const widest = widestCell(width);
  transform(channel, signal, (u, v, power) => {
    const at = rows.cell[v] * across + columns.cell[u];
    if (power <= powers[at]) return;
    powers[at] = power;
    strongest[at] = rows.offset[v] * widest + columns.offset[u];
  });
  return {
    ...{ width: across, height: down, frequencies: { width, height }, whole: true, tiles: 1 },
    magnitudes: powers.map(Math.sqrt),
    strongest: across === width && down === height ? null : strongest,
  };
}

/** By place in a transform (0, 1, … −2, −1 cycles a side): the cell of each frequency, and how many of it are lower. */
function cellsOf(frequencies: number): { readonly cell: Int32Array; readonly offset: Int32Array } {
  const signed = (k: number): number => (k < Math.ceil(frequencies / 2) ? k : k - frequencies);
  const cell = Int32Array.from({ length: frequencies }, (_, k) => cellOf(signed(k), frequencies));
  return { cell, offset: cell.map((own, k) => signed(k) - lowestIn(own, frequencies)) };
}

function tileOf({ width, height }: Size): Size {
  return { width: Math.min(width, TILE), height: Math.min(height, TILE) };
}

function meanOfTiles(raster: Raster, channel: number, transform: PlaneTransform, signal: Signal): Spectrum {
  const { width, height } = tileOf(raster);
  const power = new Float64Array(width * height);
  const columns = cellsOf(width).cell;
  const rows = cellsOf(height).cell;
  const tiles = startsAlong(raster.height, height).flatMap((y) =>
    startsAlong(raster.width, width).map((x): Rectangle => ({ x, y, width, height })),
  );
  const tile = createRaster({ ...shapeOf(raster), width, height });
  for (const rectangle of tiles) {
    copyRegion({ raster, rectangle: wholeOf(raster) }, { raster: tile, rectangle }, rectangle);
    transform({ raster: tile, channel }, signal, (u, v, own) => {
      power[rows[v] * width + columns[u]] += own;
    });
  }
  return {
    ...{ width, height, frequencies: { width, height }, whole: false, tiles: tiles.length },
    magnitudes: power.map((sum) => Math.sqrt(sum / tiles.length)),
    strongest: null,
  };
}

/** Where tiles of `size` start along a side: end to end as far as there are few, else at equal distances. */
function startsAlong(length: number, size: number): readonly number[] {
  const count = Math.min(MOST_TILES, Math.floor(length / size));
  if (count === 1) return [Math.floor((length - size) / 2)];
  return Array.from({ length: count }, (_, at) => Math.floor((at * (length - size)) / (count - 1)));
}

/** Calls `tell` once with every frequency of a channel, by its places in the transform, and its |F|². */
type PlaneTransform = (
  channel: Channel,
  signal: Signal,
  tell: (u: number, v: number, power: number) => void,
) => void;

/** For planes of one size. */
function planeTransform({ width, height }: Size, memory: number): PlaneTransform {
  const [across, down] = [transformOf(width), transformOf(height)];
  const order = plainOrder(width);
  const room = roomFor(height);
  const half = halfOf(width);
  const most = Math.max(1, Math.floor(memory / (room * ENTRY * 8)));
  const strips = Math.min(most, Math.ceil(half / SEQUENCES));
  const plane = new Float64Array(strips * room * ENTRY);
  const telling = (from: Float64Array, u: number, tell: Parameters<PlaneTransform>[2]): void => {
    // The others are conjugates of these; zero and, of an even width, the highest are their own.
    const mirrored = u > 0 && 2 * u < width;
    for (let v = 0, at = u & 3; v < height; v++, at += ENTRY) {
      // Both numbers came out twice as large.
      const power = (from[at] * from[at] + from[at + SEQUENCES] * from[at + SEQUENCES]) / 4;
      tell(u, v, power);
      if (mirrored) tell(width - u, v === 0 ? 0 : height - v, power);
    }
  };
  return (channel, signal, tell) => {
    for (let first = 0; first < half; first += strips * SEQUENCES) {
      const end = Math.min(half, first + strips * SEQUENCES);
      across.withLines((lines) => {
        for (let top = 0; top < height; top += ENTRY) {
          checkpoint(signal);
          loadRows(channel, top, order, lines.input);
          rowsToHalves(lines.transform(), width, plane, room, top, first, end);
        }
      });
      down.withLines((lines) => {
        for (let u = first; u < end; u += SEQUENCES) {
          checkpoint(signal);
          const start = stripAt((u - first) >> 2, room, 0);
          lines.input.set(plane.subarray(start, start + height * ENTRY));
          const made = lines.transform();
          for (let own = u; own < Math.min(end, u + SEQUENCES); own++) telling(made, own, tell);
        }
      });
    }
  };
}
