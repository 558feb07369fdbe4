// Private folders that killed processes left are removed, and nothing else is.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCodec } from '../../../../core/node/codec/codec';
import { sweepWorkspaces, workspaceName } from '../../../../core/node/codec/stray-workspaces';
import { builtFile } from '../../../../core/node/engine/built-file';
import { writePicture } from '../../../support/command-line';
import { noise } from '../../../support/rasters';
import { valueOf } from '../../document/sample';

let folder: string;
const at = (...names: readonly string[]): string => join(folder, ...names);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'burnish-stray-'));
  await writePicture(at('small.png'), noise({ width: 9, height: 7, channels: 3, depth: 8 }));
  await writePicture(at('large.png'), noise({ width: 1500, height: 1200, channels: 3, depth: 8 }));
  const program = JSON.stringify(builtFile('burnish.js'));
  const run = `const { run } = await import(${program}); process.exitCode = await run(process.argv.slice(2), async () => undefined);`;
  writeFileSync(at('burnish.mjs'), run);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A name as a process with this number would have given that ran on this machine before. */
const nameOf = (id: number): string =>
  workspaceName().replace(new RegExp(`-${process.pid}-\\d+-([0-9a-f]{16})$`), `-${id}-0-$1`);
const NOBODY = 2 ** 22 + 1;

describe('a folder of temporary files', () => {
  it('keeps everything but the private folders of processes that are gone', async () => {
    const outside = at('outside');
    const place = at('place');
    for (const path of [outside, place]) mkdirSync(path);
    writeFileSync(join(outside, 'kept'), '');
    const gone = nameOf(NOBODY);
    const others = {
      'of this process': workspaceName(),
      'of a running one': nameOf(process.ppid),
      'of another machine': nameOf(NOBODY).replace(/codec-.{8}/, 'codec-00000000'),
      'with another name': `${nameOf(NOBODY)}-copy`,
      'without a mark': `burnish-codec-${NOBODY}-0123456789abcdef`,
    };
    for (const name of [gone, ...Object.values(others)]) {
      mkdirSync(join(place, name, 'deeper'), { recursive: true });
      writeFileSync(join(place, name, 'deeper', 'file'), 'pixels');
    }
    symlinkSync(outside, join(place, gone, 'link'));
    const [link, file] = [nameOf(NOBODY), nameOf(NOBODY)];
    symlinkSync(outside, join(place, link));
    writeFileSync(join(place, file), '');
    const kept = [...Object.values(others), link, file];
    if (process.getuid?.() === 0) {
      const foreign = nameOf(NOBODY);
      mkdirSync(join(place, foreign));
      chownSync(join(place, foreign), 12_345, 12_345);
      kept.push(foreign);
    }
    await sweepWorkspaces([place, place, at('is not there')]);
    expect(readdirSync(place).sort()).toEqual(kept.sort());
    expect(readdirSync(outside)).toEqual(['kept']);
    expect(existsSync(join(place, others['of a running one'], 'deeper', 'file'))).toBe(true);
  });
});

function start(...words: readonly string[]): ChildProcess {
  return spawn(process.execPath, [at('burnish.mjs'), ...words], { stdio: 'ignore', detached: true });
}

const places = ['/dev/shm', '/var/tmp', tmpdir()].filter((place) => existsSync(place));

/** Where a process with this number has private folders. */
const foldersOf = (id: number | undefined): readonly string[] =>
  [...new Set(places)].flatMap((place) =>
    readdirSync(place)
      .filter((name) => new RegExp(`^burnish-codec-.*-${id}-\\d+-[0-9a-f]{16}$`).test(name))
      .map((name) => join(place, name)),
  );

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  'are removed by a command that %s stops, with all its children, as soon as there is one',
  async (signal, status) => {
    const words = [at('burnish.mjs'), 'apply', at('large.png'), '-o', at('stopped.png'), '--op', 'negative'];
    const stopped = spawn(process.execPath, words, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    let told = '';
    stopped.stderr.on('data', (piece: Buffer) => (told += piece.toString()));
    const ended = once(stopped, 'close');
    await expect.poll(() => foldersOf(stopped.pid).length, { timeout: 60_000, interval: 1 }).toBe(1);
    process.kill(-(stopped.pid ?? 0), signal);
    expect(await ended).toEqual([status, null]);
    expect(told).toBe('burnish: stopped; 0 of 1 pictures are done\n');
    expect(foldersOf(stopped.pid)).toEqual([]);
    expect(existsSync(at('stopped.png'))).toBe(false);
  },
);

describe('a codec whose process was killed with all its children', () => {
  it('leaves its folder to the next one, which leaves those alone that are in use', async () => {
    const codec = startCodec();
    const kept = valueOf(await codec.keep([new Uint8Array(9)], 0));
    try {
      // The slowest there is.
      const killed = start('apply', at('large.png'), '-o', at('large.avif'), '--effort', '9');
      await expect.poll(() => foldersOf(killed.pid).length, { timeout: 60_000, interval: 5 }).toBe(1);
      process.kill(-(killed.pid ?? 0), 'SIGKILL');
      await once(killed, 'exit');
      expect(foldersOf(killed.pid)).toHaveLength(1);

      const next = start('apply', at('small.png'), '-o', at('next.png'));
      expect(await once(next, 'exit')).toEqual([0, null]);
      expect(foldersOf(killed.pid)).toEqual([]);
      expect(foldersOf(next.pid)).toEqual([]);
      expect(foldersOf(process.pid)).toContain(dirname(kept.path));
      expect(existsSync(kept.path)).toBe(true);
    } finally {
      await codec.close();
    }
    expect(existsSync(dirname(kept.path))).toBe(false);
  });
});
