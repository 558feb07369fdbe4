/** The bit planes of what a step meets: a small picture from which each can be drawn, and the share of the energy that each carries. */

import { channelName } from '../../derive/explanation';
import { planeEnergies, type StepPlanes } from '../../derive/plane-energy';
import type { Document, StackOwner, StepId } from '../../document/document';
import { planesOf } from '../../operation/planes-declared';
import { asHistogram } from '../../plan/look';
import { colourChannelsOf } from '../../raster/raster';
import { lookedAs, type Scene } from './stage';
import { sampledInput, standingStep } from './step-stage';
import { unwrap } from '../../raster/fault';

/** Pixels along the longer side that are listed. */
const LONGEST = 96;

/** Null where the step is not carried out, or no parameter of it chooses planes. */
export async function stepPlanes(
  scene: Scene,
  document: Document,
  owner: StackOwner,
  step: StepId,
): Promise<StepPlanes | null> {
  const standing = await standingStep(scene, document, owner, step);
  if (standing === null || planesOf(standing.stage.checked.operation.parameters) === null) return null;
  const { stage } = standing;
  const request = {
    document: standing.scene.after(stage.beneath),
    look: 'histogram',
    as: lookedAs(stage).as,
  } as const;
  const [looked, grid] = await Promise.all([
    scene.engine.look(request, scene.signal),
    sampledInput(standing, LONGEST),
  ]);
  const { bins } = asHistogram(unwrap(looked));
  const { width, height, depth, channels, data } = grid;
  return {
    depth,
    width,
    height,
    channels: Array.from({ length: colourChannelsOf(grid) }, (_, channel) => ({
      name: channelName(channels, channel),
      planes: planeEnergies(bins[channel], depth),
      levels: Array.from({ length: width * height }, (_pixel, at) => data[at * channels + channel]),
    })),
  };
}
