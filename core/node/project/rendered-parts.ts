/** The pictures that a project holds for other programs, from the engine. */

import type { Document, Layer } from '../../document/document';
import { resample } from '../../kernels/resample';
import { convertDepth } from '../../raster/convert';
import { FaultError, succeed, type Result } from '../../raster/fault';
import { createRaster, type Raster, type Region } from '../../raster/raster';
import { wholeOf } from '../../raster/rectangle';
import { neverAborted } from '../../raster/signal';
import type { Rendered, RenderRequest } from '../engine/render-request';
import { THUMBNAIL_SIDE, type RenderedParts } from './open-raster';

export type Render = (request: RenderRequest, signal?: AbortSignal) => Promise<Result<Rendered>>;

/** A layer's own result: the layer alone, as if it were all. */
function alone(document: Document, layer: Layer): Document {
  const bare: Layer = { ...layer, visible: true, opacity: 1, mode: 'normal' };
  return { ...document, frame: null, layers: [bare], canvas: [] };
}

/** How often the picture is halved before it is scaled to the thumbnail: as often as leaves it no smaller. */
function levelFor({ width, height }: Raster): number {
  return Math.max(0, Math.floor(Math.log2(Math.max(width, height) / THUMBNAIL_SIDE)));
}

/** The picture scaled so that it fits the thumbnail; the very same where it does. */
function reduced(raster: Raster): Raster {
  const scale = THUMBNAIL_SIDE / Math.max(raster.width, raster.height);
  if (scale >= 1) return raster;
  const side = (length: number): number => Math.max(1, Math.round(length * scale));
  const small = createRaster({ ...raster, width: side(raster.width), height: side(raster.height) });
  const resampling = { filter: 'bilinear', linear: false, from: raster, to: small } as const;
  const whole = (picture: Raster): Region => ({ raster: picture, rectangle: wholeOf(picture) });
  resample(resampling, whole(raster), whole(small), neverAborted);
  return small;
}

/** Renders them. Faults are the engine's; rejects with `Cancelled` where the signal was aborted. */
export async function renderParts(
  render: Render,
  document: Document,
  signal?: AbortSignal,
): Promise<Result<RenderedParts>> {
  const picture = async (of: Document, level = 0): Promise<Raster> => {
    const request = { document: of, level, exact: true, region: null, format: 'export' } as const;
    const rendered = await render(request, signal);
    if (!rendered.ok) throw new FaultError(rendered.fault);
    return rendered.value.raster;
  };
  try {
    const merged = await picture(document);
    const layers: { readonly layer: string; readonly raster: Raster }[] = [];
    for (const layer of document.layers) {
      layers.push({ layer: layer.id, raster: await picture(alone(document, layer)) });
    }
    const level = levelFor(merged);
    const halved = level === 0 ? merged : await picture(document, level);
    return succeed({ merged, thumbnail: convertDepth(reduced(halved), 8), layers });
  } catch (error) {
    if (error instanceof FaultError) return { ok: false, fault: error.fault };
    throw error;
  }
}
