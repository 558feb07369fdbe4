/**
 * Runs every operation once on a small picture, before anybody asks for it: the first call of a kernel, and of the code around it,
 * takes several times as long as the second. All of it is idle work, which gives way to whatever is asked for meanwhile.
 */

import type { Document, Step } from '../../document/document';
import { openDocument } from '../../document/commands/document';
import { PLAIN_STEP } from '../../document/document';
import type { Operation } from '../../operation/operation';
import { sampleValues } from '../../operation/sample-values';
import { operations } from '../../operations/index';
import type { Shape } from '../../raster/raster';
import { Cancelled } from '../../raster/signal';
import type { Engine } from './engine';

/** Large enough for every sample's rectangle, and for more than one vector. */
const SHAPE: Shape = { width: 360, height: 64, channels: 3, depth: 8 };

const ID = 'warm-up';

function documentOf(operation: Operation): Document {
  const source = { ...SHAPE, id: ID, name: ID, format: '', profile: null };
  const opened = openDocument({ document: ID, layer: ID, source, time: 0 });
  const step: Step = { ...PLAIN_STEP, id: ID, operation: operation.id, params: sampleValues(operation) };
  return { ...opened, layers: opened.layers.map((layer) => ({ ...layer, stack: [step] })) };
}

/** Answers which operations were run: all that need no second picture. Ends early where the engine is closed. */
export async function warmUp(engine: Engine): Promise<readonly string[]> {
  const picture = engine.createPicture(SHAPE);
  // No level is unknown to a kernel, and no two neighbours are alike.
  picture.data.forEach((_, at) => (picture.data[at] = (at * 131) & 255));
  engine.addSource(ID, picture);
  const warmed: string[] = [];
  try {
    for (const operation of operations) {
      if (operation.kind === 'blend') continue;
      const request = {
        document: documentOf(operation),
        level: 0,
        exact: true,
        region: null,
        idle: true,
      } as const;
      const each = Array.from({ length: engine.workers }, () =>
        engine.render({ ...request, format: 'levels' }),
      );
      if ((await Promise.all(each)).every(({ ok }) => ok)) warmed.push(operation.id);
    }
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
  } finally {
    engine.dropSource(ID);
  }
  return warmed;
}
