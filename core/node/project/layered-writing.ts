/** A document as a plain OpenRaster file: the results of its layers and the picture, for other programs, and nothing of ours. */

import type { Document } from '../../document/document';
import { canvasShape, layerShape } from '../../document/stack-check';
import type { Result } from '../../raster/fault';
import { byteLength } from '../../raster/raster';
import type { Codec, KeptFile } from '../codec/codec-options';
import { archiveChunks, type ArchivePart } from './archive-writing';
import { typePart } from './open-raster';
import { renderedParts, type Rendering } from './rendered-parts';

async function* partsOf(
  document: Document,
  rendering: Rendering,
): AsyncGenerator<ArchivePart, void, undefined> {
  yield typePart;
  yield* renderedParts(document, rendering);
}

/** Bytes of all pictures in it before they are encoded, which is more than it has. */
function mostBytes(document: Document): number {
  const shapes = [canvasShape(document), ...document.layers.map((layer) => layerShape(document, layer))];
  return shapes.reduce((sum, shape) => sum + (shape.ok ? byteLength(shape.value) : 0), 0);
}

/**
 * The file, laid part by part where encoded files lie, until it is closed; or what rendering and encoding answered. Rejects with
 * `Cancelled` where the signal was aborted.
 */
export function writeLayered(
  document: Document,
  rendering: Rendering,
  codec: Pick<Codec, 'keep'>,
): Promise<Result<KeptFile>> {
  return codec.keep(archiveChunks(partsOf(document, rendering)), mostBytes(document), rendering.signal);
}
