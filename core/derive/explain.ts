/**
 * Explains one pixel of one step: by the kind of its operation, then the step's limits on top (OPERATIONS.md 2.6). Pure: the
 * command line and the page bring the pixels, the sentences are made elsewhere.
 */

import { neededRegion } from '../operation/area';
import { luma } from '../raster/luma';
import { shortNumber } from '../operation/formula/print';
import type { AnyValues, WholeOperation } from '../operation/operation';
import { needsColour } from '../operation/working-shape';
import { toColour } from '../raster/convert';
import {
  channelsFor,
  colourChannelsOf,
  createRaster,
  hasAlpha,
  topOf,
  type Region,
  type Shape,
} from '../raster/raster';
import { store } from '../raster/rounding';
import { isEmpty, unite, wholeOf, type Rectangle } from '../raster/rectangle';
import { explainArea } from './explain-area';
import { explainBlend } from './explain-blend';
import { explainComposed } from './explain-composed';
import { explainGeometry } from './explain-geometry';
import { explainPoint } from './explain-point';
import { explainWhole } from './explain-whole';
import {
  channelName,
  MOST_LISTED,
  type ChannelArithmetic,
  type Explanation,
  type Plain,
  type Question,
} from './explanation';
import { pixelOf } from '../raster/pixel';

type Asked = Omit<Question, 'input' | 'measured' | 'second'>;
/** What an operation's own part depends on, without the step's limits. */
type Placed = Pick<Asked, 'operation' | 'values' | 'whole' | 'outcome' | 'x' | 'y'>;

/** The part of the step's input that its explanation reads. A limited step also looks at its own place. */
export function questionPart(asked: Asked): Rectangle {
  const own: Rectangle = { x: asked.x, y: asked.y, width: 1, height: 1 };
  return isLimited(asked) ? unite(operationPart(asked), own) : operationPart(asked);
}

/**
 * The pixel of an operation's input from which its pixel comes; of a composed one, from which its first step starts. A step that is
 * limited stays where it is.
 */
export function placeBefore(placed: Placed): { readonly x: number; readonly y: number } {
  const { operation, values, outcome, x, y } = placed;
  switch (operation.kind) {
    case 'area': {
      const { stride, offsetX, offsetY } = operation.window(values);
      return { x: x * stride + offsetX, y: y * stride + offsetY };
    }
    case 'geometry':
      return middleOf(operationPart(placed));
    case 'composed':
      return outcome?.steps.at(0)?.from ?? { x, y };
    case 'point':
    case 'global':
    case 'whole':
    case 'blend':
      return { x, y };
  }
}

function middleOf({ x, y, width, height }: Rectangle): { readonly x: number; readonly y: number } {
  return { x: x + Math.floor((width - 1) / 2), y: y + Math.floor((height - 1) / 2) };
}

function operationPart({ operation, values, whole, outcome, x, y }: Placed): Rectangle {
  const pixel: Rectangle = { x, y, width: 1, height: 1 };
  switch (operation.kind) {
    case 'area': {
      const { stride, offsetX, offsetY } = operation.window(values);
      const centre: Rectangle = { x: x * stride + offsetX, y: y * stride + offsetY, width: 1, height: 1 };
      return unite(neededRegion(operation, values, whole, pixel), centre);
    }
    case 'geometry': {
      const source = operation.source(values, whole, pixel);
      return isEmpty(source) ? nearestPixel(whole, pixel) : source;
    }
    case 'whole':
      return outcome === null ? wholeOf(whole) : toldPart(operation, values, pixel);
    case 'composed': {
      const from = outcome?.steps.at(0)?.from ?? { x, y };
      return outcome === null ? wholeOf(whole) : { ...from, width: 1, height: 1 };
    }
    case 'point':
    case 'global':
    case 'blend':
      return pixel;
  }
}

/** What an operation on the whole picture reads to tell of one pixel; of so much that nobody waits for it, the pixel alone. */
function toldPart(operation: WholeOperation, values: AnyValues, pixel: Rectangle): Rectangle {
  const part = operation.accountPart?.(values, pixel) ?? pixel;
  return part.width * part.height > MOST_LISTED ? pixel : part;
}

/** A pixel made from nothing of the picture starts from the nearest one. */
function nearestPixel({ width, height }: Shape, { x, y }: Rectangle): Rectangle {
  return { x: Math.min(x, width - 1), y: Math.min(y, height - 1), width: 1, height: 1 };
}

function explainPlain(question: Question): Plain {
  const { operation } = question;
  switch (operation.kind) {
    case 'point':
    case 'global':
      return explainPoint(operation, question);
    case 'area':
      return explainArea(operation, question);
    case 'geometry':
      return explainGeometry(operation, question, middleOf(operationPart(question)));
    case 'whole':
      return explainWhole(operation, question);
    case 'blend':
      return explainBlend(operation, question);
    case 'composed':
      return explainComposed(operation, question, explainStep);
  }
}

