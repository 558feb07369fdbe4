/**
 * What layers composed in single precision may be wrong by (kernels/wasm/assembly/compose-levels.ts), so that only what lies so near
 * to a rounding edge need be made again in doubles. Worst cases, in units of 255 · 2^-24: the rounding of a number of up to 255.
 *
 * Levels are read exactly. An alpha is a level times a rounded opacity: 2 relative units. With p units in the alpha beneath, the alpha of
 * the result, as + ab·(1 − as), has at most p + 6 (because as + ab ≤ 2·ao and each is at most ao), and the share as/ao 3 more. Going from the source
 * towards the mixed colour by ab costs p + 3, going from the backdrop towards that by the share costs the share's units and 3.
 */

import type { BlendMode } from './blend-mode';

interface Mixing {
  /** How much steeper than its backdrop the mixed colour can be. */
  readonly steepness: 1 | 2;
  /** Units that mixing itself adds. */
  readonly units: number;
}

/** The modes that the kernel knows: continuous, so that a backdrop that is slightly off gives a colour that is slightly off. */
const MIXING: Partial<Record<BlendMode, Mixing>> = {
  normal: { steepness: 1, units: 0 },
  multiply: { steepness: 1, units: 3 },
  screen: { steepness: 1, units: 6 },
  overlay: { steepness: 2, units: 7 },
  darken: { steepness: 1, units: 0 },
  lighten: { steepness: 1, units: 0 },
  hardLight: { steepness: 1, units: 6 },
  difference: { steepness: 1, units: 1 },
  exclusion: { steepness: 1, units: 9 },
};

/** Below it products of alphas come near to where single precision loses digits. */
const LEAST_OPACITY = 2 ** -20;
/** A margin in which one pixel in so many lies by chance makes doubles the shorter way. */
const WIDEST = 2 ** -5;
/** The shift of the rounding rule beyond ½, which the kernel leaves out (../raster/rounding.ts). */
const SNAP = 2 ** -20;
const UNIT = 255 * 2 ** -24;
/** Products of two errors, and numbers that are a little beyond 255. */
const SLACK = 1.001;

export interface BoundedLayer {
  readonly mode: BlendMode;
  /** 0 … 1. */
  readonly opacity: number;
  /** Opaque everywhere, so that what is over it has an opaque backdrop. */
  readonly covers: boolean;
}

/**
 * The distance from a rounding edge, in levels, from which on single precision decides, for layers from the bottom up that are not empty;
 * null where it cannot be used.
 */
export function quickMargin(layers: readonly BoundedLayer[]): number | null {
  let colour = 0;
  let alpha = 0;
  for (const [index, { mode, opacity }] of layers.entries()) {
    const mixing = MIXING[mode];
    if (mixing === undefined || opacity < LEAST_OPACITY) return null;
    if (index === 0) {
      alpha = 2;
      continue;
    }
    const mixed = mixing.steepness * colour + mixing.units;
    if (layers.slice(0, index).some(({ covers }) => covers)) {
      colour = Math.max(colour, mixed) + 5;
      continue;
    }
    const towards = mode === 'normal' ? 0 : mixed + alpha + 3;
    alpha += 6;
    colour = Math.max(colour, towards) + alpha + 6;
  }
  // Half a level is added, and alpha multiplied by 255.
  const margin = (Math.max(colour, alpha + 1) + 2) * UNIT * SLACK + SNAP;
  return margin < WIDEST ? margin : null;
}
