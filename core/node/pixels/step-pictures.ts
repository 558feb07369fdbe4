/**
 * Pictures of a single step, apart from what lies over it: what it meets, and what it would make with other values. The step counts
 * as switched on, for that is what is asked.
 */

import { lumaRegion } from '../../derive/explain';
import { stackOf, type Document, type StackOwner, type Step, type StepId } from '../../document/document';
import { checkStep } from '../../document/step-check';
import type { GivenValues } from '../../operation/parameter';
import { fail, FaultError, unwrap } from '../../raster/fault';
import type { Raster } from '../../raster/raster';
import { intersect, isEmpty, wholeOf, type Rectangle, type Size } from '../../raster/rectangle';
import { levelSize } from '../../raster/pyramid';
import type { RenderRequest } from '../engine/render-request';
import { sceneOf } from './document-scene';
import { shapeAfter, type Scene, type StackScene } from './stage';

/** Which part of which step's picture. */
export interface StepWish {
  readonly owner: StackOwner;
  readonly step: StepId;
  /** How often it is halved. */
  readonly level: number;
  /** In pixels of the level; what of it lies in the picture is meant. */
  readonly region: Rectangle;
}

export interface StepPicture {
  readonly raster: Raster;
  /** The hash of everything that it was made from. */
  readonly key: string;
  /** In pixels of the level. */
  readonly region: Rectangle;
  /** The whole picture at that level. */
  readonly whole: Size;
}

/** So many pixels are looked at at once. */
const MOST_PIXELS = 2 ** 22;

interface Place {
  readonly own: StackScene;
  readonly step: Step;
  readonly beneath: readonly Step[];
}

async function placeOf(scene: Scene, document: Document, { owner, step }: StepWish): Promise<Place | null> {
  const own = await sceneOf(scene, document, owner);
  const stack = stackOf(document, owner);
  const at = stack.findIndex(({ id }) => id === step);
  return own === null || at < 0 ? null : { own, step: stack[at], beneath: stack.slice(0, at) };
}

async function picture(
  { engine, signal }: Scene,
  full: Size,
  { level, region }: StepWish,
  request: Pick<RenderRequest, 'document' | 'exact' | 'format'>,
): Promise<StepPicture | null> {
  const expected = levelSize(full, level);
  const wanted = intersect(region, wholeOf(expected));
  if (isEmpty(wanted)) return null;
  if (wanted.width * wanted.height > MOST_PIXELS) {
    const size = `${wanted.width} × ${wanted.height}`;
    throw new FaultError(
      fail('too-large', `${size} pixels are too many at once`, 'take a smaller part').fault,
    );
  }
  const { raster, key, whole } = unwrap(await engine.render({ ...request, level, region }, signal));
  // A reduced preview may be a pixel or two smaller than the reduced picture: it loses its own edges.
  const part = intersect(region, wholeOf(whole));
  return { raster, key, region: part, whole: { width: whole.width, height: whole.height } };
}

/**
 * What the step meets, exact at every level; where the step works on the luma, that. Null where there is no such step, or nothing of
 * the picture in the region. Throws a `FaultError` where a step beneath cannot stand or the region is too large.
 */
export async function stepInput(
  scene: Scene,
  document: Document,
  wish: StepWish,
): Promise<StepPicture | null> {
  const place = await placeOf(scene, document, wish);
  if (place === null) return null;
  const { own, step, beneath } = place;
  const request = { document: own.after(beneath), exact: true, format: 'levels' } as const;
  const made = await picture(scene, shapeAfter(own.input, beneath), wish, request);
  if (made === null || step.channels !== 'luma') return made;
  const luma = lumaRegion({ raster: made.raster, rectangle: made.region }).raster;
  return { ...made, raster: luma, key: `luma-${made.key}` };
}

/**
 * What the step would make with these values, its channels, opacity and mask as they are: RGBA, 8 bit. Exact at level 0, below that a
 * preview. Null and faults as in `stepInput`; also a fault where the values are none for it.
 */
export async function stepTrial(
  scene: Scene,
  document: Document,
  wish: StepWish,
  params: GivenValues,
): Promise<StepPicture | null> {
  const place = await placeOf(scene, document, wish);
  if (place === null) return null;
  const { own, beneath } = place;
  const step: Step = { ...place.step, params, enabled: true };
  const input = shapeAfter(own.input, beneath);
  const { output } = unwrap(checkStep(step, input));
  const request = {
    document: own.after([...beneath, step]),
    exact: wish.level === 0,
    format: 'display',
  } as const;
  return picture(scene, output ?? input, wish, request);
}