/** The rounded luma of a region, as a grey one. */
export function lumaRegion({ raster, rectangle }: Region): Region {
  const { channels, data } = raster;
  const grey = createRaster({ ...raster, channels: 1 });
  const colour = colourChannelsOf(raster) === 3;
  for (let at = 0, pixel = 0; at < data.length; at += channels, pixel++) {
    grey.data[pixel] = colour
      ? store(luma(data[at], data[at + 1], data[at + 2]), topOf(raster.depth))
      : data[at];
  }
  return { raster: grey, rectangle };
}

/** Whether a colour channel takes the step's result; on grey pictures any single channel means the grey one. */
function takes({ channels, whole }: Question, channel: number): boolean {
  const colours = colourChannelsOf(whole);
  return channels === 'rgb' || colours === 1 || channel >= colours || 'rgb'.charAt(channel) === channels;
}

/** The unrounded number that each channel would take at opacity 1. */
function takenAt(question: Question, plain: Plain, before: readonly number[]): readonly number[] {
  if (question.channels !== 'luma') {
    return before.map((v, channel) => (takes(question, channel) ? plain.unrounded[channel] : v));
  }
  const pixel: Rectangle = { x: question.x, y: question.y, width: 1, height: 1 };
  const own = createRaster({ ...question.whole, width: 1, height: 1 });
  own.data.set(before);
  const [level] = pixelOf(lumaRegion({ raster: own, rectangle: pixel }), pixel.x, pixel.y);
  const colours = colourChannelsOf(question.whole);
  return before.map((v, channel) => (channel < colours ? v + plain.stored[0] - level : v));
}

/** How much of the step shows at the pixel. */
function shareOf({ opacity, mask }: Question): number {
  return mask === null ? opacity : opacity * (mask / 255);
}

function limitedFormula({ channels, opacity, mask }: Question, formula: string): string {
  const w = channels === 'luma' ? `v + Y′ − Y, where Y′ is the stored ${formula} of the luma Y` : formula;
  const where = channels === 'rgb' || channels === 'luma' ? '' : ` in ${channels.toUpperCase()} alone`;
  if (mask === null && opacity === 1) return `${w}${where}`;
  const share = mask === null ? `${opacity}` : `${opacity === 1 ? '' : `${opacity}·`}${mask}/255`;
  return `v + ${share}·(w − v), where w is the stored ${w}${where}`;
}

/** The step's limits on top of its operation (OPERATIONS.md 2.6): the result is stored before it is mixed, and again after. */
function limited(question: Question, plain: Plain): Plain {
  const { whole, x, y } = question;
  const share = shareOf(question);
  const top = topOf(whole.depth);
  const before = pixelOf(question.input, x, y);
  const raw = takenAt(question, plain, before);
  const after = raw.map((value) => store(value, top));
  const unrounded = share === 1 ? raw : before.map((v, at) => v + share * (after[at] - v));
  const arithmetic = before.map((v, channel): ChannelArithmetic => {
    const name = channelName(whole.channels, channel);
    const own = plain.arithmetic.find((each) => each.name === name) ?? plain.arithmetic[0];
    const used = question.channels === 'luma' ? channel < colourChannelsOf(whole) : takes(question, channel);
    if (own === undefined || !used) return { name, lines: [], window: null };
    const inner = own.lines.map((line) => (line.name === null ? { ...line, name: 'w' } : line));
    const text = `${v} + ${shortNumber(share)}·(${after[channel]} − ${v})`;
    return { name, lines: [...inner, { name: null, text, value: unrounded[channel] }], window: own.window };
  });
  return {
    ...plain,
    from: { x, y },
    formula: limitedFormula(question, plain.formula),
    in: before,
    unrounded,
    stored: unrounded.map((value) => store(value, top)),
    arithmetic,
  };
}

function isLimited({ channels, opacity, mask }: Asked): boolean {
  return channels !== 'rgb' || opacity !== 1 || mask !== null;
}

/** The question of the same picture in RGB. */
function inColour(question: Question): Question {
  const { raster, rectangle } = question.input;
  const channels = channelsFor(3, hasAlpha(raster));
  return {
    ...question,
    whole: { ...question.whole, channels },
    input: { raster: toColour(raster), rectangle },
  };
}

/** Explains the pixel; see `Question` for what it needs. */
export function explainStep(asked: Question): Explanation {
  // A gray picture in front of an operation that gives colour is repeated to RGB first.
  const question = needsColour(asked.operation) ? inColour(asked) : asked;
  const { operation, x, y } = question;
  const isLuma = question.channels === 'luma';
  const whole: Shape = isLuma ? { ...question.whole, channels: 1 } : question.whole;
  const input = isLuma ? lumaRegion(question.input) : question.input;
  const plain = explainPlain({ ...question, whole, input });
  const kept = question.measured?.kind === 'kept';
  const told = { id: operation.id, x, y, mask: question.mask, kept };
  if (!isLimited(question)) return { ...told, ...plain };
  // A chain may give colour on its way; what it is mixed with is then that gray picture in RGB.
  const coloured = !isLuma && plain.stored.length !== whole.channels;
  return { ...told, ...limited(coloured ? inColour(question) : question, plain) };
}
