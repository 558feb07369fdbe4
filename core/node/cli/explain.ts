/**
 * `burnish explain`: the arithmetic of one pixel. From the pixel of the result it goes back step by step to the pixel of the
 * file; what each step met is rendered by the engine, what it made of it is told by core/derive.
 */

import { resolve } from 'node:path';
import { explainStep, lumaRegion, questionPart } from '../../derive/explain';
import type { Explanation } from '../../derive/explanation';
import { explanationText } from '../../derive/explanation-text';
import type { Source, Step } from '../../document/document';
import { recipeSources } from '../../document/recipe';
import { checkStep, type CheckedStep } from '../../document/step-check';
import { measure } from '../../operation/measure';
import type { Measured } from '../../operation/operation';
import { measurementFor } from '../../operation/point-formula';
import { fail, FaultError, succeed, type Fault, type Result } from '../../raster/fault';
import { shapeOf, type Raster, type Region, type Shape } from '../../raster/raster';
import { intersect, wholeOf, type Rectangle } from '../../raster/rectangle';
import { startCodec } from '../codec/codec';
import { startEngine, type Engine } from '../engine/engine';
import { interruptible } from './interruption';
import { documentOf, readInput } from './job';
import { Pictures } from './pictures';
import { stepsOf, withoutRecipe } from './steps';
import { faultLine, oneLine, STATUS, write, type Terminal } from './terminal';

export interface ExplainOptions {
  readonly at?: string;
  readonly op?: readonly string[];
  readonly json?: true;
}

interface Pixel {
  readonly x: number;
  readonly y: number;
}

/** A step that is carried out, with the shape that it works on. */
interface Stage {
  readonly step: Step;
  readonly checked: CheckedStep;
  readonly input: Shape;
}

/** Everything that an explanation is made from. */
interface Scene {
  readonly engine: Engine;
  readonly source: Source;
  readonly seconds: ReadonlyMap<string, Source>;
  readonly stages: readonly Stage[];
  readonly signal: AbortSignal;
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new FaultError(result.fault);
  return result.value;
}

function pixelFrom(text: string | undefined): Result<Pixel> {
  const match = /^\s*(\d{1,9})\s*,\s*(\d{1,9})\s*$/.exec(text ?? '');
  if (match !== null) return succeed({ x: Number(match[1]), y: Number(match[2]) });
  const message = text === undefined ? 'no position' : `--at: expected X,Y but received "${text}"`;
  return fail('usage', message, 'write --at X,Y in whole pixels of the result, like --at 120,80');
}

function stagesOf(source: Shape, steps: readonly Step[]): readonly Stage[] {
  let input: Shape = shapeOf(source);
  const stages: Stage[] = [];
  for (const step of steps) {
    if (!step.enabled) continue;
    const checked = checkStep(step, input);
    if (!checked.ok) {
      const { code, message, remedy } = checked.fault;
      throw new FaultError({ code, message: `${step.operation}: ${message}`, remedy });
    }
    stages.push({ step, checked: checked.value, input });
    input = checked.value.output ?? input;
  }
  return stages;
}

/** A part of the picture as it is after the first `count` stages. */
async function renderAfter(scene: Scene, count: number, part: Rectangle): Promise<Region> {
  const steps = scene.stages.slice(0, count).map((stage) => stage.step);
  const document = documentOf(scene.source, steps, scene.seconds);
  const request = { document, level: 0, exact: true, region: part, format: 'export' } as const;
  const { raster } = unwrap(await scene.engine.render(request, scene.signal));
  return { raster, rectangle: part };
}

/** What the operation of a stage measures on its whole input, null where nothing. */
async function measuredBy(scene: Scene, index: number): Promise<Measured | null> {
  const { step, checked, input } = scene.stages[index];
  const { operation, values } = checked;
  if (operation.kind !== 'global') return null;
  const isLuma = step.channels === 'luma';
  const wanted = measurementFor(operation, values, isLuma ? { ...input, channels: 1 } : input);
  if (wanted === null) return null;
  const whole = await renderAfter(scene, index, wholeOf(input));
  return measure(wanted, isLuma ? lumaRegion(whole).raster : whole.raster);
}

