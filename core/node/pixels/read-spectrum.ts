/** The spectrum of a document's exact picture, as idle work; the engine remembers it by the picture's name. */

import { spectrumView, type SpectrumView } from '../../derive/spectrum-view';
import type { Document } from '../../document/document';
import { compositeShape } from '../../document/stack-check';
import { colourChannelsOf } from '../../raster/raster';
import { shapeAfter, type Scene } from './stage';
import { unwrap } from '../../raster/fault';

/** Luma is the rounded one; of a grey picture every channel is its grey. */
export type SpectrumChannel = 'Luma' | 'R' | 'G' | 'B';

export async function readSpectrum(
  { engine, signal }: Scene,
  document: Document,
  channel: SpectrumChannel,
): Promise<SpectrumView> {
  const shape = shapeAfter(unwrap(compositeShape(document)), document.canvas);
  const own = colourChannelsOf(shape) === 3 && channel !== 'Luma';
  const look = { spectrum: own ? 'RGB'.indexOf(channel) : 0 };
  const as = own ? 'itself' : 'luma';
  const looked = unwrap(await engine.look({ document, look, as, idle: true }, signal));
  if (looked.kind !== 'spectrum') throw new Error(`a ${looked.kind} is no spectrum`);
  return spectrumView(looked.spectrum);
}
