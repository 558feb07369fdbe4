/**
 * The parts of an archive that other programs read, made one after the other: a layer is rendered strip by strip, encoded into a file
 * and written before the next one is rendered, so that memory is bounded by a few strips, however many layers there are and
 * however large they are.
 */

import type { Document, Layer } from '../../document/document';
import { canvasShape, layerShape } from '../../document/stack-check';
import { resample } from '../../kernels/resample';
import { convertDepth } from '../../raster/convert';
import { unwrap, type Result } from '../../raster/fault';
import { createRaster, type Raster, type Region } from '../../raster/raster';
import { wholeOf, type Size } from '../../raster/rectangle';
import { neverAborted } from '../../raster/signal';
import type { EncodedFile } from '../codec/codec-options';
import type { StripedPicture } from '../codec/striped-picture';
import type { Rendered, RenderedStrips, RenderRequest } from '../engine/render-request';
import type { ArchivePart } from './archive-writing';
import {
  FINISHED,
  hasFinish,
  layerEntry,
  MERGED,
  STACK,
  stackXml,
  THUMBNAIL,
  THUMBNAIL_SIDE,
} from './open-raster';

export type Render = (request: RenderRequest, signal?: AbortSignal) => Promise<Result<Rendered>>;

/** Encodes a picture as PNG at its own depth. */
export type EncodePng = (picture: Raster | StripedPicture) => Promise<Result<Encoded>>;
type Encoded = Uint8Array | EncodedFile;

/** What it takes to make them. */
export interface Rendering {
  readonly render: Render;
  readonly strips: (document: Document) => Promise<Result<RenderedStrips>>;
  readonly encodePng: EncodePng;
  readonly signal?: AbortSignal;
}

/** A layer's own result: the layer alone, as if it were all. */
function alone(document: Document, layer: Layer): Document {
  const bare: Layer = { ...layer, visible: true, opacity: 1, mode: 'normal' };
  return { ...document, frame: null, layers: [bare], canvas: [] };
}

/** How often the picture is halved before it is scaled to the thumbnail: as often as leaves it no smaller. */
function levelFor({ width, height }: Size): number {
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

/** Renders a document's picture and encodes it. The last one is remembered: the picture of a single layer is that layer, as a rule. */
class Pictures {
  #last: { readonly key: string; readonly content: Encoded } | null = null;

  constructor(private readonly rendering: Rendering) {}

  async rendered(document: Document, level: number): Promise<Rendered> {
    const { render, signal } = this.rendering;
    const request = { document, level, exact: true, region: null, format: 'export' } as const;
    return unwrap(await render(request, signal));
  }

  /** Good until the next one is asked for. */
  async encoded(document: Document): Promise<Encoded> {
    const picture = unwrap(await this.rendering.strips(document));
    const { key } = picture;
    if (this.#last?.key !== key) {
      this.close();
      this.#last = { key, content: await this.png(picture) };
    }
    return this.#last.content;
  }

  async png(picture: Raster | StripedPicture): Promise<Encoded> {
    return unwrap(await this.rendering.encodePng(picture));
  }

  close(): void {
    const last = this.#last?.content;
    this.#last = null;
    if (last !== undefined && !(last instanceof Uint8Array)) last.close();
  }
}

/** How many pictures are encoded for a document, at most. */
export function renderedCount({ layers }: Document): number {
  return layers.length + 2;
}

/**
 * The parts of OpenRaster's baseline but for `mimetype`. Throws a `FaultError` with what rendering or encoding answered, and
 * `Cancelled` where the signal was aborted.
 */
export async function* renderedParts(
  document: Document,
  rendering: Rendering,
): AsyncGenerator<ArchivePart, void, undefined> {
  const pictures = new Pictures(rendering);
  const canvas = unwrap(canvasShape(document));
  const shapes = document.layers.map((layer) => unwrap(layerShape(document, layer)));
  yield { name: STACK, content: stackXml(document, canvas, shapes) };
  try {
    for (const [index, layer] of document.layers.entries()) {
      yield { name: layerEntry(index), content: await pictures.encoded(alone(document, layer)) };
    }
    const merged = await pictures.encoded(document);
    if (hasFinish(document)) yield { name: FINISHED, content: merged };
    yield { name: MERGED, content: merged };
  } finally {
    pictures.close();
  }
  const { raster } = await pictures.rendered(document, levelFor(canvas));
  const thumbnail = await pictures.png(convertDepth(reduced(raster), 8));
  try {
    yield { name: THUMBNAIL, content: thumbnail };
  } finally {
    if (!(thumbnail instanceof Uint8Array)) thumbnail.close();
  }
}
