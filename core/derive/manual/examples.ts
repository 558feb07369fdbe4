/**
 * Worked examples: the levels before and after, as the definition has them, and the arithmetic of one of the pixels with the numbers
 * put in.
 */

import { fillIn, printFormula, shortNumber } from '../../operation/formula/print';
import { measure } from '../../operation/measure';
import type { Example, Operation, Reported } from '../../operation/operation';
import type { Parameters } from '../../operation/parameter';
import {
  evaluatePixel,
  measurementFor,
  pointFormula,
  type FormulaOperation,
} from '../../operation/point-formula';
import { workingShape } from '../../operation/working-shape';
import { toColour } from '../../raster/convert';
import { createRaster, topOf, type Raster } from '../../raster/raster';
import { checkValues } from '../../operation/check';
import { channelName } from '../explanation';
import { applySteps, argumentOf } from './sample';
import { block, joined } from './markdown';

function inputOf({ input, shape }: Example<Parameters>): Raster {
  const raster = createRaster(shape ?? { width: input.length, height: 1, channels: 1, depth: 8 });
  raster.data.set(input);
  return raster;
}

/** Pixels as texts; one of several channels stands in brackets. */
function pixelTexts({ width, height, channels, data }: Raster): readonly string[] {
  return Array.from({ length: width * height }, (_, pixel) => {
    const own = data.subarray(pixel * channels, (pixel + 1) * channels);
    return channels === 1 ? String(own[0]) : `(${own.join(', ')})`;
  });
}

const longest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));

function rowsOf(raster: Raster, widest: number): readonly string[] {
  const texts = pixelTexts(raster).map((text) => text.padStart(widest));
  return Array.from({ length: raster.height }, (_, y) =>
    texts.slice(y * raster.width, (y + 1) * raster.width).join(' '),
  );
}

/** One row stands above the other so that pixels compare; pictures of several rows stand side by side. */
function levelLines(input: Raster, output: Raster): readonly string[] {
  const [widestBefore, widestAfter] = [longest(pixelTexts(input)), longest(pixelTexts(output))];
  if (input.height === 1 && output.height === 1) {
    const widest = Math.max(widestBefore, widestAfter);
    return [`before  ${rowsOf(input, widest)[0]}`, `after   ${rowsOf(output, widest)[0]}`];
  }
  const before = ['before', ...rowsOf(input, widestBefore)];
  const after = ['after', ...rowsOf(output, widestAfter)];
  const width = longest(before);
  return Array.from({ length: Math.max(before.length, after.length) }, (_, at) =>
    `${(before[at] ?? '').padEnd(width)}    ${after[at] ?? ''}`.trimEnd(),
  );
}

export function reportedText(reported: Reported): string {
  return Object.entries(reported)
    .map(([name, value]) => {
      const numbers = (typeof value === 'number' ? [value] : value).map((each) =>
        typeof each === 'number' ? shortNumber(each) : `(${each.map(shortNumber).join(', ')})`,
      );
      return `${name} ${numbers.join(', ')}`;
    })
    .join('; ');
}

/** The pixel whose first level lies nearest to the middle among those that change; the first where none does. */
function telling(input: Raster, output: Raster): number {
  const { channels } = input;
  const middle = topOf(input.depth) / 2;
  let best = -1;
  for (let pixel = 0; pixel * channels < input.data.length; pixel++) {
    const at = pixel * channels;
    if (input.data.subarray(at, at + channels).every((level, c) => level === output.data[at + c])) continue;
    const isNearer = Math.abs(input.data[at] - middle) < Math.abs(input.data[best * channels] - middle);
    if (best < 0 || isNearer) best = pixel;
  }
  return Math.max(0, best);
}

/** `255·(100/255)^(1/2.2) = 166.664`, stored as 167: the formula with the numbers of one pixel. */
function arithmetic(
  operation: FormulaOperation,
  example: Example<Parameters>,
  given: Raster,
  output: Raster,
): readonly string[] {
  const shape = workingShape(operation, given);
  const input = shape.channels === given.channels ? given : toColour(given);
  const values = checkValues(operation, example.values, input);
  if (!values.ok) throw new Error(`an example of ${operation.id}: ${values.fault.message}`);
  const wanted = measurementFor(operation, values.value, input);
  const measured = wanted === null ? null : measure(wanted, input);
  const point = pointFormula(operation, values.value, shape, measured);
  const pixel = telling(input, output);
  const levels = Array.from(input.data.subarray(pixel * shape.channels, (pixel + 1) * shape.channels));
  const place = { x: pixel % shape.width, y: Math.floor(pixel / shape.width) };
  const { stored, scopes } = evaluatePixel(point, levels, shape, place);
  const shown = levels.length === 1 ? String(levels[0]) : `(${levels.join(', ')})`;
  const colour = scopes.length > 1 ? `, ${channelName(shape.channels, 0).replace('R', 'red')}` : '';
  const lines = fillIn(point.formula, scopes[0]).map(({ name, text, value, because }) => {
    const result = shortNumber(value);
    const reason = because === undefined ? '' : ` because ${because}`;
    return `  ${name === null ? '' : `${name} = `}${text}${text === result ? '' : ` = ${result}`}${reason}`;
  });
  const formula = printFormula(point.formula);
  // One pass is enough: with several definitions the lines below say the same.
  const head = point.formula.definitions.length === 0 ? [`  ${formula}`] : [];
  return [`${shown} at column ${place.x}${colour}:`, ...head, ...lines, `  stored as ${stored[0]}`];
}

function exampleBlock(operation: Operation, example: Example<Parameters>, isFirst: boolean): string {
  const input = inputOf(example);
  const application = { id: operation.id, params: example.values };
  const { raster, reported } = applySteps([application], input, input);
  const note = input.depth === 16 ? '    (16 bit)' : '';
  const lines = [`${argumentOf(application)}${note}`, '', ...levelLines(input, raster)];
  if (Object.keys(reported).length > 0) lines.push('', `reports ${reportedText(reported)}`);
  if (isFirst && (operation.kind === 'point' || operation.kind === 'global')) {
    lines.push('', ...arithmetic(operation, example, input, raster));
  }
  return block('text', lines.join('\n'));
}

/** All examples, the arithmetic of a pixel under the first. */
export function examplesOf(operation: Operation): string {
  return joined(operation.examples.map((example, at) => exampleBlock(operation, example, at === 0)));
}
