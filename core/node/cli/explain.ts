/** `burnish explain`: the arithmetic of one pixel, as a compact JSON line or in words. */

import { resolve } from 'node:path';
import type { Explanation } from '../../derive/explanation';
import type { LayerStory, Pixel, PixelStory, StepStory } from '../../derive/pixel-story';
import { explanationText } from '../../derive/explanation-text';
import type { Step } from '../../document/document';
import { recipeSources } from '../../document/recipe';
import { shortNumber } from '../../operation/formula/print';
import type { Reported } from '../../operation/operation';
import { fail, FaultError, succeed, unwrap, type Result } from '../../raster/fault';
import { startCodec } from '../codec/codec';
import { startEngine } from '../engine/engine';
import { Pictures } from '../jobs/pictures';
import { explainPixel } from '../pixels/pixel-story';
import { findInput, PROJECT_FORMAT } from './base';
import { codecLimits, type Thresholds } from './input-content';
import { interruptible } from './interruption';
import { stepsOf, withoutRecipe } from './steps';
import { faultLine, oneLine, STATUS, write, type Terminal } from './terminal';

export interface ExplainOptions {
  readonly at?: string;
  readonly op?: readonly string[];
  readonly json?: true;
}

function pixelFrom(text: string | undefined): Result<Pixel> {
  const match = /^\s*(\d{1,9})\s*,\s*(\d{1,9})\s*$/.exec(text ?? '');
  if (match !== null) return succeed({ x: Number(match[1]), y: Number(match[2]) });
  const message = text === undefined ? 'no position' : `--at: expected X,Y but received "${text}"`;
  return fail('usage', message, 'write --at X,Y in whole pixels of the result, like --at 120,80');
}

/** An explanation and those of its steps. */
function withSteps(explanation: Explanation): readonly Explanation[] {
  return [explanation, ...(explanation.steps ?? []).flatMap(withSteps)];
}

/** What there is to print. */
interface Told {
  readonly input: string;
  readonly pixel: Pixel;
  readonly story: PixelStory;
  /** A picture's steps are those of its one layer; a project has layers, and steps above them. */
  readonly isProject: boolean;
}

function explanationsOf(steps: readonly StepStory[]): readonly Explanation[] {
  return steps.map(({ explanation }) => explanation);
}

function jsonOf({ input, pixel, story, isProject }: Told): string {
  const { layers, canvas } = story;
  const all = [...layers.flatMap((layer) => layer.steps), ...canvas];
  const moves =
    isProject ||
    explanationsOf(all)
      .flatMap(withSteps)
      .some(
        ({ x, y, from }) =>
          [x, from.x].some((at) => at !== pixel.x) || [y, from.y].some((at) => at !== pixel.y),
      );
  const stepsJson = (steps: readonly StepStory[]): readonly StepJson[] =>
    explanationsOf(steps).map((each) => stepJson(each, moves));
  const head = { input, ...pixel };
  if (!isProject)
    return `${JSON.stringify({ ...head, steps: stepsJson(layers.flatMap(({ steps }) => steps)) })}\n`;
  const layersJson = layers.map(({ name, mode, opacity, at, levels, steps, over }) => ({
    name,
    mode,
    opacity,
    ...(at === null ? { reaches: false } : { ...at, steps: stepsJson(steps), levels, over }),
  }));
  return `${JSON.stringify({ ...head, layers: layersJson, composite: story.composite.levels, steps: stepsJson(canvas), stored: story.levels })}\n`;
}

interface StepJson {
  readonly id: string;
  readonly x?: number;
  readonly y?: number;
  readonly formula: string;
  /** The mask's level, 0 … 255. */
  readonly mask?: number;
  readonly in: readonly number[];
  readonly unrounded: readonly number[];
  readonly stored: readonly number[];
  readonly values?: Reported;
  readonly windows?: readonly WindowJson[];
  readonly steps?: readonly StepJson[];
}

/** The window of a neighbourhood on one channel, row by row; of one too large to be listed only where it lies. */
interface WindowJson {
  readonly channel: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly patch?: readonly number[];
  readonly kernel?: readonly number[];
  readonly products?: readonly number[];
  readonly sum?: number;
  readonly divisor?: number;
  readonly offset?: number;
}

function windowsJson({ arithmetic }: Explanation): readonly WindowJson[] {
  return arithmetic.flatMap(({ name, window }) => {
    if (window === null) return [];
    const { x, y, width, height, levels, weighted } = window;
    const place = { channel: name, x, y, width, height, ...(levels.length > 0 && { patch: levels }) };
    if (weighted === null) return [place];
    const { weights, products, sum, divisor, offset } = weighted;
    return [{ ...place, kernel: weights, products, sum, divisor, offset }];
  });
}

