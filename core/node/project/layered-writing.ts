/** A document as a plain OpenRaster file: the results of its layers and the picture, for other programs, and nothing of ours. */

import type { Document } from '../../document/document';
import { FaultError, succeed, type Result } from '../../raster/fault';
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

/** The file's bytes, or what rendering and encoding answered. Rejects with `Cancelled` where the signal was aborted. */
export async function writeLayered(document: Document, rendering: Rendering): Promise<Result<Uint8Array>> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of archiveChunks(partsOf(document, rendering))) chunks.push(chunk);
  } catch (error) {
    if (error instanceof FaultError) return { ok: false, fault: error.fault };
    throw error;
  }
  return succeed(Buffer.concat(chunks));
}
