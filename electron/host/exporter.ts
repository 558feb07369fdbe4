/**
 * Exports: the whole picture computed in strips, encoded and handed over. A size estimate is the real thing, encoded and weighed; the
 * last few results are kept, so that what was estimated need not be made again to be saved.
 */

import type { ExportOptions } from '../../core/protocol/contract';
import type { Document } from '../../core/document/document';
import { canonical } from '../../core/plan/key';
import type { Codec, EncodedFile } from '../../core/node/codec/codec';
import type { PictureMetadata } from '../../core/node/codec/picture';
import { sizeOf, wholeOf as inMemory } from '../../core/node/files/bytes-elsewhere';
import type { Rendered, RenderedStrips, RenderRequest } from '../../core/node/engine/render-request';
import { writeLayered } from '../../core/node/project/layered-writing';
import { MIMETYPE } from '../../core/node/project/open-raster';
import type { Rendering } from '../../core/node/project/project-file';
import { succeed, type Result } from '../../core/raster/fault';
import { wholeOf } from '../../core/raster/rectangle';
import { Cancelled } from '../../core/raster/signal';
import { plainName } from './file-names';
import { stateName } from './frame-shelf';

export type Encoder = Pick<Codec, 'encode' | 'encodeToFile' | 'keep'>;

export interface ExporterParts {
  readonly strips: (document: Document, signal: AbortSignal) => Promise<Result<RenderedStrips>>;
  /** The results of single layers, for files that have layers. */
  readonly render: (request: RenderRequest, signal: AbortSignal) => Promise<Result<Rendered>>;
  readonly encoder: Encoder;
}

export interface Exported {
  /** In memory where it is small; else where the encoder wrote it, until whoever has it closes it. */
  readonly content: Uint8Array | EncodedFile;
  /** Milliseconds that rendering and encoding took. */
  readonly ms: number;
}

const MOST_KEPT = 3;
/** Bytes of a file that is taken into memory. */
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
  readonly #largest: number;
  readonly #kept = new Map<string, Exported>();

  /** Files of more than so many bytes are not taken into memory. */
  constructor(parts: ExporterParts, largest = LARGEST_KEPT) {
    this.#parts = parts;
    this.#largest = largest;
  }

  /** The file. Rejects with `Cancelled` when `signal` aborts. */
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
    const encoded = await this.#encoded(document, metadata, options, signal);
    if (!encoded.ok) return encoded;
    const content = await this.#inMemory(encoded.value);
    if (signal.aborted) {
      closeFile(content);
      throw new Cancelled();
    }
    const exported: Exported = { content, ms: performance.now() - began };
    if (sizeOf(content) > this.#largest) return succeed(exported);
    this.#kept.set(name, exported);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(oldest);
    return succeed(exported);
  }

  async #inMemory(file: EncodedFile): Promise<Exported['content']> {
    if (file.size > this.#largest) return file;
    try {
      return await inMemory(file);
    } finally {
      file.close();
    }
  }

  async #encoded(
    document: Document,
    metadata: PictureMetadata | null,
    { format, ...options }: ExportOptions,
    signal: AbortSignal,
  ): Promise<Result<EncodedFile>> {
    const { render, strips, encoder } = this.#parts;
    if (format === 'ora') {
      const png = { ...options, format: 'png', metadata: 'none' } as const;
      const rendering: Rendering = {
        render: (request) => render(request, signal),
        strips: (layer) => strips(layer, signal),
        encodePng: (picture) => encoder.encodeToFile(picture, null, png, signal),
        signal,
      };
      return writeLayered(document, rendering, encoder);
    }
    const rendered = await strips(document, signal);
    if (!rendered.ok) return rendered;
    return encoder.encodeToFile(rendered.value, metadata, { ...options, format }, signal);
  }

  /** The document is closed. */
  forget(document: Document): void {
    for (const name of this.#kept.keys()) if (name.startsWith(`["${document.id}"`)) this.#kept.delete(name);
  }
}

/** Whoever has an exported file needs it no longer. */
export function closeFile(content: Exported['content']): void {
  if (!(content instanceof Uint8Array)) content.close();
}
