/** One pixel of a blend: both pixels as values 0 … 1, the blend function, and the composition (OPERATIONS.md 11). */

import { composeOnto, createAccumulator, startAccumulator } from '../colour/accumulator';
import { mixRow } from '../colour/blend';
import type { BlendMode } from '../colour/blend-mode';
import type { FilledLine } from '../operation/formula/print';
import { shortNumber } from '../operation/formula/print';
import type { BlendOperation } from '../operation/operation';
import { colourChannelsOf, createRaster, hasAlpha, topOf, type Raster } from '../raster/raster';
import { store } from '../raster/rounding';
import { channelName, pixelOf, type ChannelArithmetic, type Plain, type Question } from './explanation';

/** A picture of one pixel as composition sees it: colours and alpha, 0 … 1. */
function valuesOf(raster: Raster, like: Raster): { readonly colour: Float64Array; readonly alpha: number } {
  const accumulator = createAccumulator(colourChannelsOf(like), like.depth);
  startAccumulator(accumulator, 1);
  composeOnto(accumulator, 0, 1, raster, 0, 'normal', 1);
  const alpha = accumulator.state === 'opaque' ? 1 : accumulator.alpha[0];
  return { colour: accumulator.colour.slice(0, accumulator.colours), alpha };
}

interface Composed {
  readonly unrounded: readonly number[];
  readonly arithmetic: readonly ChannelArithmetic[];
}

function compose(backdrop: Raster, source: Raster, mode: BlendMode, opacity: number): Composed {
  const colours = colourChannelsOf(backdrop);
  const top = topOf(backdrop.depth);
  const accumulator = createAccumulator(colours, backdrop.depth);
  startAccumulator(accumulator, 1);
  composeOnto(accumulator, 0, 1, backdrop, 0, 'normal', 1);
  if (opacity > 0) composeOnto(accumulator, 0, 1, source, 0, mode, opacity);
  const alpha = accumulator.state === 'opaque' ? 1 : accumulator.alpha[0];
  const unrounded = Array.from(accumulator.colour.subarray(0, colours), (value) => value * top);

  const below = valuesOf(backdrop, backdrop);
  const above = valuesOf(source, backdrop);
  const mixed = new Float64Array(colours);
  mixRow(mode, colours, below.colour, above.colour, mixed, colours);
  const arithmetic = unrounded.map((value, channel): ChannelArithmetic => {
    const line = (name: string, of: number): FilledLine => ({ name, text: shortNumber(of), value: of });
    const lines = [
      line('Cb', below.colour[channel]),
      line('Cs', above.colour[channel]),
      line('αb', below.alpha),
      line('αs', above.alpha * opacity),
      line('B', mixed[channel]),
      line('αo', alpha),
      { name: null, text: `${top}·${shortNumber(value / top)}`, value },
    ];
    return { name: channelName(backdrop.channels, channel), lines, window: null };
  });
  return { unrounded: hasAlpha(backdrop) ? [...unrounded, alpha * top] : unrounded, arithmetic };
}

export function explainBlend(operation: BlendOperation, question: Question): Plain {
  const { values, whole, x, y, second } = question;
  if (second === null) throw new Error('a blend is explained with the pixel of its second picture');
  const pixel = pixelOf(question.input, x, y);
  const backdrop = createRaster({ ...whole, width: 1, height: 1 });
  backdrop.data.set(pixel);
  const opacity = operation.opacity(values);
  const composed = compose(backdrop, second, operation.mode(values), opacity);
  // Opacity 0 keeps the input as it is, whatever lies under full transparency.
  const unrounded = opacity === 0 ? pixel : composed.unrounded;
  return {
    from: { x, y },
    formula: operation.formula(values),
    in: pixel,
    unrounded,
    stored: unrounded.map((value) => store(value, topOf(whole.depth))),
    values: null,
    arithmetic: composed.arithmetic,
  };
}