function stepJson(explanation: Explanation, moves: boolean): StepJson {
  const { id, x, y, formula, mask, in: given, unrounded, stored, values, steps } = explanation;
  const windows = windowsJson(explanation);
  return {
    id,
    ...(moves ? { x, y } : {}),
    formula,
    ...(mask === null ? {} : { mask }),
    in: given,
    unrounded,
    stored,
    ...(values === null ? {} : { values }),
    ...(windows.length === 0 ? {} : { windows }),
    ...(steps === undefined ? {} : { steps: steps.map((each) => stepJson(each, moves)) }),
  };
}

function stackText(steps: readonly StepStory[], start: string): string {
  return [start, ...explanationsOf(steps).map((each, at) => explanationText(each, at + 1))].join('\n');
}

function placeText({ x, y }: Pixel): string {
  return `(${x}, ${y})`;
}

function textOf(told: Told): string {
  const { input, pixel, story, isProject } = told;
  const name = oneLine(input);
  if (!isProject) {
    const [{ steps, levels }] = story.layers;
    const first = steps.at(0)?.explanation;
    return stackText(
      steps,
      `${name} at ${placeText(first?.from ?? pixel)}: ${(first?.in ?? levels).join(' ')}\n`,
    );
  }
  const parts = story.layers.map((layer) => layerText(layer));
  const { at, levels } = story.composite;
  const canvas = story.canvas.length === 0 ? [] : [stackText(story.canvas, 'Canvas\n')];
  return [
    `${name} at ${placeText(pixel)}\n`,
    ...parts,
    `The layers together at ${placeText(at)}: stored ${levels.join(' ')}\n`,
    ...canvas,
  ].join('\n');
}

/** A layer's steps, and what composition makes of it and of what lies below. */
function layerText({ name, mode, opacity, at, levels, steps, over, arithmetic }: LayerStory): string {
  if (at === null) return `Layer ${name} does not reach this pixel\n`;
  const start = steps.at(0)?.explanation;
  const head = `Layer ${name} at ${placeText(start?.from ?? at)}: ${(start?.in ?? levels).join(' ')}\n`;
  const text = stackText(steps, head);
  if (arithmetic.length === 0) return text;
  const lines = arithmetic.map(
    (channel) =>
      `  ${channel.name}  ${channel.lines.map((line) => `${line.name ?? 'Co'} = ${line.text}`).join(', ')}`,
  );
  return `${text}\nOver what lies below, ${mode} at ${Math.round(opacity * 100)} %\n${lines.join('\n')}\n  makes ${over.map(shortNumber).join(' ')}\n`;
}

async function explainInput(
  input: string,
  steps: readonly Step[],
  pixel: Pixel,
  asJson: boolean,
  terminal: Terminal,
  signal: AbortSignal,
  thresholds: Thresholds,
): Promise<Result<string>> {
  const engine = startEngine();
  const codec = startCodec({ createRaster: engine.createPicture, limits: codecLimits(thresholds) });
  const pictures = new Pictures(codec, engine);
  try {
    const path = input === '-' ? null : resolve(input);
    const tools = { codec, engine, pictures, terminal, signal, thresholds };
    const found = unwrap(await findInput({ name: input, path, folder: '' }, tools));
    const base = unwrap(await found.open(false));
    return await pictures.withSecond(recipeSources({ operations: steps }), signal, async (seconds) => {
      const story = await explainPixel({ engine, signal }, base.with(steps, seconds), pixel);
      const told = { input, pixel, story, isProject: base.format === PROJECT_FORMAT };
      return succeed(asJson ? jsonOf(told) : textOf(told));
    });
  } catch (error) {
    if (error instanceof FaultError) return { ok: false, fault: error.fault };
    throw error;
  } finally {
    await Promise.all([codec.close(), engine.close()]);
  }
}

/** Carries the command out. The fault is wrong usage; else the status. */
export async function explain(
  words: readonly string[],
  options: ExplainOptions,
  terminal: Terminal,
  thresholds: Thresholds = {},
): Promise<Result<number>> {
  const pixel = pixelFrom(options.at);
  if (!pixel.ok) return pixel;
  const split = withoutRecipe(words);
  if (!split.ok) return split;
  const { recipe, inputs } = split.value;
  if (inputs.length !== 1) {
    return fail(
      'usage',
      inputs.length === 0 ? 'no input' : `one input, not ${inputs.length}`,
      'name one picture',
    );
  }
  const steps = await stepsOf(recipe, options.op ?? []);
  if (!steps.ok) return steps;
  const [input] = inputs;
  return succeed(
    await interruptible(async (signal) => {
      const asJson = options.json === true;
      const text = await explainInput(input, steps.value, pixel.value, asJson, terminal, signal, thresholds);
      if (text.ok) {
        await write(terminal.stdout, text.value);
        return STATUS.done;
      }
      const about = input === '-' ? 'standard input' : input;
      terminal.stderr.write(`${faultLine(about, text.fault)}\n`);
      return text.fault.code === 'usage' ? STATUS.usage : STATUS.failed;
    }),
  );
}
