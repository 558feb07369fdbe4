/** An explanation in words: each step of a pixel's life as lines that can be checked with pencil and paper. */

import { shortNumber } from '../operation/formula/print';
import { titleOf } from '../operation/parameter';
import { channelName, type ChannelArithmetic, type Explanation, type WindowArithmetic } from './explanation';

/** Larger windows are told by their sum alone. */
const LARGEST_WINDOW = 15;

function rows(numbers: readonly number[], columns: number): readonly string[] {
  const texts = numbers.map(shortNumber);
  const width = Math.max(...texts.map((text) => text.length));
  const lines: string[] = [];
  for (let at = 0; at < texts.length; at += columns) {
    const row = texts.slice(at, at + columns).map((text) => text.padStart(width));
    lines.push(`      ${row.join('  ')}`);
  }
  return lines;
}

function windowLines(window: WindowArithmetic, unrounded: number): readonly string[] {
  const { x, y, width, height, levels, weighted } = window;
  const place = `${width} × ${height} window, top left (${x}, ${y})`;
  const small = width <= LARGEST_WINDOW && height <= LARGEST_WINDOW;
  const lines = [`    ${place}${small ? ':' : ` of ${width * height} levels`}`];
  if (small) lines.push(...rows(levels, width));
  if (weighted === null) return lines;
  const { weights, products, sum, divisor, offset, absolute } = weighted;
  const uniform = weights.every((weight) => weight === weights[0]);
  if (small && !uniform) {
    lines.push('    weights as they lie on it:', ...rows(weights, width));
    lines.push('    products:', ...rows(products, width));
  }
  const factor = uniform && weights[0] !== 1 ? `, each times ${shortNumber(weights[0])}` : '';
  lines.push(`    sum ${shortNumber(sum)}${factor}`);
  const divided = divisor === 1 ? '' : `/${shortNumber(divisor)}`;
  const shifted = offset === 0 ? '' : ` ${offset < 0 ? '−' : '+'} ${shortNumber(Math.abs(offset))}`;
  const result = `${shortNumber(sum)}${divided}${shifted}`;
  if (divided + shifted !== '' || absolute) {
    lines.push(`    ${absolute ? `|${result}|` : result} = ${shortNumber(unrounded)}`);
  }
  return lines;
}

function channelLines(explanation: Explanation, channel: number): readonly string[] {
  const { unrounded, stored, arithmetic } = explanation;
  const name = channelName(explanation.in.length, channel);
  const own: ChannelArithmetic | undefined = arithmetic.find((each) => each.name === name);
  const before = explanation.in[channel];
  const after = `stored ${stored[channel]}`;
  if (own === undefined || (own.lines.length === 0 && own.window === null)) {
    return [`  ${name}  ${before} → ${after}${before === stored[channel] ? ', unchanged' : ''}`];
  }
  const lines = [`  ${name}  ${before}`];
  if (own.window !== null) lines.push(...windowLines(own.window, unrounded[channel]));
  for (const line of own.lines) {
    const value = shortNumber(line.value);
    const defined = line.name === null ? '' : `${line.name} = `;
    const reason = line.because === undefined ? '' : ` because ${line.because}`;
    lines.push(`    ${defined}${line.text}${line.text === value ? '' : ` = ${value}`}${reason}`);
  }
  const exact = Number.isInteger(unrounded[channel]) ? '' : `unrounded ${unrounded[channel]}, `;
  lines.push(`    ${exact}${after}`);
  return lines;
}

/** One step, several lines. `number` counts from 1; the steps of a chain are 2.1, 2.2 and so on, before what became of them. */
export function explanationText(explanation: Explanation, number: number | string): string {
  const { id, x, y, from, formula, mask, values, kept, steps } = explanation;
  const moved = from.x === x && from.y === y ? '' : `, from (${from.x}, ${from.y}) of its input`;
  const lines = [`${number}. ${titleOf(id)} at (${x}, ${y})${moved}`, `  ${formula}`];
  if (mask !== null) lines.push(`  the mask's level here is ${mask} of 255`);
  for (const [name, value] of Object.entries(values ?? {})) {
    const numbers = typeof value === 'number' ? [value] : value;
    const texts = numbers.map((each) =>
      typeof each === 'number' ? shortNumber(each) : `(${each.map(shortNumber).join(', ')})`,
    );
    lines.push(`  ${kept ? 'kept' : 'measured'} ${name} = ${texts.join(', ')}`);
  }
  for (const [at, step] of (steps ?? []).entries()) {
    const text = explanationText(step, `${number}.${at + 1}`).trimEnd();
    lines.push(...text.split('\n').map((line) => `  ${line}`));
  }
  for (let channel = 0; channel < explanation.in.length; channel++) {
    lines.push(...channelLines(explanation, channel));
  }
  return `${lines.join('\n')}\n`;
}
