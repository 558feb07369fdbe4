/**
 * One pixel of layers over one another, as composition does it (OPERATIONS.md 11): each layer's colours and alpha as values 0 … 1 beside
 * those of what lies below, the blend function, and what becomes of both. Nothing is rounded before the last layer lies on top.
 */

import { composeOnto, createAccumulator, startAccumulator, type Accumulator } from '../colour/accumulator';
import { mixRow } from '../colour/blend';
import { BLEND_ARITHMETIC } from '../colour/blend-arithmetic';
import type { BlendMode } from '../colour/blend-mode';
import { parseFormula } from '../operation/formula/parse';
import { fillIn, shortNumber, type FilledLine } from '../operation/formula/print';
import { titleOf } from '../operation/parameter';
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

/** Of one channel; colours and alphas from 0 to 1. */
interface Numbers {
  readonly below: number;
  readonly above: number;
  readonly alphaBelow: number;
  readonly alphaAbove: number;
  readonly opacity: number;
  /** What the blend function gives. */
  readonly blended: number;
  readonly alpha: number;
  readonly result: number;
  readonly top: number;
}

function composedLines(mode: BlendMode, numbers: Numbers): readonly FilledLine[] {
  const { below, above, alphaBelow, alphaAbove, opacity, alpha, result, top } = numbers;
  const share = (value: number): string => `${shortNumber(value * top)}/${top}`;
  const seen = alphaAbove * opacity;
  const [a, s] = [shortNumber(alphaBelow), shortNumber(seen)];
  const over: FilledLine = { name: 'αo', text: `${s} + ${a}·(1 − ${s})`, value: alpha };
  // What is the same for all channels comes first.
  return [
    { name: 'αb', text: a, value: alphaBelow },
    {
      name: 'αs',
      text: opacity === 1 ? s : `${shortNumber(alphaAbove)}·${shortNumber(opacity)}`,
      value: seen,
    },
    ...(alphaBelow === 1 ? [] : [over]),
    { name: 'Cb', text: share(below), value: below },
    { name: 'Cs', text: share(above), value: above },
    ...blendedLines(mode, numbers),
    { name: null, text: resultText(numbers, seen), value: result * top },
  ];
}

/** What is this near to 0 or 1 counts as that, as it does where it is computed (core/colour/blend.ts). */
const EDGE = 2 ** -50;

/** B with the numbers of the channel; where a mode needs all three, its value alone. */
function blendedLines(mode: BlendMode, { below, above, blended }: Numbers): readonly FilledLine[] {
  const formula = BLEND_ARITHMETIC[mode];
  if (formula === undefined)
    return [{ name: 'B', text: `${titleOf(mode)} of the three channels`, value: blended }];
  const exact = below <= EDGE ? 0 : below >= 1 - EDGE ? 1 : below;
  const lines = fillIn(parseFormula(formula), { Cb: exact, Cs: above });
  return lines.map((line) => (line.name === null ? { ...line, name: 'B', value: blended } : line));
}

/** Terms that are 0 for want of transparency are left out. */
function resultText({ below, above, alphaBelow, blended, alpha, top }: Numbers, seen: number): string {
  if (alpha === 0) return '0';
  const [Cb, Cs, B] = [below, above, blended].map(shortNumber);
  const [a, s] = [alphaBelow, seen].map(shortNumber);
  if (alphaBelow === 1 && seen === 1) return `${top}·${B}`;
  if (alphaBelow === 1) return `${top}·(${s}·${B} + (1 − ${s})·${Cb})`;
  const terms = `${s}·(1 − ${a})·${Cs} + ${s}·${a}·${B} + (1 − ${s})·${a}·${Cb}`;
  return `${top}·(${terms})/${shortNumber(alpha)}`;
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
    const arithmetic = Array.from(colour, (value, channel): ChannelArithmetic => {
      const numbers: Numbers = {
        below: below.colour[channel],
        above: above.colour[channel],
        alphaBelow: below.alpha,
        alphaAbove: above.alpha,
        opacity,
        blended: mixed[channel],
        alpha,
        result: value,
        top,
      };
      return { name: channelName(channels, channel), lines: composedLines(mode, numbers), window: null };
    });
    return { unrounded, arithmetic };
  });
}
