/** A small WebP of an opened picture, made from its halved levels. */

import type { Document } from '../../core/document/document';
import type { Rendered, RenderRequest } from '../../core/node/engine/render-request';
import { succeed, type Result } from '../../core/raster/fault';
import type { Size } from '../../core/raster/rectangle';
import type { Encoder } from './exporter';

/** The longer side has at least this many pixels, unless the picture has fewer. */
const SIDE = 192;
const QUALITY = 80;

export async function thumbnailOf(
  document: Document,
  size: Size,
  render: (request: RenderRequest) => Promise<Result<Rendered>>,
  encoder: Encoder,
): Promise<Result<Uint8Array>> {
  const level = Math.max(0, Math.floor(Math.log2(Math.max(size.width, size.height) / SIDE)));
  const rendered = await render({ document, level, exact: false, region: null, format: 'display' });
  if (!rendered.ok) return rendered;
  const encoded = await encoder.encode(
    rendered.value.raster,
    {},
    { format: 'webp', quality: QUALITY, metadata: 'none' },
  );
  return encoded.ok ? succeed(encoded.value) : encoded;
}
