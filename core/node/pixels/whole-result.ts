/**
 * What an operation made of a picture, asked of the engine so that it is not done again for one pixel: its result before the step's limits,
 * and what it found out about its input.
 */

import type { Outcome } from '../../derive/explanation';
import { PLAIN_STEP, type Document, type Step } from '../../document/document';
import type { Study } from '../../operation/operation';
import { grayscale } from '../../operations/grayscale';
import { asStudy, type StudyLook } from '../../plan/look';
import { colourChannelsOf } from '../../raster/raster';
import { lookedAs, unwrap, type StackScene, type Stage } from './stage';

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

/** What an operation on the whole picture found out about its input, and what telling of its pixels needs besides. */
export async function foundOut(scene: StackScene, stage: Stage): Promise<Pick<Outcome, 'study' | 'detail'>> {
  const { step, checked, beneath } = stage;
  const { operation, values } = checked;
  if (operation.kind !== 'whole') return { study: null, detail: null };
  const { as, shape } = lookedAs(stage);
  const seen = async (look: StudyLook): Promise<Study> => {
    const request = { document: scene.after(beneath), look, as };
    return asStudy(unwrap(await scene.engine.look(request, scene.signal)));
  };
  const look: StudyLook = { study: operation.id, values };
  const isStudied = operation.study !== undefined && step.measured === null;
  const isDetailed = operation.detail?.fits(values, shape) === true;
  return {
    study: isStudied ? await seen(look) : null,
    detail: isDetailed ? await seen({ ...look, detail: true }) : null,
  };
}
