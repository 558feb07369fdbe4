/** The stored levels along a line of a document's exact picture, read from the engine piece by piece. */

import { linePieces, type Line, type LineProfile } from '../../derive/line-profile';
import type { Document } from '../../document/document';
import type { ChannelCount } from '../../raster/raster';
import { type Scene } from './stage';
import { unwrap } from '../../raster/fault';

/** Pixels of a piece: of a slanting line the square around it is one small tile. */
const PIECE = 128;

/** Both ends lie in the picture. Throws a `FaultError` where the picture cannot be computed. */
export async function readProfile(
  { engine, signal }: Scene,
  document: Document,
  line: Line,
): Promise<LineProfile> {
  const levels: number[] = [];
  let channels: ChannelCount = document.channels;
  for (const { pixels, around } of linePieces(line, PIECE)) {
    const request = { document, level: 0, exact: true, region: around, format: 'export' } as const;
    const { raster } = unwrap(await engine.render(request, signal));
    channels = raster.channels;
    for (const { x, y } of pixels) {
      const at = ((y - around.y) * raster.width + x - around.x) * channels;
      for (let channel = 0; channel < channels; channel++) levels.push(raster.data[at + channel]);
    }
  }
  return { channels, depth: document.depth, levels };
}
