/**
 * The life of a pixel in a stack, from the result back to the picture: the pixel that a step started from is the pixel that the step
 * before left. What each step met is rendered by the engine; what it made of it is told by core/derive.
 */

import { explainStep, lumaRegion, placeBefore, questionPart } from '../../derive/explain';
import type { Explanation, Outcome, Question } from '../../derive/explanation';
import type { Pixel } from '../../derive/pixel-story';
import { isLimited, PLAIN_STEP, type Document, type Step } from '../../document/document';
import { maskSources } from '../../document/mask';
import { checkStep, type CheckedStep } from '../../document/step-check';
import { maskLevel } from '../../kernels/mask';
import type { Found } from '../../operation/kept';
import { partId } from '../../operation/operation';
import { asMeasured } from '../../plan/look';
import { needsColour } from '../../operation/working-shape';
import { fail, FaultError, type Result } from '../../raster/fault';
import { channelsFor, hasAlpha, type Raster, type Region, type Shape } from '../../raster/raster';
import { intersect, wholeOf, type Rectangle } from '../../raster/rectangle';
import type { Engine } from '../engine/engine';
import type { LookRequest } from '../engine/render-request';

/** What a pixel's life is read from. */
export interface Scene {
  readonly engine: Pick<Engine, 'render' | 'look'>;
  readonly signal?: AbortSignal;
  /** What is told is only shown: large windows need not be listed whole. */
  readonly brief?: boolean;
}

/** A stack and what it stands on. */
export interface StackScene extends Scene {
  /** The shape of the picture below the stack. */
  readonly input: Shape;
  /** A document that shows that picture with these steps on it, and nothing else. */
  readonly after: (steps: readonly Step[]) => Document;
}

/** A step that is carried out, with the shape that it works on and the steps beneath it. */
export interface Stage {
  readonly step: Step;
  readonly checked: CheckedStep;
  readonly input: Shape;
  readonly beneath: readonly Step[];
}

/** A stage at a pixel of its result. */
interface Moment extends Stage, Pixel {
  readonly outcome: Outcome | null;
}

/** The value; throws a `FaultError` where there is none. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new FaultError(result.fault);
  return result.value;
}

/** The steps that are carried out. Throws a `FaultError` at the first that cannot stand where it is. */
export function stagesOf(start: Shape, beneath: readonly Step[], steps: readonly Step[]): readonly Stage[] {
  let input = start;
  let under = beneath;
  const stages: Stage[] = [];
  for (const step of steps) {
    if (!step.enabled) continue;
    const checked = checkStep(step, input);
    if (!checked.ok) {
      const { code, message, remedy } = checked.fault;
      throw new FaultError({ code, message: `${step.operation}: ${message}`, remedy });
    }
    stages.push({ step, checked: checked.value, input, beneath: under });
    input = checked.value.output ?? input;
    under = [...under, step];
  }
  return stages;
}

/** The shape after a stack. Throws a `FaultError` where a step cannot stand. */
export function shapeAfter(input: Shape, steps: readonly Step[]): Shape {
  const last = stagesOf(input, [], steps).at(-1);
  return last === undefined ? input : (last.checked.output ?? last.input);
}

/** A part of a document's exact picture. */
export async function renderPart(
  { engine, signal }: Scene,
  document: Document,
  part: Rectangle,
): Promise<Region> {
  const request = { document, level: 0, exact: true, region: part, format: 'levels' } as const;
  return { raster: unwrap(await engine.render(request, signal)).raster, rectangle: part };
}

/** As what an operation meets its step's input, and that picture's shape. */
export function lookedAs({ step, checked, input }: Stage): {
  readonly as: LookRequest['as'];
  readonly shape: Shape;
} {
  if (step.channels === 'luma') return { as: 'luma', shape: { ...input, channels: 1 } };
  if (!needsColour(checked.operation)) return { as: 'itself', shape: input };
  return { as: 'colour', shape: { ...input, channels: channelsFor(3, hasAlpha(input)) } };
}

/** The numbers that a step keeps, or what its operation measures on its whole input; null where nothing. */
export async function measuredBy(scene: StackScene, stage: Stage): Promise<Found | null> {
  const { step, checked, beneath } = stage;
  const { operation, values } = checked;
  if (step.measured !== null) return { kind: 'kept', kept: step.measured };
  if (operation.kind !== 'global') return null;
  const { as, shape } = lookedAs(stage);
  const look = operation.measurement(values, shape);
  if (look === null) return null;
  const request = { document: scene.after(beneath), look, as };
  return asMeasured(unwrap(await scene.engine.look(request, scene.signal)));
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
 * done again for one pixel. Null for other operations, and where such a one works on the luma, which no document shows.
 */
async function outcomeAt(scene: StackScene, stage: Stage, pixel: Pixel): Promise<Outcome | null> {
  const { step, checked, input, beneath } = stage;
  const { operation, values } = checked;
  if (step.channels === 'luma') return null;
  if (operation.kind === 'composed') {
    const parts = operation.steps(values).map(({ id, params }, index): Step => ({
      ...PLAIN_STEP,
      id: partId(step.id, index),
      operation: id,
      params,
    }));
    const steps = await explainSteps(scene, input, beneath, parts, pixel);
    return { stored: steps.at(-1)?.stored ?? [], reported: null, steps };
  }
  const isCostly = operation.kind === 'area' && (operation.passes?.(values) ?? 1) > 1;
  if (operation.kind !== 'whole' && !isCostly) return null;
  const plain: Step = { ...step, channels: 'rgb', opacity: 1, mask: null };
  const document = scene.after([...beneath, plain]);
  const region = { ...pixel, width: 1, height: 1 };
  const request = { document, level: 0, exact: true, region, format: 'levels' } as const;
  const { raster, reported } = unwrap(await scene.engine.render(request, scene.signal));
  return {
    stored: Array.from(raster.data),
    reported: Object.hasOwn(reported, step.id) ? reported[step.id] : null,
    steps: [],
  };
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
