/** Which results of a step with other values are centred on a part of its input. */

import { torchCells, type TorchScene } from '../../core/derive/torch';
import { checkValues } from '../../core/operation/check';
import type { GivenValues } from '../../core/operation/parameter';
import { isEmpty, type Rectangle } from '../../core/raster/rectangle';

/** In pixels of the result; null where there are none, or the values are none for the operation. */
export function aroundScene(scene: TorchScene, given: GivenValues, part: Rectangle): Rectangle | null {
  const values = checkValues(scene.operation, given, scene.whole);
  if (!values.ok) return null;
  const cells = torchCells({ ...scene, values: values.value, part });
  return cells.ok && !isEmpty(cells.value) ? cells.value : null;
}
