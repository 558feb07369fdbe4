/** What the benchmark calls of the program in its own process, through the doors that the program itself uses. */

import type { BlendMode } from '../../core/colour/blend-mode';
import { PLAIN_STEP, type Document, type Source } from '../../core/document/document';
import type { Command } from '../../core/document/command';
import { append, current, openLog } from '../../core/document/log';
import type { GivenValues } from '../../core/operation/parameter';
import { shapeOf, type Shape } from '../../core/raster/raster';

export { startEngine } from '../../core/node/engine/engine';
export type { Engine } from '../../core/node/engine/engine';

/** A layer as a case names it. */
export interface PlainLayer {
  readonly mode: BlendMode;
  readonly steps: readonly (readonly [operation: string, params: GivenValues])[];
}

/** A document of these layers from the bottom up, each over the picture of its own id. Throws where it cannot stand. */
export function documentOf(
  pictures: readonly (Shape & { id: string })[],
  layers: readonly PlainLayer[],
): Document {
  const sources = pictures.map((picture): Source => ({
    ...shapeOf(picture),
    id: picture.id,
    name: picture.id,
    format: 'PNG',
    profile: null,
  }));
  let log = openLog({
    type: 'document.open',
    time: 0,
    document: 'document',
    layer: 'layer-0',
    source: sources[0],
  });
  const command = (given: Command): void => {
    const next = append(log, given);
    if (!next.ok) throw new Error(next.fault.message);
    log = next.value;
  };
  for (const [index, { mode, steps }] of layers.entries()) {
    const layer = `layer-${index}`;
    if (index > 0) command({ type: 'layer.add', time: 0, layer, source: sources[index], name: layer, index });
    if (mode !== 'normal') command({ type: 'layer.mode', time: 0, layer, mode });
    for (const [at, [operation, params]] of steps.entries()) {
      const step = { ...PLAIN_STEP, id: `${layer}-${at}`, operation, params };
      command({ type: 'step.add', time: 0, owner: layer, step, index: at });
    }
  }
  return current(log);
}
