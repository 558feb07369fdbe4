/**
 * What an engine answers about parts of a picture, read from the plain picture: each document's is made once, so that very many pixels
 * can be asked for. That the engine answers the same is tested for itself.
 */

import type { Document } from '../../core/document/document';
import type { LookRequest } from '../../core/node/engine/render-request';
import type { Scene } from '../../core/node/pixels/stage';
import { writeLuma } from '../../core/kernels/luma';
import { measure } from '../../core/operation/measure';
import type { Study } from '../../core/operation/operation';
import { operationById } from '../../core/operations';
import type { Looked, StudyLook } from '../../core/plan/look';
import { toColour } from '../../core/raster/convert';
import { succeed } from '../../core/raster/fault';
import { copyRegion, createRaster, type Raster } from '../../core/raster/raster';
import { wholeOf } from '../../core/raster/rectangle';
import { neverAborted } from '../../core/raster/signal';
import { plainPicture, type Pictures } from './plain-picture';

/** A scene of documents over these pictures. */
export function plainScene(pictures: Pictures): Scene {
  const made = new Map<string, Raster>();
  const pictureOf = (document: Document): Raster => {
    const name = JSON.stringify([document.layers, document.canvas]);
    const known = made.get(name) ?? plainPicture(document, pictures);
    made.set(name, known);
    return known;
  };
  const seen = new Map<string, Looked>();
  const studied = (document: Document, look: StudyLook, as: LookRequest['as']): Looked => {
    const name = JSON.stringify([document.layers, document.canvas, look, as]);
    const known = seen.get(name) ?? { kind: 'study', study: studyOf(look, metAs(pictureOf(document), as)) };
    seen.set(name, known);
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
        if (typeof look === 'object' && 'study' in look)
          return Promise.resolve(succeed(studied(document, look, as)));
        if (typeof look !== 'string' || look === 'opaque')
          throw new Error('only measurements and studies are looked at');
        return Promise.resolve(succeed(measure(look, metAs(pictureOf(document), as))));
      },
    },
  };
}

function studyOf({ study, values, detail }: StudyLook, met: Raster): Study {
  const operation = operationById.get(study);
  if (operation?.kind !== 'whole') throw new Error(`${study} studies nothing`);
  const found =
    detail === undefined
      ? operation.study?.(values, met, neverAborted)
      : operation.detail?.of(values, met, detail, neverAborted);
  if (found === undefined) throw new Error(`${study} has no such study`);
  return found;
}

function metAs(picture: Raster, as: LookRequest['as']): Raster {
  if (as === 'itself') return picture;
  if (as === 'colour') return toColour(picture);
  const luma = createRaster({ ...picture, channels: 1 });
  writeLuma(picture, luma, neverAborted);
  return luma;
}
