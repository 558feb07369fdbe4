/**
 * What an operation made of a picture, asked of the engine so that it is not done again for one pixel: its result before the step's limits,
 * and what it found out about its input.
 */

import type { Outcome } from '../../derive/explanation';
import { PLAIN_STEP, type Document, type Step } from '../../document/document';
import type { Study } from '../../operation/operation';
import { grayscale } from '../../operations/grayscale';
import { asStudy, type StudyLook } from '../../plan/look';
import type { Pixel } from '../../derive/pixel-story';
import type { LookRequest } from '../engine/render-request';
import { colourChannelsOf } from '../../raster/raster';
import { lookedAs, type StackScene, type Stage } from './stage';
import { unwrap } from '../../raster/fault';

/** A document that shows what the step's operation makes, before the step's limits; on the luma in every colour channel. */
export function resultAlone(scene: StackScene, { step, input, beneath }: Stage): Document {
  if (step.channels !== 'luma')
    return scene.after([...beneath, { ...step, channels: 'rgb', opacity: 1, mask: null }]);
  const grey: Step = {
    ...PLAIN_STEP,
    id: `${step.id}-luma`,
    operation: grayscale.id,
    params: { method: 'bt601' },
  };
  // On a grey picture v + Y′ − Y is Y′.
  const isGrey = colourChannelsOf(input) === 1;
  return scene.after([...beneath, ...(isGrey ? [] : [grey]), { ...step, opacity: 1, mask: null }]);
}

/** What an operation on the whole picture found out about its input, and what telling of a pixel of it needs besides. */
export async function foundOut(
  scene: StackScene,
  stage: Stage,
  pixel: Pixel,
): Promise<Pick<Outcome, 'study' | 'detail'>> {
  const { step, checked, beneath } = stage;
  const { operation, values } = checked;
  if (operation.kind !== 'whole') return { study: null, detail: null };
  const { as, shape } = lookedAs(stage);
  const asked = (look: StudyLook): LookRequest => ({ document: scene.after(beneath), look, as });
  const seen = async (look: StudyLook): Promise<Study> =>
    asStudy(unwrap(await scene.engine.look(asked(look), scene.signal)));
  const look: StudyLook = { study: operation.id, values };
  const isStudied = operation.study !== undefined && step.measured === null;
  const study = isStudied ? await seen(look) : null;
  if (operation.detail === undefined) return { study, detail: null };
  const part = operation.detail.part(values, shape, pixel);
  const around: StudyLook = { ...look, detail: part };
  // What is kept of a whole picture is soon made; of a part of a large one it takes as long as the picture.
  const isLarge = part.width < shape.width || part.height < shape.height;
  if (isLarge && scene.known !== undefined) {
    const known = unwrap(await scene.known.seen(asked(around), scene.signal));
    return { study, detail: known === null ? 'awaited' : { ...asStudy(known), part } };
  }
  return { study, detail: { ...(await seen(around)), part } };
}
