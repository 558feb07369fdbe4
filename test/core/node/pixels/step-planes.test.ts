/** The planes of a step are those of the picture that it meets: shares of all its pixels, and listed levels that are stored there. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planeEnergies } from '../../../../core/derive/plane-energy';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import { stepPlanes } from '../../../../core/node/pixels/step-planes';
import { planesOf } from '../../../../core/operation/planes-declared';
import { operations } from '../../../../core/operations';
import { colourChannelsOf, levelsOf, type Raster } from '../../../../core/raster/raster';
import { documentWith, sharedNoise, sourceFor, stepOf } from '../../../support/documents';
import { plainPicture } from '../../../support/plain-picture';
import { shapes, shapeText } from '../../../support/rasters';

let engine: Engine;
beforeAll(() => {
  engine = startEngine({ workers: 1 });
});
afterAll(() => engine.close());

const choosing = operations.filter(({ parameters }) => planesOf(parameters) !== null);

function levelsIn({ data, channels }: Raster, channel: number): readonly number[] {
  return Array.from(data).filter((_, at) => at % channels === channel);
}

describe('the planes of a step', () => {
  it('are there for every operation that declares planes, and for no other', () => {
    expect(choosing.map(({ id }) => id)).toEqual(['bitPlane', 'bitPlaneReconstruct']);
  });

  it.each(shapes([150, 40], [7, 5]).map((shape) => [shapeText(shape), shape] as const))(
    '%s',
    async (name, shape) => {
      const picture = sharedNoise(shape, 3);
      engine.addSource(name, picture);
      const below = stepOf('gamma', { gamma: 1.7 });
      for (const operation of choosing) {
        const declared = planesOf(operation.parameters);
        const step = stepOf(operation.id, {
          [declared?.name ?? '']: declared?.several === true ? [3, 4] : 3,
        });
        const source = sourceFor(name, shape);
        const document = documentWith(source, [below, step, stepOf('negative', {})]);
        const met = plainPicture(documentWith(source, [below]), { [name]: picture });
        const planes = await stepPlanes({ engine }, document, 'background', step.id);
        if (planes === null) throw new Error('the step has no planes');
        expect(planes.channels).toHaveLength(colourChannelsOf(shape));
        for (const [channel, own] of planes.channels.entries()) {
          const levels = levelsIn(met, channel);
          const counts = new Float64Array(levelsOf(shape.depth));
          for (const level of levels) counts[level] += 1;
          expect(own.planes).toEqual(planeEnergies(counts, shape.depth));
          const { width, height } = planes;
          expect(Math.max(width, height)).toBe(Math.min(96, Math.max(shape.width, shape.height)));
          const listed = Array.from({ length: width * height }, (_, at) => {
            const x = Math.floor(((at % width) + 0.5) * (shape.width / width));
            const y = Math.floor((Math.floor(at / width) + 0.5) * (shape.height / height));
            return levels[y * shape.width + x];
          });
          expect(own.levels).toEqual(listed);
        }
        expect(await stepPlanes({ engine }, document, 'background', below.id)).toBeNull();
      }
      engine.dropSource(name);
    },
  );
});
