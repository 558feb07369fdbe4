/**
 * The life of a pixel, from the result back to the file: the pixel that a step started from is the pixel that the step before
 * left. What each step met is rendered by the engine; what it made of it is told by core/derive.
 */

import { explainStep, lumaRegion, questionPart } from '../../derive/explain';
import type { Explanation } from '../../derive/explanation';
import type { Source, Step } from '../../document/document';
import { checkStep, type CheckedStep } from '../../document/step-check';
import { maskSources } from '../../document/mask';
import { maskLevel } from '../../kernels/mask';
import type { Found } from '../../operation/kept';
import { measure } from '../../operation/measure';
import { measurementFor } from '../../operation/point-formula';
import { fail, FaultError, type Result } from '../../raster/fault';
import { shapeOf, type Raster, type Region, type Shape } from '../../raster/raster';
import { intersect, wholeOf, type Rectangle } from '../../raster/rectangle';
import type { Engine } from '../engine/engine';
import { documentOf } from '../jobs/edited';

export interface Pixel {
  readonly x: number;
  readonly y: number;
}

/** A step that is carried out, with the shape that it works on. */
export interface Stage {
  readonly step: Step;
  readonly checked: CheckedStep;
  readonly input: Shape;
}

/** Everything that an explanation is made from. */
export interface Scene {
  readonly engine: Pick<Engine, 'render'>;
  readonly source: Source;
  readonly seconds: ReadonlyMap<string, Source>;
  readonly stages: readonly Stage[];
  readonly signal: AbortSignal;
}

/** The value; throws a `FaultError` where there is none. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new FaultError(result.fault);
  return result.value;
}

/** The steps that are carried out. Throws a `FaultError` at the first that cannot stand where it is. */
export function stagesOf(source: Shape, steps: readonly Step[]): readonly Stage[] {
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
export async function renderAfter(scene: Scene, count: number, part: Rectangle): Promise<Region> {
  const steps = scene.stages.slice(0, count).map((stage) => stage.step);
  const document = documentOf(scene.source, steps, scene.seconds);
  const request = { document, level: 0, exact: true, region: part, format: 'export' } as const;
  const { raster } = unwrap(await scene.engine.render(request, scene.signal));
  return { raster, rectangle: part };
}

/** The numbers that a stage keeps, or what its operation measures on its whole input; null where nothing. */
async function measuredBy(scene: Scene, index: number): Promise<Found | null> {
  const { step, checked, input } = scene.stages[index];
  const { operation, values } = checked;
  if (step.measured !== null) return { kind: 'kept', kept: step.measured };
  if (operation.kind !== 'global') return null;
  const isLuma = step.channels === 'luma';
  const wanted = measurementFor(operation, values, isLuma ? { ...input, channels: 1 } : input);
  if (wanted === null) return null;
  const whole = await renderAfter(scene, index, wholeOf(input));
  return measure(wanted, isLuma ? lumaRegion(whole).raster : whole.raster);
}

/** The second picture's pixel where a stage blends one in, else null. */
async function secondPixel(scene: Scene, index: number, pixel: Pixel): Promise<Raster | null> {
  const { operation, values } = scene.stages[index].checked;
  if (operation.kind !== 'blend') return null;
  return (await pixelOfSecond(scene, index, operation.source(values), pixel)).raster;
}

/** The level of a stage's mask at a pixel, null without a mask. */
async function maskAt(scene: Scene, index: number, pixel: Pixel): Promise<number | null> {
  const { mask } = scene.stages[index].step;
  if (mask === null) return null;
  const pictures: Region[] = [];
  for (const path of maskSources(mask)) {
    pictures.push(lumaRegion(await pixelOfSecond(scene, index, path, pixel)));
  }
  return maskLevel(mask, pictures, pixel.x, pixel.y);
}

/** The pixel of a second picture at a place of the stage's input. */
async function pixelOfSecond(scene: Scene, index: number, path: string, { x, y }: Pixel): Promise<Region> {
  const { step, input } = scene.stages[index];
  const second = scene.seconds.get(path);
  if (second === undefined) throw new Error(`${step.operation} needs a picture that is not open`);
  if (second.width !== input.width || second.height !== input.height) {
    const size = (shape: Shape): string => `${shape.width} × ${shape.height}`;
    const message = `${step.operation}: ${second.name} has ${size(second)} pixels, the picture there ${size(input)}`;
    throw new FaultError(fail('size-mismatch', message, 'use pictures of one size').fault);
  }
  const alone = documentOf(second, [], new Map());
  const request = { document: alone, level: 0, exact: true, format: 'export' } as const;
  const rectangle = { x, y, width: 1, height: 1 };
  const { raster } = unwrap(await scene.engine.render({ ...request, region: rectangle }, scene.signal));
  return { raster, rectangle };
}

async function explainStage(scene: Scene, index: number, pixel: Pixel): Promise<Explanation> {
  const { step, checked, input } = scene.stages[index];
  const { operation, values } = checked;
  const { channels, opacity } = step;
  const mask = await maskAt(scene, index, pixel);
  const asked = { operation, values, channels, opacity, mask, whole: input, ...pixel };
  const part = intersect(questionPart(asked), wholeOf(input));
  return explainStep({
    ...asked,
    input: await renderAfter(scene, index, part),
    measured: await measuredBy(scene, index),
    second: await secondPixel(scene, index, pixel),
  });
}

/** From the last step back to the first; the pixel of a step's input is the pixel of the result before. */
export async function explainAll(scene: Scene, pixel: Pixel): Promise<readonly Explanation[]> {
  const explanations: Explanation[] = [];
  let at = pixel;
  for (let index = scene.stages.length - 1; index >= 0; index--) {
    const explanation = await explainStage(scene, index, at);
    explanations.unshift(explanation);
    at = explanation.from;
  }
  return explanations;
}
