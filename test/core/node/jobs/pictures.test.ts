// Originals of a project on their way into the engine, wherever they lie and whatever the disk has room for.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLog, current } from '../../../../core/document/log';
import { startCodec, type Codec } from '../../../../core/node/codec/codec';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import type { BytesElsewhere } from '../../../../core/node/files/bytes-elsewhere';
import { Pictures } from '../../../../core/node/jobs/pictures';
import type { OriginalFile } from '../../../../core/node/project/project-file';
import { fail, FaultError } from '../../../../core/raster/fault';
import { Cancelled } from '../../../../core/raster/signal';
import { TestPictures, type TestPicture } from '../../../support/projects';
import { valueOf } from '../../document/sample';

let engine: Engine;
/** To it every picture is large. */
let codec: Codec;
let picture: TestPicture;

beforeAll(async () => {
  engine = startEngine({ workers: 1 });
  codec = startCodec({ processes: 1, limits: { wholePixels: 0 }, createRaster: engine.createPicture });
  picture = (await TestPictures.make()).byLetter['a'];
});
afterAll(() => Promise.all([codec.close(), engine.close()]));

const full = fail('no-space', 'there is no room', 'make some');
const damaged = fail('damaged', 'the checksum does not match', 'take another copy');

/** The same codec on a disk that is full; it counts what it decodes into memory. */
function crowded(): { readonly codec: Codec; readonly decoded: () => number } {
  let decoded = 0;
  const decode: Codec['decode'] = (...given) => (decoded++, codec.decode(...given));
  const others: Pick<Codec, 'regions' | 'mayStay'> = {
    regions: (...given) => codec.regions(...given),
    mayStay: (...given) => codec.mayStay(...given),
  };
  const made = Object.assign(Object.create(codec) as Codec, others, { decode, keep: async () => full });
  return { codec: made, decoded: () => decoded };
}

function elsewhere(bytes: Uint8Array, after: () => void = () => undefined): BytesElsewhere {
  const chunks = async function* (): AsyncGenerator<Uint8Array, void> {
    yield bytes.subarray(0, 100);
    after();
    yield bytes.subarray(100);
  };
  return { size: bytes.length, chunks };
}

const throwing = (): never => {
  throw new FaultError(damaged.fault);
};

/** Opens the one original of a project, whose bytes are these. */
async function opened(from: Codec, bytes: OriginalFile['bytes'], signal = new AbortController().signal) {
  const { source } = picture;
  const document = current(openLog({ type: 'document.open', time: 0, document: 'd', layer: 'l', source }));
  const pictures = new Pictures(from, engine);
  const files = new Map([[source.id, { name: source.name, bytes }]]);
  const answer = await pictures.openOriginals(document, files, signal);
  if (!answer.ok) return answer.fault;
  const request = { document, level: 0, exact: true, region: null, format: 'export' } as const;
  const { raster } = valueOf(await engine.render(request));
  await answer.value.close();
  engine.dropSource(source.id);
  return Buffer.from(raster.data).equals(Buffer.from(picture.raster.data));
}

describe('an original of a project', () => {
  it('has its levels wherever it lies, without being decoded into memory where it is large', async () => {
    const { bytes } = picture.file;
    for (const content of [bytes, elsewhere(bytes)]) expect(await opened(codec, content)).toBe(true);
  });

  it('is decoded into memory where the disk has no room', async () => {
    const { bytes } = picture.file;
    for (const content of [bytes, elsewhere(bytes)]) {
      const { codec: from, decoded } = crowded();
      expect(await opened(from, content)).toBe(true);
      expect(decoded()).toBe(1);
    }
  });

  it('is refused by its name where it is damaged, with room on the disk and without', async () => {
    for (const from of [codec, crowded().codec]) {
      const fault = await opened(from, elsewhere(picture.file.bytes, throwing));
      expect(fault).toEqual({ ...damaged.fault, message: `the original of a.png: ${damaged.fault.message}` });
      expect(engine.hasSource(picture.source.id)).toBe(false);
    }
  });

  it('is given up where nobody wants it any more', async () => {
    const stop = new AbortController();
    const content = elsewhere(picture.file.bytes, () => stop.abort());
    await expect(opened(codec, content, stop.signal)).rejects.toThrow(Cancelled);
    expect(engine.hasSource(picture.source.id)).toBe(false);
  });
});
