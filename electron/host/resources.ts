/**
 * What a page fetches rather than calls: pixels, thumbnails and exported files, and the way in for the bytes of a file. Web-standard
 * Request and Response, so that Electron's protocol handler and the loopback server serve the same. Whoever may ask was
 * checked before.
 */

import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { fail, type Result } from '../../core/raster/fault';
import type { Samples } from '../../core/raster/raster';
import { contentDisposition, type Downloads } from './downloads';
import type { Files } from './files';
import type { FrameShelf } from './frame-shelf';

export interface ResourceParts {
  readonly shelf: FrameShelf;
  readonly files: Files;
  readonly downloads: Downloads;
  /** The encoded thumbnail of a recent file. */
  readonly thumbnail: (id: string) => Promise<Uint8Array | null>;
  /** The encoded thumbnail of a sample picture. */
  readonly sample: (id: string) => Promise<Uint8Array | null>;
}

export type Resources = (request: Request) => Promise<Response>;

/** Copied a piece at a time out of memory that worker threads share, which no response takes as it is. */
const PIECE = 1 << 20;

function streamOf(samples: Samples): ReadableStream<Uint8Array> {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(at, at + PIECE));
      at += PIECE;
    },
  });
}

function streamOfFile(path: string): ReadableStream<Uint8Array> {
  return Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
}

function answer(
  body: ReadableStream<Uint8Array>,
  bytes: number,
  headers: Readonly<Record<string, string>>,
): Response {
  return new Response(body, { headers: { ...headers, 'content-length': String(bytes) } });
}

function missing(): Response {
  return new Response('There is nothing here.\n', { status: 404, headers: { 'content-type': 'text/plain' } });
}

async function* chunksOf(request: Request): AsyncGenerator<Uint8Array> {
  if (request.body !== null) yield* request.body;
}

async function upload(files: Files, request: Request, name: string | null): Promise<Response> {
  const length = Number(request.headers.get('content-length') ?? 0);
  const stored: Result<string> =
    name === null || name === ''
      ? fail('bad-message', 'an upload needs a name')
      : length > files.largest
        ? files.tooLarge(name)
        : await files.receive(name, chunksOf(request));
  return Response.json(stored.ok ? { ok: true, value: { handle: stored.value } } : stored, {
    status: stored.ok ? 200 : stored.fault.code === 'too-large' ? 413 : 400,
  });
}

export function resourcesOf({ shelf, files, downloads, thumbnail, sample }: ResourceParts): Resources {
  return async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    const match = /^\/(frames|thumbnails|samples|downloads|uploads)(?:\/([A-Za-z0-9_-]{1,64}))?$/.exec(
      pathname,
    );
    if (match === null) return missing();
    const [, kind, id = ''] = match;
    if (kind === 'uploads') {
      return request.method === 'POST' && id === ''
        ? upload(files, request, searchParams.get('name'))
        : missing();
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return missing();
    if (kind === 'frames') {
      const pixels = shelf.pixels(id);
      if (pixels === undefined) return missing();
      return answer(streamOf(pixels), pixels.byteLength, { 'content-type': 'application/octet-stream' });
    }
    if (kind === 'thumbnails' || kind === 'samples') {
      const bytes = await (kind === 'samples' ? sample : thumbnail)(id);
      if (bytes === null) return missing();
      return answer(streamOf(bytes), bytes.byteLength, { 'content-type': 'image/webp' });
    }
    const download = downloads.find(id);
    if (download === undefined) return missing();
    const inMemory = 'bytes' in download;
    const body = inMemory ? streamOf(download.bytes) : streamOfFile(download.file);
    return answer(body, inMemory ? download.bytes.byteLength : download.size, {
      'content-type': download.type,
      'content-disposition': contentDisposition(download.name),
    });
  };
}
