/** The exact histograms of a document's picture, or of a selection of it; the engine remembers them by the picture's name. */

import { pictureHistogram, type PictureHistogram } from '../../derive/histogram-statistics';
import type { Document } from '../../document/document';
import { canvasShape } from '../../document/stack-check';
import type { CountedOf } from '../../operation/measure-selected';
import { asHistogram, type Look, type Looked } from '../../plan/look';
import { emptyOf, withoutPart, type Histogram } from '../../raster/histogram';
import { hasAlpha } from '../../raster/raster';
import { intersect, isEmpty, wholeOf } from '../../raster/rectangle';
import type { SelectedArea } from '../../raster/selection';
import { type Scene } from './stage';
import { unwrap } from '../../raster/fault';

type LookAt = (look: Look) => Promise<Looked>;

/**
 * At full resolution, alpha unweighted; of a selection, of its pixels alone (null: of all). Throws a `FaultError` where the picture
 * cannot be computed.
 */
export async function readHistogram(
  { engine, signal }: Scene,
  document: Document,
  selection: SelectedArea | null = null,
): Promise<PictureHistogram> {
  const look: LookAt = async (wanted) =>
    unwrap(await engine.look({ document, look: wanted, as: 'itself' }, signal));
  const count = async (counted: CountedOf): Promise<Histogram> =>
    selection === null ? asHistogram(await look(counted)) : countSelected(look, document, counted, selection);
  const counted = await count('histogramWithAlpha');
  const colours = counted.bins.length > 2;
  const luma = colours ? await count('lumaHistogram') : counted;
  // Of a selection all pixels may be opaque; it has alpha where the picture has.
  const translucent = selection !== null && !hasAlpha(document) && !isOpaque(await look('opaque'));
  return pictureHistogram(counted, luma, document.depth, hasAlpha(document) || translucent);
}

/** Of the selection's pixels; outside a shape are all but those that are inside. */
async function countSelected(
  look: LookAt,
  document: Document,
  counted: CountedOf,
  selection: SelectedArea,
): Promise<Histogram> {
  const { inverted } = selection;
  const isApart = isEmpty(intersect(selection, wholeOf(unwrap(canvasShape(document)))));
  if (isApart) {
    const whole = asHistogram(await look(counted));
    return inverted ? whole : emptyOf(whole);
  }
  const inside = asHistogram(await look({ counted, area: { ...selection, inverted: false } }));
  return inverted ? withoutPart(asHistogram(await look(counted)), inside) : inside;
}

function isOpaque(looked: Looked): boolean {
  return looked.kind === 'opaque' && looked.opaque;
}
