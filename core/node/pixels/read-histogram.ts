/** The exact histograms of a document's picture; the engine remembers them by the picture's name. */

import { pictureHistogram, type PictureHistogram } from '../../derive/histogram-statistics';
import type { Document } from '../../document/document';
import type { Measurement } from '../../operation/operation';
import type { Histogram } from '../../raster/histogram';
import { hasAlpha } from '../../raster/raster';
import { unwrap, type Scene } from './stack-story';

/** At full resolution, alpha unweighted. Throws a `FaultError` where the picture cannot be computed. */
export async function readHistogram(
  { engine, signal }: Scene,
  document: Document,
): Promise<PictureHistogram> {
  const look = async (measurement: Measurement): Promise<Histogram> => {
    const looked = unwrap(await engine.look({ document, look: measurement, as: 'itself' }, signal));
    if (looked.kind !== 'histogram') throw new Error(`a ${looked.kind} is no histogram`);
    return looked.histogram;
  };
  const counted = await look('histogramWithAlpha');
  const colours = counted.bins.length > 2;
  const luma = colours ? await look('lumaHistogram') : counted;
  return pictureHistogram(counted, luma, document.depth, hasAlpha(document));
}
