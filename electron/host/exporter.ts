/**
 * Exports: the whole picture computed in strips, encoded and handed over. A size estimate is the real thing, encoded and weighed; the
 * last few results are kept, so that what was estimated need not be made again to be saved.
 */

import type { ExportOptions } from '../../core/protocol/contract';
import type { Document } from '../../core/document/document';
import { canonical } from '../../core/plan/key';
import type { EncodeOptions, PictureMetadata } from '../../core/node/codec/picture';
import type { StripedPicture } from '../../core/node/codec/striped-picture';
import type { Rendered, RenderedStrips, RenderRequest } from '../../core/node/engine/render-request';
import { writeLayered } from '../../core/node/project/layered-writing';
import { MIMETYPE } from '../../core/node/project/open-raster';
import { succeed, type Result } from '../../core/raster/fault';
import type { Raster } from '../../core/raster/raster';
import { wholeOf } from '../../core/raster/rectangle';
import { Cancelled } from '../../core/raster/signal';
import { plainName } from './file-names';
import { stateName } from './frame-shelf';

export interface Encoder {
  encode(
    picture: Raster | StripedPicture,
    metadata: PictureMetadata | null,
    options: EncodeOptions,
    signal?: AbortSignal,
  ): Promise<Result<Uint8Array>>;
}

export interface ExporterParts {
  readonly strips: (document: Document, signal: AbortSignal) => Promise<Result<RenderedStrips>>;
  /** The results of single layers, for files that have layers. */
  readonly render: (request: RenderRequest, signal: AbortSignal) => Promise<Result<Rendered>>;
  readonly encoder: Encoder;
}

export interface Exported {
  readonly bytes: Uint8Array;
  /** Milliseconds that rendering and encoding took. */
  readonly ms: number;
}

const MOST_KEPT = 3;
const LARGEST_KEPT = 64_000_000;

/** What a file of a format is called at its end. */
export const endings: Readonly<Record<ExportOptions['format'], string>> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  tiff: 'tif',
  avif: 'avif',
  ora: 'ora',
};

/** What a browser should take the file for. */
export const mediaTypes: Readonly<Record<ExportOptions['format'], string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  tiff: 'image/tiff',
  avif: 'image/avif',
  ora: MIMETYPE,
};

/** `harbour.jpg` exported as PNG is `harbour-edited.png`. */
export function exportName(name: string, format: ExportOptions['format']): string {
  return `${plainName(name)}-edited.${endings[format]}`;
}

export class Exporter {
  readonly #parts: ExporterParts;
  readonly #kept = new Map<string, Exported>();

  constructor(parts: ExporterParts) {
    this.#parts = parts;
  }

  /** The file's bytes. Rejects with `Cancelled` when `signal` aborts. */
  async make(
    document: Document,
    metadata: PictureMetadata | null,
    options: ExportOptions,
    signal: AbortSignal,
  ): Promise<Result<Exported>> {
    const name = canonical([
      document.id,
      stateName(document, 0, wholeOf({ width: 0, height: 0 }), true),
      options,
    ]);
    const known = this.#kept.get(name);
    if (known !== undefined) return succeed(known);
    const began = performance.now();
    const bytes = await this.#encoded(document, metadata, options, signal);
    if (signal.aborted) throw new Cancelled();
    if (!bytes.ok) return bytes;
    const exported: Exported = { bytes: bytes.value, ms: performance.now() - began };
    if (bytes.value.byteLength > LARGEST_KEPT) return succeed(exported);
    this.#kept.set(name, exported);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(oldest);
    return succeed(exported);
  }

  async #encoded(
    document: Document,
    metadata: PictureMetadata | null,
    { format, ...options }: ExportOptions,
    signal: AbortSignal,
  ): Promise<Result<Uint8Array>> {
    const { render, strips, encoder } = this.#parts;
    if (format === 'ora') {
      const png = { ...options, format: 'png', metadata: 'none' } as const;
      return writeLayered(document, {
        render: (request) => render(request, signal),
        encodePng: (raster) => encoder.encode(raster, null, png, signal),
        signal,
      });
    }
    const rendered = await strips(document, signal);
    if (!rendered.ok) return rendered;
    return encoder.encode(rendered.value, metadata, { ...options, format }, signal);
  }

  /** The document is closed. */
  forget(document: Document): void {
    for (const name of this.#kept.keys()) if (name.startsWith(`["${document.id}"`)) this.#kept.delete(name);
  }
}
