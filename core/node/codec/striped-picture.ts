/**
 * A picture on its way out that is never there as a whole: its strips come from the top down, each is laid into the file of pixels
 * as soon as it is computed, and the encoder reads them from there.
 */

import { byteLength, type Raster, type Samples, type Shape } from '../../raster/raster';
import { vipsHeader } from './vips-file';

export interface StripedPicture extends Shape {
  /**
   * Samples of whole rows, all rows in their order. A strip's memory may be used again once the next one is asked for.
   */
  readonly strips: AsyncIterable<Samples>;
}

function isStriped(picture: Raster | StripedPicture): picture is StripedPicture {
  return 'strips' in picture;
}

function bytesOf({ buffer, byteOffset, byteLength: length }: Samples): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

/** The bytes of a file of pixels in libvips' own format. Throws where the strips are not the whole picture. */
export async function* pixelFile(picture: Raster | StripedPicture): AsyncGenerator<Uint8Array, void> {
  yield vipsHeader(picture);
  if (!isStriped(picture)) {
    yield bytesOf(picture.data);
    return;
  }
  let missing = byteLength(picture);
  for await (const strip of picture.strips) {
    missing -= strip.byteLength;
    yield bytesOf(strip);
  }
  if (missing !== 0) throw new Error(`the strips of a picture were ${missing} bytes too few`);
}
