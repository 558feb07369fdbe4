/** OpenRaster files that are not in memory: read where they lie, and written part by part. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { current } from '../../../../core/document/log';
import { startCodec } from '../../../../core/node/codec/codec';
import type { StripedPicture } from '../../../../core/node/codec/striped-picture';
import { startEngine } from '../../../../core/node/engine/engine';
import { readerOver, wholeOf, type PartsElsewhere } from '../../../../core/node/files/bytes-elsewhere';
import { archiveChunks, type ArchivePart } from '../../../../core/node/project/archive-writing';
import { openLayered, type LayeredFile } from '../../../../core/node/project/layered-file';
import { writeLayered } from '../../../../core/node/project/layered-writing';
import { typePart } from '../../../../core/node/project/open-raster';
import type { Rendering } from '../../../../core/node/project/project-file';
import { renderedParts } from '../../../../core/node/project/rendered-parts';
import { fail, succeed } from '../../../../core/raster/fault';
import type { Raster } from '../../../../core/raster/raster';
import { Cancelled } from '../../../../core/raster/signal';
import { image, layeredArchive, layerPictures, type LayerPictures } from '../../../support/layered-pictures';
import { plainPicture } from '../../../support/plain-picture';
import { valueOf } from '../../document/sample';

// A child that starts on a busy machine takes its time, which is not what is tested here.
const codec = startCodec({ processes: 1, limits: { infoSeconds: 120, decodeSeconds: 120 } });
const engine = startEngine({ workers: 1 });
const tools = { codec, engine, newId: randomUUID };
let pictures: LayerPictures;

beforeAll(async () => {
  pictures = await layerPictures();
});
afterAll(() => Promise.all([codec.close(), engine.close()]));

const archive = (xml: string): Uint8Array => layeredArchive(pictures, xml);

const opened = async (xml: string) => valueOf(await openLayered('a.ora', archive(xml), tools));

const rendering: Rendering = {
  render: (request) => engine.render(request),
  strips: (document) => engine.strips(document),
  encodePng: (picture) => codec.encode(picture, null, { format: 'png', metadata: 'none' }),
};

/** The same bytes as a file on the disk has them. */
function elsewhere(bytes: Uint8Array): PartsElsewhere {
  const chunks = async function* (): AsyncGenerator<Uint8Array, void> {
    for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
  };
  return { size: bytes.length, read: readerOver(bytes), chunks };
}

/** The levels of its pictures, by id. */
async function rastersOf({ files }: LayeredFile): Promise<Readonly<Record<string, Raster>>> {
  const rasters: Record<string, Raster> = {};
  for (const [id, { bytes }] of files) rasters[id] = valueOf(await codec.decode(await wholeOf(bytes))).raster;
  return rasters;
}

/** What the document shows, the plain way. */
async function shown(file: LayeredFile): Promise<Raster> {
  return plainPicture(current(file.log), await rastersOf(file));
}

/** Hands its pictures to the engine. */
async function handOver(file: LayeredFile): Promise<void> {
  for (const [id, raster] of Object.entries(await rastersOf(file))) engine.addSource(id, raster);
}

describe('a layered picture that lies elsewhere', () => {
  const xml = image(
    '<layer name="a" src="data/front.png" x="20" opacity="0.25"/>' +
      '<stack name="g" isolation="isolate" opacity="0.5"><layer name="b" src="data/deep.png" x="3"/></stack>' +
      // It needs alpha around it.
      '<layer name="c" src="data/plain.png" x="1" y="2"/><layer name="d" src="data/back.png"/>',
  );

  it('opens as the same document with the same files as in memory', async () => {
    const ids = () =>
      (
        (count = 0) =>
        () =>
          `id-${count++}`
      )();
    const [here, there] = await Promise.all(
      [archive(xml), elsewhere(archive(xml))].map(async (content) =>
        valueOf(await openLayered('a.ora', content, { ...tools, newId: ids() })),
      ),
    );
    expect(current(there.log)).toEqual(current(here.log));
    expect(there.notices).toEqual(here.notices);
    expect([...there.files.keys()]).toEqual([...here.files.keys()]);
    for (const [id, { name, bytes }] of there.files) {
      const kept = here.files.get(id);
      if (kept === undefined) throw new Error(`${id} is missing`);
      expect([name, Buffer.from(await wholeOf(bytes)).equals(await wholeOf(kept.bytes))]).toEqual([
        kept.name,
        true,
      ]);
    }
    // What is ours is in memory, what is the file's is not.
    expect([...there.files.values()].filter(({ bytes }) => !(bytes instanceof Uint8Array))).toHaveLength(2);
    expect([...(await shown(there)).data]).toEqual([...(await shown(here)).data]);
  });

  it('is refused where a layer is damaged, and where it changes before its pixels are read', async () => {
    const bytes = Buffer.from(archive(xml));
    const at = bytes.indexOf(Buffer.from(pictures['back'].png)) + pictures['back'].png.length - 30;
    const damaged = Buffer.from(bytes);
    damaged[at] ^= 1;
    const refused = await openLayered('a.ora', elsewhere(damaged), tools);
    expect(refused.ok ? '' : refused.fault.message).toBe(
      'the layer "d": data/back.png: the checksum does not match',
    );
    const { files } = valueOf(await openLayered('a.ora', elsewhere(bytes), tools));
    const back = [...files.values()].find(({ name }) => name === 'back.png');
    if (back === undefined) throw new Error('there is no such layer');
    bytes[at] ^= 1;
    await expect(wholeOf(back.bytes)).rejects.toMatchObject({ fault: { code: 'damaged' } });
  });

  it('is written as a file with the bytes that its parts make in memory, each time', async () => {
    const file = await opened(xml);
    await handOver(file);
    const document = current(file.log);
    const parts = async function* (): AsyncGenerator<ArchivePart, void> {
      yield typePart;
      yield* renderedParts(document, rendering);
    };
    const inMemory: Uint8Array[] = [];
    for await (const chunk of archiveChunks(parts())) inMemory.push(chunk);
    for (const encodePng of [
      rendering.encodePng,
      (picture: Raster | StripedPicture) =>
        codec.encodeToFile(picture, null, { format: 'png', metadata: 'none' }),
    ]) {
      const written = valueOf(await writeLayered(document, { ...rendering, encodePng }, codec));
      expect(written.size).toBe(Buffer.concat(inMemory).length);
      expect(Buffer.concat(inMemory).equals(await wholeOf(written))).toBe(true);
      written.close();
    }
  });

  it('is given up where a layer cannot be encoded, or nobody wants it', async () => {
    const file = await opened(image('<layer name="d" src="data/back.png"/>'));
    const full = fail('no-space', 'there is no room', 'make some');
    const encodePng = () => Promise.resolve(full);
    await handOver(file);
    expect(await writeLayered(current(file.log), { ...rendering, encodePng }, codec)).toEqual(full);
    const stop = new AbortController();
    const render = {
      ...rendering,
      signal: stop.signal,
      encodePng: async () => (stop.abort(), succeed(new Uint8Array(9))),
    };
    await expect(writeLayered(current(file.log), render, codec)).rejects.toThrow(Cancelled);
  });
});
