/**
 * Formulas that mix the channels of a pixel, as loops over runs of pixels: compiled for the layout, with everything that all
 * channels share computed once a pixel, or once a run where no sample is involved.
 */

import {
  levelsOf,
  scaleOf,
  topOf,
  type ChannelCount,
  type Depth,
  type Raster,
  type Samples,
} from '../raster/raster';
import { store } from '../raster/rounding';
import { functionFrom, javascriptOf } from './formula/compile';
import { evaluate } from './formula/evaluate';
import { pixelScope } from './formula/names';
import { parseFormula } from './formula/parse';
import { collectNames, freeNames, type Formula } from './formula/syntax';
import type { Constants } from './operation';

/**
 * Replaces the colour samples of the pixels that begin at sample `start` and end before `end`. `x` and `y` are the first pixel's
 * place in the picture; a loop whose formula names places is only ever given pixels of one row.
 */
export type RunLoop = (data: Samples, start: number, end: number, x: number, y: number) => void;

type CompiledLoop = (
  data: Samples,
  start: number,
  end: number,
  T: number,
  K: number,
  L: number,
  constants: Constants,
  x: number,
  y: number,
) => void;

/** The loop for a raster's layout and depth; interpreted where a page refuses compiled code. Same results. */
export function runLoop(text: string, constants: Constants, raster: Raster): RunLoop {
  const { channels, depth } = raster;
  const formula = parseFormula(text);
  const compiled = compiledLoop(text, formula, constants, channels, depth);
  if (compiled === null) return plainLoop(formula, constants, channels, depth);
  const [T, K, L] = [topOf(depth), scaleOf(depth), levelsOf(depth)];
  return (data, start, end, x, y) => compiled(data, start, end, T, K, L, constants, x, y);
}

/** The interpreter's way: the definition, pixel by pixel. */
export function plainLoop(
  formula: Formula,
  constants: Constants,
  channels: ChannelCount,
  depth: Depth,
): RunLoop {
  const colours = channels <= 2 ? 1 : 3;
  const own = Array.from({ length: colours }, (_, channel) =>
    Object.fromEntries(Object.entries(constants).map(([name, numbers]) => [name, numbers[channel]])),
  );
  return (data, start, end, firstX, y) => {
    for (let at = start, x = firstX; at < end; at += channels, x++) {
      const pixel = [...data.subarray(at, at + channels)];
      for (let channel = 0; channel < colours; channel++) {
        const scope = { ...own[channel], ...pixelScope(pixel, channel, depth), x, y };
        data[at + channel] = store(evaluate(formula, scope), scope.T);
      }
    }
  };
}

const loops = new Map<string, CompiledLoop | null>();

function compiledLoop(
  text: string,
  formula: Formula,
  constants: Constants,
  channels: ChannelCount,
  depth: Depth,
): CompiledLoop | null {
  const varying = new Set(Object.keys(constants).filter((name) => !isEven(constants[name])));
  // The depth is in the name, so that each compiled function only ever meets one type of array.
  const name = JSON.stringify([text, channels, depth, [...varying]]);
  let loop = loops.get(name);
  if (loop === undefined) {
    loop = functionFrom<CompiledLoop>(loopSource(formula, Object.keys(constants), varying, channels));
    loops.set(name, loop);
  }
  return loop;
}

/** Whether all channels have the same number. */
export function isEven(numbers: readonly number[]): boolean {
  return numbers.every((number) => number === numbers[0]);
}

/** Where a name's value is settled, from the outside in. */
const RUN = 0;
const PIXEL = 1;
const SAMPLE = 2;
type Scale = typeof RUN | typeof PIXEL | typeof SAMPLE;

function loopSource(
  formula: Formula,
  constantNames: readonly string[],
  varying: ReadonlySet<string>,
  channels: ChannelCount,
): string {
  const colours = channels <= 2 ? 1 : 3;
  const used = freeNames(formula);
  const scales = scalesOf(formula, varying);
  const taken = constantNames.filter((name) => used.has(name));
  const shared = (name: string): string => `$${name}`;
  const define = (scale: Scale, spell: (name: string) => string): readonly string[] =>
    formula.definitions
      .filter(({ name }) => scales.get(name) === scale)
      .map(({ name, value }) => `const $${name} = ${javascriptOf(value, spell)};`);

  const sampleNames = ['$R', '$G', '$B'];
  const perChannel = (channel: number): readonly string[] => {
    const spell = (name: string): string => {
      if (name === 'r') return sampleNames[channel];
      if (name === 'u') return `(${sampleNames[channel]} / $K)`;
      if (name === 'channel') return String(channel);
      return varying.has(name) ? `$${name}of${channel}` : `$${name}`;
    };
    const result = javascriptOf(formula.result, spell);
    return ['{', ...define(SAMPLE, spell), `data[at + ${channel}] = store(${result}, $T);`, '}'];
  };
  const alike = colours === 3 && scaleOfNames(collectNames(formula.result, new Set()), scales) !== SAMPLE;
  const stores = alike
    ? [
        `const result = store(${javascriptOf(formula.result, shared)}, $T);`,
        'data[at] = result; data[at + 1] = result; data[at + 2] = result;',
      ]
    : Array.from({ length: colours }, (_, channel) => perChannel(channel)).flat();

  return [
    'function (data, start, end, $T, $K, $L, constants, firstX, $y) {',
    ...taken.flatMap((name) =>
      varying.has(name)
        ? Array.from({ length: colours }, (_, c) => `const $${name}of${c} = constants.${name}[${c}];`)
        : [`const $${name} = constants.${name}[0];`],
    ),
    ...define(RUN, shared),
    used.has('x')
      ? `for (let at = start, $x = firstX; at < end; at += ${channels}, $x++) {`
      : `for (let at = start; at < end; at += ${channels}) {`,
    colours === 1
      ? 'const $R = data[at]; const $G = $R; const $B = $R; const $Y = $R;'
      : 'const $R = data[at]; const $G = data[at + 1]; const $B = data[at + 2];',
    colours === 3 && used.has('Y') ? 'const $Y = store(luma($R, $G, $B), $T);' : '',
    used.has('A') ? `const $A = ${channels % 2 === 0 ? `data[at + ${channels - 1}]` : '$T'};` : '',
    ...define(PIXEL, shared),
    ...stores,
    '} }',
  ].join('\n');
}

/** How far in each name is settled, definitions included. */
function scalesOf(formula: Formula, varying: ReadonlySet<string>): ReadonlyMap<string, Scale> {
  const scales = new Map<string, Scale>();
  for (const name of ['r', 'u', 'channel', ...varying]) scales.set(name, SAMPLE);
  for (const name of ['R', 'G', 'B', 'A', 'Y', 'x']) scales.set(name, PIXEL);
  for (const { name, value } of formula.definitions) {
    scales.set(name, scaleOfNames(collectNames(value, new Set()), scales));
  }
  return scales;
}

function scaleOfNames(names: ReadonlySet<string>, scales: ReadonlyMap<string, Scale>): Scale {
  let innermost: Scale = RUN;
  for (const name of names) {
    const scale = scales.get(name) ?? RUN;
    if (scale > innermost) innermost = scale;
  }
  return innermost;
}
