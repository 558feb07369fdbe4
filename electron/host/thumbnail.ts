/** A small WebP of an opened picture, made from its halved levels. */

import type { Document } from '../../core/document/document';
import type { Rendered, RenderRequest } from '../../core/node/engine/render-request';
import type { Result } from '../../core/raster/fault';
import type { Size } from '../../core/raster/rectangle';
import type { Encoder } from './exporter';

/** The longer side has at least this many pixels, unless the picture has fewer. */
const SIDE = 192;
const QUALITY = 80;

export async function thumbnailOf(
  document: Document,
  size: Size,
  render: (request: RenderRequest, signal: AbortSignal) => Promise<Result<Rendered>>,
  encoder: Encoder,
  signal: AbortSignal,
): Promise<Result<Uint8Array>> {
  const level = Math.max(0, Math.floor(Math.log2(Math.max(size.width, size.height) / SIDE)));
  const request = { document, level, exact: false, region: null, format: 'display' } as const;
  const rendered = await render(request, signal);
  if (!rendered.ok) return rendered;
  const options = { format: 'webp', quality: QUALITY, metadata: 'none' } as const;
  return encoder.encode(rendered.value.raster, null, options, signal);
}
