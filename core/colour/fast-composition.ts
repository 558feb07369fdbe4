/**
 * `composeLayers` by the fast kernels: the same states and the same order of operations as the accumulator, two pixels a vector, a
 * part of a row at a time; where single precision can decide, by `quickComposition`. It takes what the planner makes: layers of the
 * result's depth, with as many colours.
 */

import type { FastKernels } from '../kernels/wasm/fast-kernels';
import { rowsIn, type LyingRows } from '../kernels/wasm/rows-in';
import { colourChannelsOf, hasAlpha, type Region } from '../raster/raster';
import { withArena } from '../raster/scratch';
import { checkpoint, type Signal } from '../raster/signal';
import { ACCUMULATED } from './accumulator';
import { BLEND_MODES } from './blend-mode';
import type { ComposedLayer } from './compose';
import { quickComposition, QUICK_ROOM, QUICKLY } from './quick-composition';

/** Bytes of a plane: a vector may reach a pixel beyond the last one. */
const PLANE = (ACCUMULATED + 2) * 8;
/** Three colours and alpha, of the result and of the layer being composed. */
const PLANES = 8;
/** Bytes of a row part of four 16-bit channels. */
const SAMPLES = ACCUMULATED * 8;

/** Says whether it could; `layers` are those that can be seen at all. */
export function composeFast(
  fast: FastKernels,
  layers: readonly ComposedLayer[],
  output: Region,
  signal: Signal,
): boolean {
  const { raster, rectangle } = output;
  const colours = colourChannelsOf(raster);
  const fits = ({ region }: ComposedLayer): boolean =>
    region.raster.depth === raster.depth && colourChannelsOf(region.raster) === colours;
  if (!layers.every(fits)) return false;
  return withArena(PLANES * PLANE + SAMPLES + QUICK_ROOM, (block) => {
    const exactly = exactComposition(fast, layers, output, block.subarray(QUICK_ROOM));
    const quickly = quickComposition(fast, layers, output, block);
    for (let y = 0; y < rectangle.height; y++) {
      if (y % 16 === 0) checkpoint(signal);
      for (let x = 0; x < rectangle.width; x += QUICKLY) {
        const end = Math.min(rectangle.width, x + QUICKLY);
        if (quickly(x, y, end - x)) continue;
        for (let part = x; part < end; part += ACCUMULATED) {
          exactly(part, y, Math.min(ACCUMULATED, end - part));
        }
      }
    }
    return true;
  });
}

/** Composes `count` pixels from (x, y) of the output on. */
type ComposePart = (x: number, y: number, count: number) => void;

function exactComposition(
  fast: FastKernels,
  layers: readonly ComposedLayer[],
  { raster, rectangle }: Region,
  block: Uint8Array,
): ComposePart {
  const [first, next, store] =
    raster.depth === 8
      ? [fast.composeFirst8, fast.composeNext8, fast.storeComposed8]
      : [fast.composeFirst16, fast.composeNext16, fast.storeComposed16];
  const into = fast.addressOf(block);
  const source = into + (PLANES / 2) * PLANE;
  const copies = block.subarray(PLANES * PLANE);
  const planes = new Float64Array(block.buffer, block.byteOffset, ((PLANES / 2) * PLANE) / 8);
  const target = rowsIn(fast, raster.data, copies);
  const placed = layers.map((layer): ComposedLayer & { lying: LyingRows } => ({
    ...layer,
    lying: rowsIn(fast, layer.region.raster.data, copies),
  }));
  return (x, y, count) => {
    let state: 'empty' | 'opaque' | 'transparent' = 'empty';
    for (const { region, whole, opacity, mode, lying: samples, ...place } of placed) {
      const row = rectangle.y + y - place.y;
      const left = rectangle.x + x - place.x;
      const from = Math.max(0, left);
      const own = Math.min(whole.width, left + count) - from;
      if (row < 0 || row >= whole.height || own <= 0) continue;
      const { channels, width } = region.raster;
      const start = ((row - region.rectangle.y) * width + from - region.rectangle.x) * channels;
      const address = samples.bring(start, own * channels);
      const covers = own === count && opacity === 1 && !hasAlpha(region.raster);
      if (state === 'empty' && own === count) {
        first(into, PLANE, address, count, channels, opacity);
        state = covers ? 'opaque' : 'transparent';
        continue;
      }
      if (state === 'empty') {
        planes.fill(0);
        state = 'transparent';
      }
      const begin = into + (from - left) * 8;
      const opaque = state === 'opaque' ? 1 : 0;
      next(BLEND_MODES.indexOf(mode), begin, PLANE, address, own, channels, opacity, opaque, source);
      if (covers) state = 'opaque';
    }
    const start = (y * raster.width + x) * raster.channels;
    if (state === 'empty') {
      raster.data.fill(0, start, start + count * raster.channels);
      return;
    }
    store(into, PLANE, count, raster.channels, target.room(start));
    target.takeBack(start, count * raster.channels);
  };
}
