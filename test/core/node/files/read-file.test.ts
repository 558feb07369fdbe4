import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { wholeOf } from '../../../../core/node/files/bytes-elsewhere';
import { OpenFile } from '../../../../core/node/files/open-file';
import { readOrOpen, readOrPass, readStream, readWholeFile } from '../../../../core/node/files/read-file';
import { succeed } from '../../../../core/raster/fault';
import { valueOf } from '../../document/sample';

let folder = '';
const at = (name: string) => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'burnish-read-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const codeOf = async (path: string, most = 100) => {
  const result = await readWholeFile(path, most);
  return result.ok ? Buffer.from(result.value).toString() : result.fault.code;
};

it('reads a file, also through a link', async () => {
  writeFileSync(at('a'), 'bytes');
  symlinkSync('a', at('link'));
  expect(await codeOf(at('a'))).toBe('bytes');
  expect(await codeOf(at('link'))).toBe('bytes');
});

it('refuses what is no file, without waiting for a pipe to be written', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  symlinkSync('circle', at('circle'));
  expect(await codeOf(at('pipe'))).toBe('not-a-file');
  expect(await codeOf(folder)).toBe('not-a-file');
  expect(await codeOf('/dev/zero')).toBe('not-a-file');
  expect(await codeOf(at('circle'))).toBe('not-found');
});

it('says what is missing', async () => {
  writeFileSync(at('a'), '');
  expect(await codeOf(at('none'))).toBe('not-found');
  expect(await codeOf(at('a/b'))).toBe('not-found');
  expect(await codeOf('')).toBe('not-found');
  expect(await codeOf('a\0b')).toBe('not-found');
});

it('takes in no more than allowed, from files and streams', async () => {
  writeFileSync(at('large'), 'x'.repeat(101));
  expect(await codeOf(at('large'))).toBe('too-large');
  async function* endless() {
    for (;;) yield await Promise.resolve(Buffer.alloc(30));
  }
  expect(await readStream(endless(), 100)).toMatchObject({ ok: false, fault: { code: 'too-large' } });
});

it('hands on a long stream from its beginning, and no more than allowed of it', async () => {
  async function* words() {
    for (const word of ['a', 'stream', 'of', 'words']) yield await Promise.resolve(Buffer.from(word));
  }
  const passed = async (most: number, large: number) => {
    const pieces: Uint8Array[] = [];
    const result = await readOrPass(words(), most, large, async (rest) => {
      for await (const piece of rest) pieces.push(piece);
      return succeed('passed');
    });
    if (!result.ok) return result.fault.code;
    return [
      typeof result.value === 'string' ? 'passed' : 'read',
      Buffer.concat(typeof result.value === 'string' ? pieces : [result.value]).toString(),
    ];
  };
  for (const large of [0, 1, 2, 7, 14]) expect(await passed(14, large)).toEqual(['passed', 'astreamofwords']);
  for (const large of [15, Infinity]) expect(await passed(14, large)).toEqual(['read', 'astreamofwords']);
  for (const large of [0, 3, Infinity]) expect(await passed(13, large)).toBe('too-large');
});

it('leaves what is large where it is, open, and takes the rest into memory', async () => {
  writeFileSync(at('a'), 'bytes');
  expect(Buffer.from(await wholeOf(valueOf(await readOrOpen(at('a'), 100, 6)))).toString()).toBe('bytes');
  const large = valueOf(await readOrOpen(at('a'), 100, 5));
  if (!(large instanceof OpenFile)) throw new Error('it is in memory');
  expect([large.path, large.size]).toEqual([at('a'), 5]);
  // Another file under its name is another file.
  writeFileSync(at('b'), 'other');
  renameSync(at('b'), at('a'));
  expect(Buffer.from(await wholeOf(large)).toString()).toBe('bytes');
  await large.close();
  expect(await readOrOpen(at('a'), 4, 0)).toMatchObject({ ok: false, fault: { code: 'too-large' } });
  expect(await readOrOpen(folder, 4, 0)).toMatchObject({ ok: false, fault: { code: 'not-a-file' } });
});

it.runIf(process.platform === 'linux')(
  'reads what was handed over, which no other process finds',
  async () => {
    writeFileSync(at('a'), 'bytes');
    const file = openSync(at('a'), 'r');
    try {
      expect(valueOf(await readOrOpen(`/dev/fd/${file}`, 100, 0))).toEqual(Buffer.from('bytes'));
    } finally {
      closeSync(file);
    }
  },
);
