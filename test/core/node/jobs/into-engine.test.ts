// Files on their way into the engine: where each picture goes, and when nobody reads its file any more.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCodec, type Codec } from '../../../../core/node/codec/codec';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import { documentOf } from '../../../../core/node/jobs/edited';
import { intoEngine, type Place } from '../../../../core/node/jobs/into-engine';
import { fail, succeed, type Result } from '../../../../core/raster/fault';
import { noise } from '../../../support/rasters';
import { valueOf } from '../../document/sample';

const photo = noise({ width: 150, height: 130, channels: 3, depth: 8 }, 3);
let folder: string;
let engine: Engine;
/** To the one every picture is large, to the other none. */
let patient: Codec;
let eager: Codec;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'burnish-into-'));
  engine = startEngine({ workers: 1 });
  [patient, eager] = [0, 1e9].map((wholePixels) =>
    startCodec({ processes: 1, limits: { wholePixels }, createRaster: engine.createPicture }),
  );
  const { width, height, data } = photo;
  const picture = sharp(data, { raw: { width, height, channels: 3 } });
  const tile = { tile: true, tileWidth: 64, tileHeight: 64 } as const;
  await picture
    .clone()
    .tiff({ compression: 'deflate', ...tile })
    .toFile(join(folder, 'tiles.tif'));
  await picture.clone().png().toFile(join(folder, 'rows.png'));
  writeFileSync(join(folder, 'text.png'), 'no picture');
});

afterAll(async () => {
  await Promise.all([patient.close(), eager.close(), engine.close()]);
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  readonly answer: Awaited<ReturnType<typeof intoEngine>>;
  /** How often a place was asked for, and how often it was left so far. */
  readonly asked: () => number;
  readonly left: () => number;
}

async function opened(id: string, name: string, codec: Codec, how: 'bytes' | 'place'): Promise<Opened> {
  const path = join(folder, name);
  const bytes = readFileSync(path);
  let asked = 0;
  let left = 0;
  const placed = async (): Promise<Result<Place>> => (asked++, succeed({ path, leave: () => void left++ }));
  const content = how === 'bytes' ? bytes : { path, size: bytes.length };
  const answer = await intoEngine(id, content, placed, { codec, engine });
  return { answer, asked: () => asked, left: () => left };
}

/** Whether the engine has the picture's levels under this id. */
async function hasLevels(id: string, { answer }: Opened): Promise<boolean> {
  const { shape, info } = valueOf(answer);
  const source = { ...shape, id, name: id, format: info.format, profile: info.profile };
  const request = {
    ...{ document: documentOf(source, [], new Map()), level: 0, exact: true, region: null },
    format: 'export',
  } as const;
  const { raster } = valueOf(await engine.render(request));
  return Buffer.from(raster.data).equals(Buffer.from(photo.data));
}

describe.each(['bytes', 'place'] as const)('a file given by its %s', (how) => {
  it('is left when the engine drops the picture that stays in it', async () => {
    const found = await opened('a', 'tiles.tif', patient, how);
    expect(found.answer).toMatchObject({ ok: true, value: { staysInFile: true } });
    expect(await hasLevels('a', found)).toBe(true);
    expect([found.asked(), found.left()]).toEqual([1, 0]);
    engine.dropSource('a');
    expect(found.left()).toBe(1);
  });

  it('is left at once where plain rows were made of it', async () => {
    const found = await opened('b', 'rows.png', patient, how);
    expect(found.answer).toMatchObject({ ok: true, value: { staysInFile: false } });
    expect([found.asked(), found.left()]).toEqual([1, 1]);
    expect(await hasLevels('b', found)).toBe(true);
    engine.dropSource('b');
    expect(found.left()).toBe(1);
  });

  it('is left at once, or was never laid anywhere, where the picture was decoded', async () => {
    for (const name of ['tiles.tif', 'rows.png']) {
      const found = await opened('c', name, eager, how);
      expect(found.answer).toMatchObject({ ok: true, value: { staysInFile: false } });
      expect([found.asked(), found.left()]).toEqual(how === 'bytes' ? [0, 0] : [1, 1]);
      expect(await hasLevels('c', found)).toBe(true);
      engine.dropSource('c');
    }
  });

  it('is left where it is no picture', async () => {
    const found = await opened('d', 'text.png', patient, how);
    expect(found.answer.ok).toBe(false);
    expect(found.left()).toBe(found.asked());
    expect(engine.hasSource('d')).toBe(false);
  });
});

describe('a file that has no place', () => {
  it('is decoded into memory however large it is', async () => {
    const bytes = readFileSync(join(folder, 'tiles.tif'));
    const answer = await intoEngine('e', bytes, async () => succeed(null), { codec: patient, engine });
    expect(await hasLevels('e', { answer, asked: () => 0, left: () => 0 })).toBe(true);
    engine.dropSource('e');
  });

  it('is not opened where laying it somewhere failed', async () => {
    const bytes = readFileSync(join(folder, 'tiles.tif'));
    const damaged = fail('damaged', 'the checksum does not match', 'take another copy');
    expect(await intoEngine('f', bytes, async () => damaged, { codec: patient, engine })).toEqual(damaged);
    expect(engine.hasSource('f')).toBe(false);
  });
});
