/**
 * One pixel of layers over one another, as composition does it (OPERATIONS.md 11): each layer's colours and alpha as values 0 … 1 beside
 * those of what lies below, the blend function, and what becomes of both. Nothing is rounded before the last layer lies on top.
 */

import { composeOnto, createAccumulator, startAccumulator, type Accumulator } from '../colour/accumulator';
import { mixRow } from '../colour/blend';
import type { BlendMode } from '../colour/blend-mode';
import { shortNumber, type FilledLine } from '../operation/formula/print';
import { colourChannelsOf, topOf, type ChannelCount, type Depth, type Raster } from '../raster/raster';
import { channelName, type ChannelArithmetic } from './explanation';

/** A layer's pixel, one pixel large. */
export interface LayerPixel {
  readonly raster: Raster;
  readonly mode: BlendMode;
  /** 0 … 1. */
  readonly opacity: number;
}

/** What composition makes of one more layer. */
export interface Composed {
  /** Levels, colours first and alpha last, not rounded. */
  readonly unrounded: readonly number[];
  /** A line a quantity, for each colour channel; empty for what lies lowest. */
  readonly arithmetic: readonly ChannelArithmetic[];
}

interface UnitPixel {
  readonly colour: Float64Array;
  readonly alpha: number;
}

function pixelOfAccumulator({ state, colour, alpha, colours }: Accumulator): UnitPixel {
  if (state === 'empty') return { colour: new Float64Array(colours), alpha: 0 };
  return { colour: colour.slice(0, colours), alpha: state === 'opaque' ? 1 : alpha[0] };
}

/** A picture of one pixel as composition sees it. */
function unitPixel(raster: Raster, colours: 1 | 3, depth: Depth): UnitPixel {
  const accumulator = createAccumulator(colours, depth);
  startAccumulator(accumulator, 1);
  composeOnto(accumulator, 0, 1, raster, 0, 'normal', 1);
  return pixelOfAccumulator(accumulator);
}

/** Composes layers, the lowest first, in the layout of the result; what each has made of those below it. */
export function composePixels(
  layers: readonly LayerPixel[],
  { channels, depth }: { readonly channels: ChannelCount; readonly depth: Depth },
): readonly Composed[] {
  const colours = colourChannelsOf({ channels });
  const top = topOf(depth);
  const accumulator = createAccumulator(colours, depth);
  startAccumulator(accumulator, 1);
  return layers.map(({ raster, mode, opacity }, index) => {
    const below = pixelOfAccumulator(accumulator);
    if (opacity > 0) composeOnto(accumulator, 0, 1, raster, 0, mode, opacity);
    const { colour, alpha } = pixelOfAccumulator(accumulator);
    const unrounded = [...Array.from(colour, (value) => value * top), alpha * top];
    if (index === 0) return { unrounded, arithmetic: [] };
    const above = unitPixel(raster, colours, depth);
    const mixed = new Float64Array(colours);
    mixRow(mode, colours, below.colour, above.colour, mixed, colours);
    const line = (name: string, value: number): FilledLine => ({ name, text: shortNumber(value), value });
    const arithmetic = Array.from(colour, (value, channel): ChannelArithmetic => {
      const lines = [
        line('Cb', below.colour[channel]),
        line('Cs', above.colour[channel]),
        line('αb', below.alpha),
        line('αs', above.alpha * opacity),
        line('B', mixed[channel]),
        line('αo', alpha),
        { name: null, text: `${top}·${shortNumber(value)}`, value: value * top },
      ];
      return { name: channelName(channels, channel), lines, window: null };
    });
    return { unrounded, arithmetic };
  });
}
