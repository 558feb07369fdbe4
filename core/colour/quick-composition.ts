/**
 * Composition of 8-bit colour in single precision, four pixels a vector, and again in doubles where that cannot decide: the same bytes
 * at a third of the cost. For parts of rows that every layer there covers, all in the pool, with modes that `quickMargin` knows.
 *
 * Layers may lie on rounding edges everywhere: at half opacity every second mean of two levels is a half. Then nearly all is made twice;
 * so after a part that had much to make again, the next ones are not tried.
 */

import type { FastKernels } from '../kernels/wasm/fast-kernels';
import { colourChannelsOf, hasAlpha, type Region } from '../raster/raster';
import { BLEND_MODES } from './blend-mode';
import type { ComposedLayer } from './compose';
import { quickMargin } from './quick-bound';

/** Pixels that are composed at once: their planes fit the processor's fastest cache. */
export const QUICKLY = 512;
/** As many layers as there are bits to say which of them lie at a place. */
const MOST_LAYERS = 30;
const RECORD = 32;
/** Bytes of a pixel at most: four floats, its place in the list, eight doubles, four levels. Vectors reach a few pixels further. */
const PIXEL = 16 + 4 + 64 + 4;
/** Bytes it needs. */
export const QUICK_ROOM = MOST_LAYERS * RECORD + (QUICKLY + 4) * PIXEL;

/** When more than one in so many pixels had to be made again, so many parts are not tried. */
const TOO_MANY = 8;
const UNTRIED = 64;

/** Composes at most `QUICKLY` pixels from (x, y) of the output on, or says that it cannot and leaves them alone. */
export type TryPart = (x: number, y: number, count: number) => boolean;

const never: TryPart = () => false;

/** `block` is in the pool and has room for `QUICK_ROOM` bytes. */
export function quickComposition(
  fast: FastKernels,
  layers: readonly ComposedLayer[],
  { raster, rectangle }: Region,
  block: Uint8Array,
): TryPart {
  const target = fast.addressOf(raster.data);
  if (raster.depth !== 8 || colourChannelsOf(raster) !== 3 || target < 0) return never;
  if (layers.length === 0 || layers.length > MOST_LAYERS) return never;
  // Flat: a part is short, and looked at layer by layer.
  const placed = layers.map((layer) => {
    const { channels, width, data } = layer.region.raster;
    const { x, y } = layer.region.rectangle;
    const line = width * channels;
    return {
      ...{ mode: layer.mode, modeIndex: BLEND_MODES.indexOf(layer.mode), opacity: layer.opacity },
      ...{ covers: layer.opacity === 1 && !hasAlpha({ channels }), channels, line },
      /** Of the output's first pixel in the layer. */
      ...{ left: rectangle.x - layer.x, top: rectangle.y - layer.y },
      ...{ width: layer.whole.width, height: layer.whole.height },
      address: fast.addressOf(data),
      /** From a place in the layer to its byte in the region. */
      skipped: y * line + x * channels,
    };
  });
  if (placed.some(({ address }) => address < 0)) return never;
  const margins = new Map<number, number | null>();
  const marginOf = (present: number): number | null => {
    let margin = margins.get(present);
    if (margin === undefined) {
      margin = quickMargin(placed.filter((_, index) => (present & (1 << index)) !== 0));
      margins.set(present, margin);
    }
    return margin;
  };
  const records = fast.addressOf(block);
  const words = new Uint32Array(block.buffer, block.byteOffset, (MOST_LAYERS * RECORD) / 4);
  const opacities = new Float64Array(block.buffer, block.byteOffset, (MOST_LAYERS * RECORD) / 8);
  let untried = 0;
  return (x, y, count) => {
    if (untried > 0) {
      untried--;
      return false;
    }
    let present = 0;
    let known = 0;
    let opaque = 0;
    for (let index = 0; index < placed.length; index++) {
      const layer = placed[index];
      const row = layer.top + y;
      const left = layer.left + x;
      if (row < 0 || row >= layer.height || left >= layer.width || left + count <= 0) continue;
      if (left < 0 || left + count > layer.width) return false;
      const at = (known * RECORD) / 4;
      words[at] = layer.address + row * layer.line + left * layer.channels - layer.skipped;
      words[at + 1] = layer.channels;
      words[at + 2] = layer.modeIndex;
      words[at + 3] = opaque;
      opacities[at / 2 + 2] = layer.opacity;
      present |= 1 << index;
      known++;
      if (layer.covers) opaque = 1;
    }
    if (known === 0) return false;
    const margin = marginOf(present);
    if (margin === null) return false;
    const start = target + (y * raster.width + x) * raster.channels;
    const room = records + MOST_LAYERS * RECORD;
    const again = fast.composeLevels(records, known, count, start, raster.channels, margin, room);
    if (again * TOO_MANY > count) untried = UNTRIED;
    return true;
  };
}
