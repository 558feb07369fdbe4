/**
 * The arithmetic of one channel of an explained pixel, a line a quantity: what a window adds up to, what stands where in order of size, what
 * the operation does with that. The last line gives the unrounded result, whatever the kind of operation.
 */

import { bracketed, exactNumber, shortNumber, type FilledLine } from '../operation/formula/print';
import { titleOf } from '../operation/parameter';
import { countText, sizeText } from '../raster/number-text';
import {
  channelName,
  type ChannelArithmetic,
  type Explanation,
  type RankedSamples,
  type WindowArithmetic,
  type WeightedSum,
} from './explanation';

/** Longer sums and lists are not written out. */
const MOST_TERMS = 9;

/** `−1·134 + 5·161 − 165` of weights and levels; of many, how many there are; of a single one that is taken as it is, which. */
function termsText({ weights }: Pick<WeightedSum, 'weights'>, window: WindowArithmetic): string {
  const count = window.width * window.height;
  const counting = [...weights.keys()].filter((at) => weights[at] !== 0);
  const isWhole = weights.length === count;
  if (!isWhole || counting.length > MOST_TERMS) return `Σ over ${countText(count)} samples`;
  const [first] = counting;
  if (counting.length === 1 && weights[first] === 1) {
    return `v(${window.x + (first % window.width)}, ${window.y + Math.floor(first / window.width)})`;
  }
  const terms = counting.map((at, index) => {
    const weight = Math.abs(weights[at]);
    const sign = weights[at] < 0 ? '−' : '+';
    const term = `${weight === 1 ? '' : `${shortNumber(weight)}·`}${exactNumber(window.levels[at])}`;
    if (index === 0) return `${sign === '−' ? '−' : ''}${term}`;
    return `${sign} ${term}`;
  });
  return terms.length === 0 ? '0' : terms.join(' ');
}

/** The sum, and what becomes of it by divisor, offset and size. */
function weightedLines(weighted: WeightedSum, window: WindowArithmetic): readonly FilledLine[] {
  const { sum, divisor, offset, absolute } = weighted;
  const result = sum / divisor + offset;
  const value = absolute ? Math.abs(result) : result;
  const divided = divisor === 1 ? shortNumber(sum) : `${shortNumber(sum)}/${bracketed(divisor)}`;
  const shifted =
    offset === 0 ? divided : `${divided} ${offset < 0 ? '−' : '+'} ${shortNumber(Math.abs(offset))}`;
  const terms = termsText(weighted, window);
  if (shifted === shortNumber(sum) && !absolute) return [{ name: null, text: terms, value }];
  return [
    { name: 'sum', text: terms, value: sum },
    { name: null, text: absolute ? `|${shifted}|` : shifted, value },
  ];
}

/** `no. 5 of 70, 71, 75, …`. */
function rankedLine({ sorted, chosen, before, after }: RankedSamples): FilledLine {
  const count = before + sorted.length + after;
  const place = before + chosen + 1;
  const all =
    count <= MOST_TERMS && before + after === 0
      ? sorted.map(exactNumber).join(', ')
      : `${countText(count)} samples in order`;
  const which = place === 1 ? 'smallest' : place === count ? 'largest' : `no. ${place}`;
  return { name: null, text: `${which} of ${all}`, value: sorted[chosen] };
}

function windowLines(window: WindowArithmetic, isFollowed: boolean): readonly FilledLine[] {
  const { weighted, ranked, parts } = window;
  const sums = parts.map((part): FilledLine => {
    const terms = termsText(part, window);
    const text = part.divisor === 1 ? terms : `(${terms})/${part.divisor}`;
    return { name: part.name, text, value: part.sum / part.divisor };
  });
  const own =
    weighted !== null ? weightedLines(weighted, window) : ranked !== null ? [rankedLine(ranked)] : [];
  // What is limited goes on with the operation's result.
  return [...sums, ...own.map((line) => (line.name === null && isFollowed ? { ...line, name: 'w' } : line))];
}

/** Where nothing more is known than what went in and what came out. */
function plainLine(
  { from, in: before, unrounded, x, y }: Explanation,
  window: WindowArithmetic | null,
  channel: number,
): FilledLine {
  const moved = from.x !== x || from.y !== y;
  const text =
    window !== null
      ? `from ${sizeText(window)} samples`
      : moved
        ? `v(${from.x}, ${from.y})`
        : unrounded[channel] === before[channel]
          ? exactNumber(before[channel])
          : 'from the whole picture';
  return { name: null, text, value: unrounded[channel] };
}

/** A chain's steps, each from what the one before has stored. */
function stepLines(
  { steps = [], in: before, unrounded }: Explanation,
  channel: number,
): readonly FilledLine[] {
  return steps.map(({ id, stored }, index): FilledLine => {
    const met = index === 0 ? before : steps[index - 1].stored;
    const last = index === steps.length - 1;
    const level = (levels: readonly number[]): number => levels[Math.min(channel, levels.length - 1)];
    return {
      name: last ? null : `v${index + 1}`,
      text: `${titleOf(id)}(${level(met)})`,
      value: last ? unrounded[channel] : level(stored),
    };
  });
}

/** How many of the first lines, without the results, are the same in all of these channels: they need not be told of each. */
export function sharedLines(channels: readonly (readonly FilledLine[])[]): number {
  const [first, ...others] = channels;
  if (others.length === 0) return 0;
  const isShared = (line: FilledLine, at: number): boolean =>
    line.name !== null &&
    others.every((lines) => {
      const other = lines.at(at);
      return other?.name === line.name && other.text === line.text && other.value === line.value;
    });
  const differs = first.findIndex((line, at) => !isShared(line, at));
  return differs < 0 ? first.length : differs;
}

/** Definitions first, the unrounded result last (`name` null). */
export function channelLines(explanation: Explanation, channel: number): readonly FilledLine[] {
  const { stored, arithmetic, steps, unrounded } = explanation;
  const name = channelName(stored.length, channel);
  const own: ChannelArithmetic | undefined = arithmetic.find((each) => each.name === name);
  const lines = own?.lines ?? [];
  const window = own?.window ?? null;
  const all = [...(window === null ? [] : windowLines(window, lines.length > 0)), ...lines];
  const inner = steps === undefined ? [] : stepLines(explanation, channel);
  const told = all.length > 0 ? all : inner;
  if (told.length === 0 || told[told.length - 1].name !== null)
    return [...told, plainLine(explanation, window, channel)];
  // The last bits may differ from those of the sum in another order.
  return [...told.slice(0, -1), { ...told[told.length - 1], value: unrounded[channel] }];
}