/** The second picture's pixel where a stage blends one in, else null. */
async function secondPixel(scene: Scene, index: number, { x, y }: Pixel): Promise<Raster | null> {
  const { step, checked, input } = scene.stages[index];
  if (checked.operation.kind !== 'blend') return null;
  const second = scene.seconds.get(checked.operation.source(checked.values));
  if (second === undefined) throw new Error(`${step.operation} blends in a picture that is not open`);
  if (second.width !== input.width || second.height !== input.height) {
    const size = (shape: Shape): string => `${shape.width} × ${shape.height}`;
    const message = `${step.operation}: ${second.name} has ${size(second)} pixels, the picture there ${size(input)}`;
    throw new FaultError(fail('size-mismatch', message, 'use pictures of one size').fault);
  }
  const alone = documentOf(second, [], new Map());
  const request = { document: alone, level: 0, exact: true, format: 'export' } as const;
  const region = { x, y, width: 1, height: 1 };
  return unwrap(await scene.engine.render({ ...request, region }, scene.signal)).raster;
}

async function explainStage(scene: Scene, index: number, pixel: Pixel): Promise<Explanation> {
  const { step, checked, input } = scene.stages[index];
  const { operation, values } = checked;
  const { channels, opacity } = step;
  const asked = { operation, values, channels, opacity, whole: input, ...pixel };
  const part = intersect(questionPart(asked), wholeOf(input));
  return explainStep({
    ...asked,
    input: await renderAfter(scene, index, part),
    measured: await measuredBy(scene, index),
    second: await secondPixel(scene, index, pixel),
  });
}

/** From the last step back to the first; the pixel of a step's input is the pixel of the result before. */
async function explainAll(scene: Scene, pixel: Pixel): Promise<readonly Explanation[]> {
  const explanations: Explanation[] = [];
  let at = pixel;
  for (let index = scene.stages.length - 1; index >= 0; index--) {
    const explanation = await explainStage(scene, index, at);
    explanations.unshift(explanation);
    at = explanation.from;
  }
  return explanations;
}

function jsonOf(input: string, pixel: Pixel, explanations: readonly Explanation[]): string {
  const moves = explanations.some(
    ({ x, y, from }) => [x, from.x].some((at) => at !== pixel.x) || [y, from.y].some((at) => at !== pixel.y),
  );
  const steps = explanations.map(({ id, x, y, formula, in: given, unrounded, stored, values }) => ({
    id,
    ...(moves ? { x, y } : {}),
    formula,
    in: given,
    unrounded,
    stored,
    ...(values === null ? {} : { values }),
  }));
  return `${JSON.stringify({ input, ...pixel, steps })}\n`;
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

async function explainPicture(
  input: string,
  steps: readonly Step[],
  pixel: Pixel,
  options: ExplainOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Fault | null> {
  const codec = startCodec();
  const engine = startEngine();
  const pictures = new Pictures(codec, engine);
  try {
    const path = input === '-' ? null : resolve(input);
    const bytes = unwrap(await readInput({ name: input, path, folder: '' }, terminal));
    const { source } = unwrap(await pictures.open(input, bytes, signal));
    await pictures
      .withSecond(recipeSources({ operations: steps }), signal, async (seconds) => {
        const scene: Scene = { engine, source, seconds, stages: stagesOf(source, steps), signal };
        const last = scene.stages.at(-1);
        const result = last === undefined ? source : (last.checked.output ?? last.input);
        if (pixel.x >= result.width || pixel.y >= result.height) {
          const size = `${result.width} × ${result.height}`;
          return fail(
            'usage',
            `(${pixel.x}, ${pixel.y}) lies outside the result, which is ${size}`,
            'choose a pixel inside',
          );
        }
        const explanations = await explainAll(scene, pixel);
        const first =
          explanations[0]?.in ??
          Array.from((await renderAfter(scene, 0, { ...pixel, width: 1, height: 1 })).raster.data);
        await write(
          terminal.stdout,
          options.json === true
            ? jsonOf(input, pixel, explanations)
            : textOf(input, pixel, first, explanations),
        );
        return succeed(undefined);
      })
      .then(unwrap);
    return null;
  } catch (error) {
    if (error instanceof FaultError) return error.fault;
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
      const fault = await explainPicture(input, steps.value, pixel.value, options, terminal, signal);
      if (fault === null) return STATUS.done;
      terminal.stderr.write(`${faultLine(input === '-' ? 'standard input' : input, fault)}\n`);
      return fault.code === 'usage' ? STATUS.usage : STATUS.failed;
    }),
  );
}
