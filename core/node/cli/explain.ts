/** `burnish explain`: the arithmetic of one pixel, as a compact JSON line or in words. */

import { resolve } from 'node:path';
import type { Explanation } from '../../derive/explanation';
import { explanationText } from '../../derive/explanation-text';
import type { Step } from '../../document/document';
import { recipeSources } from '../../document/recipe';
import type { Reported } from '../../operation/operation';
import { fail, FaultError, succeed, type Result } from '../../raster/fault';
import { startCodec } from '../codec/codec';
import { startEngine } from '../engine/engine';
import { interruptible } from './interruption';
import { readInput } from './job';
import { Pictures } from '../jobs/pictures';
import { explainAll, renderAfter, stagesOf, unwrap, type Pixel, type Scene } from './pixel-life';
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

function jsonOf(input: string, pixel: Pixel, explanations: readonly Explanation[]): string {
  const moves = explanations
    .flatMap(withSteps)
    .some(
      ({ x, y, from }) =>
        [x, from.x].some((at) => at !== pixel.x) || [y, from.y].some((at) => at !== pixel.y),
    );
  const steps = explanations.map((each) => stepJson(each, moves));
  return `${JSON.stringify({ input, ...pixel, steps })}\n`;
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

function textOf(
  input: string,
  pixel: Pixel,
  first: readonly number[],
  explanations: readonly Explanation[],
): string {
  const start = explanations[0]?.from ?? pixel;
  const head = `${oneLine(input)} at (${start.x}, ${start.y}): ${first.join(' ')}\n`;
  return [head, ...explanations.map((each, at) => explanationText(each, at + 1))].join('\n');
}

/** What there is to print. Throws a `FaultError` where there is no such pixel, or a step cannot stand. */
async function told(scene: Scene, input: string, pixel: Pixel, asJson: boolean): Promise<string> {
  const last = scene.stages.at(-1);
  const result = last === undefined ? scene.source : (last.checked.output ?? last.input);
  if (pixel.x >= result.width || pixel.y >= result.height) {
    const size = `${result.width} × ${result.height}`;
    const message = `(${pixel.x}, ${pixel.y}) lies outside the result, which is ${size}`;
    throw new FaultError(fail('usage', message, 'choose a pixel inside').fault);
  }
  const explanations = await explainAll(scene, pixel);
  if (asJson) return jsonOf(input, pixel, explanations);
  const untouched = async (): Promise<readonly number[]> =>
    Array.from((await renderAfter(scene, 0, { ...pixel, width: 1, height: 1 })).raster.data);
  const first = explanations.length > 0 ? explanations[0].in : await untouched();
  return textOf(input, pixel, first, explanations);
}

async function explainPicture(
  input: string,
  steps: readonly Step[],
  pixel: Pixel,
  asJson: boolean,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Result<string>> {
  const engine = startEngine();
  const codec = startCodec({ createRaster: engine.createPicture });
  const pictures = new Pictures(codec, engine);
  try {
    const path = input === '-' ? null : resolve(input);
    const bytes = unwrap(await readInput({ name: input, path, folder: '' }, terminal));
    const { source } = unwrap(await pictures.open(input, bytes, signal));
    return await pictures.withSecond(recipeSources({ operations: steps }), signal, async (seconds) => {
      const scene: Scene = { engine, source, seconds, stages: stagesOf(source, steps), signal };
      return succeed(await told(scene, input, pixel, asJson));
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
      const text = await explainPicture(input, steps.value, pixel.value, asJson, terminal, signal);
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
