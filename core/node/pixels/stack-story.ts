/**
 * The life of a pixel in a stack, from the result back to the picture: the pixel that a step started from is the pixel that the step
 * before left. What each step met is rendered by the engine; what it made of it is told by core/derive.
 */

import { explainStep, lumaRegion, placeBefore, questionPart } from '../../derive/explain';
import type { Explanation, Outcome, Question } from '../../derive/explanation';
import type { Pixel } from '../../derive/pixel-story';
import { isLimited, PLAIN_STEP, type Document, type Step } from '../../document/document';
import { maskSources } from '../../document/mask';
import { maskLevel } from '../../kernels/mask';
import { partId } from '../../operation/operation';
import { fail, FaultError, unwrap } from '../../raster/fault';
import type { Raster, Region, Shape } from '../../raster/raster';
import { intersect, wholeOf } from '../../raster/rectangle';
import { measuredBy, renderPart, stagesOf, type StackScene, type Stage } from './stage';
import { foundOut, resultAlone } from './whole-result';

/** A stage at a pixel of its result. */
interface Moment extends Stage, Pixel {
  readonly outcome: Outcome | null;
}

/** The pixel of a second picture at a place of the step's input. */
async function pixelOfSecond(
  scene: StackScene,
  { step, input, beneath }: Stage,
  id: string,
  { x, y }: Pixel,
): Promise<Region> {
  const document = scene.after(beneath);
  const second = document.sources[id];
  if (second === undefined) throw new Error(`${step.operation} needs a picture that is not open`);
  if (second.width !== input.width || second.height !== input.height) {
    const size = (shape: Shape): string => `${shape.width} × ${shape.height}`;
    const message = `${step.operation}: ${second.name} has ${size(second)} pixels, the picture there ${size(input)}`;
    throw new FaultError(fail('size-mismatch', message, 'use pictures of one size').fault);
  }
  const alone: Document = {
    ...document,
    depth: second.depth,
    channels: second.channels,
    frame: null,
    layers: [{ ...document.layers[0], ...AS_IT_IS, source: second.id, stack: [] }],
    canvas: [],
  };
  return renderPart(scene, alone, { x, y, width: 1, height: 1 });
}

/** A layer that is shown as its stack leaves it. */
export const AS_IT_IS = { visible: true, opacity: 1, mode: 'normal' } as const;

/** The second picture's pixel where a step blends one in, else null. */
async function secondPixel(scene: StackScene, moment: Moment): Promise<Raster | null> {
  const { operation, values } = moment.checked;
  if (operation.kind !== 'blend') return null;
  return (await pixelOfSecond(scene, moment, operation.source(values), moment)).raster;
}

/** The level of a step's mask at a pixel, null without a mask. */
async function maskAt(scene: StackScene, moment: Moment): Promise<number | null> {
  const { mask } = moment.step;
  if (mask === null) return null;
  const pictures: Region[] = [];
  for (const id of maskSources(mask))
    pictures.push(lumaRegion(await pixelOfSecond(scene, moment, id, moment)));
  return maskLevel(mask, pictures, moment.x, moment.y);
}

/**
 * What the engine makes of a pixel by an operation that reads the whole picture, or passes over a window several times: so it is not
 * done again for one pixel. Null for other operations, and for a chain on the luma.
 */
async function outcomeAt(scene: StackScene, stage: Stage, pixel: Pixel): Promise<Outcome | null> {
  const { step, checked, input, beneath } = stage;
  const { operation, values } = checked;
  if (operation.kind === 'composed') {
    if (step.channels === 'luma') return null;
    const parts = operation.steps(values).map(({ id, params }, index): Step => ({
      ...PLAIN_STEP,
      id: partId(step.id, index),
      operation: id,
      params,
    }));
    const steps = await explainSteps(scene, input, beneath, parts, pixel);
    return { stored: steps.at(-1)?.stored ?? [], study: null, detail: null, steps };
  }
  const isCostly = operation.kind === 'area' && (operation.passes?.(values) ?? 1) > 1;
  if (operation.kind !== 'whole' && !isCostly) return null;
  const region = { ...pixel, width: 1, height: 1 };
  const document = resultAlone(scene, stage);
  const request = { document, level: 0, exact: true, region, format: 'levels' } as const;
  const { raster } = unwrap(await scene.engine.render(request, scene.signal));
  const levels = Array.from(raster.data);
  const stored = step.channels === 'luma' ? levels.slice(0, 1) : levels;
  // After the picture: what was found out about the input in making it is remembered.
  return { stored, ...(await foundOut(scene, stage, pixel)), steps: [] };
}

async function explainMoment(scene: StackScene, moment: Moment): Promise<Explanation> {
  const { step, checked, input, beneath, outcome, x, y } = moment;
  const { operation, values } = checked;
  const { channels, opacity } = step;
  const mask = maskAt(scene, moment);
  const asked: Omit<Question, 'input' | 'measured' | 'second' | 'mask'> = {
    operation,
    values,
    channels,
    opacity,
    whole: input,
    outcome,
    x,
    y,
    ...(scene.brief === true && { brief: true }),
  };
  const part = intersect(questionPart({ ...asked, mask: step.mask === null ? null : 0 }), wholeOf(input));
  const [level, region, measured, second] = await Promise.all([
    mask,
    renderPart(scene, scene.after(beneath), part),
    measuredBy(scene, moment),
    secondPixel(scene, moment),
  ]);
  return explainStep({ ...asked, mask: level, input: region, measured, second });
}

async function explainSteps(
  scene: StackScene,
  input: Shape,
  beneath: readonly Step[],
  steps: readonly Step[],
  pixel: Pixel,
): Promise<readonly Explanation[]> {
  const moments: Moment[] = [];
  let at = pixel;
  for (const stage of stagesOf(input, beneath, steps).toReversed()) {
    const outcome = await outcomeAt(scene, stage, at);
    moments.unshift({ ...stage, x: at.x, y: at.y, outcome });
    const { operation, values } = stage.checked;
    const place = { operation, values, whole: stage.input, outcome, x: at.x, y: at.y };
    if (!isLimited(stage.step)) at = placeBefore(place);
  }
  return Promise.all(moments.map((moment) => explainMoment(scene, moment)));
}

/** Every step of a stack that is carried out, in order, explained at the pixel from which the next one started. */
export function explainStack(
  scene: StackScene,
  steps: readonly Step[],
  pixel: Pixel,
): Promise<readonly Explanation[]> {
  return explainSteps(scene, scene.input, [], steps, pixel);
}
