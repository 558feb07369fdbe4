/** Where a step of a stack stands: what it works on, and how that is asked of the engine. */

import type { Document, Step } from '../../document/document';
import { checkStep, type CheckedStep } from '../../document/step-check';
import type { Found } from '../../operation/kept';
import { needsColour } from '../../operation/working-shape';
import { asMeasured } from '../../plan/look';
import { FaultError, unwrap } from '../../raster/fault';
import { channelsFor, hasAlpha, type Region, type Shape } from '../../raster/raster';
import type { Rectangle } from '../../raster/rectangle';
import type { Engine } from '../engine/engine';
import type { LookRequest } from '../engine/render-request';

/** What a pixel's life is read from. */
export interface Scene {
  readonly engine: Pick<Engine, 'render' | 'look'>;
  readonly signal?: AbortSignal;
  /** Who knows what was seen already: what takes long is then told only where it is known, and else awaited. */
  readonly known?: Pick<Engine, 'seen'>;
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
