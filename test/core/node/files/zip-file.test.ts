import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BytesElsewhere } from '../../../../core/node/files/bytes-elsewhere';
import { startZip } from '../../../../core/node/files/zip-file';
import { readZip } from '../../../support/read-zip';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-zip-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const elsewhere = (bytes: Uint8Array): BytesElsewhere => ({
  size: bytes.byteLength,
  chunks: async function* () {
    for (let at = 0; at < bytes.byteLength; at += 700) yield bytes.subarray(at, at + 700);
  },
});

describe('an archive that grows on disk', () => {
  it('holds every file as it is, also those that were added at the same time', async () => {
    const zip = await startZip(join(folder, 'a.zip'));
    const names = Array.from({ length: 20 }, (_, at) => `picture ${at} Ü.png`);
    const bytesOf = (at: number) => Uint8Array.from({ length: 500 * at }, (_, i) => (i * 31 + at) & 255);
    await Promise.all(names.map((name, at) => zip.add(name, elsewhere(bytesOf(at)))));
    const { file, size } = await zip.close();
    const bytes = await readFile(file);
    expect(bytes.byteLength).toBe(size);
    const files = await readZip(bytes);
    expect([...files.keys()]).toEqual(names);
    for (const [at, name] of names.entries()) expect(files.get(name)).toEqual(bytesOf(at));
  });

  it('rejects with the error of the system where it cannot be begun', async () => {
    const path = join(folder, 'missing', 'a.zip');
    await expect(startZip(path)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(existsSync(path)).toBe(false);
  });
});
