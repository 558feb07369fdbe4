/**
 * What an engine answers about parts of a picture, read from the plain picture: each document's is made once, so that very many pixels
 * can be asked for. That the engine answers the same is tested for itself.
 */

import type { Document } from '../../core/document/document';
import type { Scene } from '../../core/node/pixels/stack-story';
import { writeLuma } from '../../core/kernels/luma';
import { measure } from '../../core/operation/measure';
import { toColour } from '../../core/raster/convert';
import { succeed } from '../../core/raster/fault';
import { copyRegion, createRaster, type Raster } from '../../core/raster/raster';
import { wholeOf } from '../../core/raster/rectangle';
import { neverAborted } from '../../core/raster/signal';
import { plainPicture, type Pictures } from './plain-picture';

/** A scene of documents over these pictures. What whole operations report of themselves is left out. */
export function plainScene(pictures: Pictures): Scene {
  const made = new Map<string, Raster>();
  const pictureOf = (document: Document): Raster => {
    const name = JSON.stringify([document.layers, document.canvas]);
    const known = made.get(name) ?? plainPicture(document, pictures);
    made.set(name, known);
    return known;
  };
  return {
    engine: {
      render: ({ document, region }) => {
        const whole = pictureOf(document);
        const rectangle = region ?? wholeOf(whole);
        const raster = createRaster({ ...whole, width: rectangle.width, height: rectangle.height });
        copyRegion({ raster: whole, rectangle: wholeOf(whole) }, { raster, rectangle }, rectangle);
        return Promise.resolve(succeed({ raster, key: '', whole, reported: {} }));
      },
      look: ({ document, look, as }) => {
        if (typeof look !== 'string' || look === 'opaque') throw new Error('only measurements are looked at');
        return Promise.resolve(succeed(measure(look, metAs(pictureOf(document), as))));
      },
    },
  };
}

function metAs(picture: Raster, as: 'itself' | 'luma' | 'colour'): Raster {
  if (as === 'itself') return picture;
  if (as === 'colour') return toColour(picture);
  const luma = createRaster({ ...picture, channels: 1 });
  writeLuma(picture, luma, neverAborted);
  return luma;
}
