/** What the torch goes over and leaves behind, all at once: one read of the step's input, the rest is worked out here. */

import {
  aloneIn,
  torchCells,
  torchGround,
  torchMap,
  torchNeeds,
  type TorchScene,
} from '../../core/derive/torch';
import { fail, succeed, type Result } from '../../core/raster/fault';
import type { Raster, Region } from '../../core/raster/raster';
import { isEmpty, type Rectangle } from '../../core/raster/rectangle';
import type { StepPictures, StepPlace } from '../session/step-pictures';

export interface TorchQuestion {
  readonly place: StepPlace;
  readonly scene: TorchScene;
  /** The part counts as a picture of its own. */
  readonly alone: boolean;
}

export interface TorchPicture {
  readonly scene: TorchScene;
  readonly alone: boolean;
  readonly input: Region;
  /** In pixels of the result. */
  readonly cells: Rectangle;
  /** In pixels of the input; reaches outside it. */
  readonly ground: Rectangle;
  /** The stored levels of the cells. */
  readonly map: Raster;
}

/** What a wrapped picture is continued by may lie at its far side; so much of it is read to show a few cells. */
const MOST_READ = 2 ** 22;

export async function readTorch(
  pictures: Pick<StepPictures, 'input'>,
  { place, scene: asked, alone }: TorchQuestion,
): Promise<Result<TorchPicture>> {
  const planned = alone ? aloneIn(asked) : asked;
  const cells = torchCells(planned);
  if (!cells.ok) return cells;
  if (isEmpty(cells.value)) {
    return fail(
      'empty-result',
      'no window lies here wholly inside the picture',
      'move the part, or make it larger',
    );
  }
  const needs = torchNeeds(planned, cells.value);
  if (!alone && needs.width * needs.height > MOST_READ) {
    return fail(
      'too-large',
      'in this corner the boundary rule continues the picture with its far side, which is too large to be read',
      'move the part, or let it stand as a picture of its own',
    );
  }
  const read = await pictures.input(place, 0, alone ? asked.part : needs);
  if (!read.ok) return read;
  const { raster } = read.value;
  // Composition may give alpha that the document's layout does not say.
  const scene = { ...planned, whole: { ...planned.whole, channels: raster.channels, depth: raster.depth } };
  const input = alone ? { raster, rectangle: { ...read.value.rectangle, x: 0, y: 0 } } : read.value;
  const map = torchMap(scene, cells.value, input);
  return succeed({ scene, alone, input, cells: cells.value, ground: torchGround(scene, cells.value), map });
}
