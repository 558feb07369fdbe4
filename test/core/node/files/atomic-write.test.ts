import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeAtomically } from '../../../../core/node/files/atomic-write';
import { removeTemporaryFiles } from '../../../../core/node/files/temporary-file';
import { FaultError } from '../../../../core/raster/fault';

const bytes = Buffer.from('the new bytes');
let folder = '';
const at = (name: string) => join(folder, name);

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'burnish-write-')));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function faultOf(path: string, overwrite: boolean) {
  const result = await writeAtomically(path, bytes, { overwrite });
  return result.ok ? null : result.fault.code;
}

describe('a new file', () => {
  it('holds the bytes, has the mode that the umask gives, and nothing lies beside it', async () => {
    expect(await writeAtomically(at('a.png'), bytes, { overwrite: false })).toEqual({ ok: true });
    expect(readFileSync(at('a.png'))).toEqual(bytes);
    expect(statSync(at('a.png')).mode & 0o777).toBe(0o666 & ~process.umask());
    expect(statSync(at('a.png')).nlink).toBe(1);
    expect(readdirSync(folder)).toEqual(['a.png']);
  });

  it('is made of chunks that come one after the other', async () => {
    async function* chunks() {
      yield bytes.subarray(0, 4);
      await Promise.resolve();
      yield bytes.subarray(4);
    }
    expect(await writeAtomically(at('a'), chunks(), { overwrite: false })).toEqual({ ok: true });
    expect(readFileSync(at('a'))).toEqual(bytes);
  });

  it('may have a name as long as the file system allows', async () => {
    expect(await faultOf(at('n'.repeat(255)), false)).toBe(null);
    expect(await faultOf(at('n'.repeat(256)), false)).toBe('unwritable');
  });
});

describe('a file that is there', () => {
  beforeEach(() => {
    writeFileSync(at('old'), 'old');
    chmodSync(at('old'), 0o640);
  });

  it('stays as it is without overwrite', async () => {
    expect(await faultOf(at('old'), false)).toBe('exists');
    expect(readFileSync(at('old'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['old']);
  });

  it('is not lost where it appears while the new one is being written', async () => {
    function* late() {
      yield bytes;
      writeFileSync(at('late'), 'somebody else');
    }
    const result = await writeAtomically(at('late'), late(), { overwrite: false });
    expect(result).toMatchObject({ ok: false, fault: { code: 'exists' } });
    expect(readFileSync(at('late'), 'utf8')).toBe('somebody else');
    expect(readdirSync(folder)).toEqual(['late', 'old']);
  });

  it('is replaced with overwrite and keeps its mode', async () => {
    expect(await faultOf(at('old'), true)).toBe(null);
    expect(readFileSync(at('old'))).toEqual(bytes);
    expect(statSync(at('old')).mode & 0o777).toBe(0o640);
  });

  it('is replaced where a symbolic link leads, and the link stays', async () => {
    mkdirSync(at('sub'));
    symlinkSync('../old', at('sub/link'));
    expect(await faultOf(at('sub/link'), false)).toBe('exists');
    expect(await faultOf(at('sub/link'), true)).toBe(null);
    expect(lstatSync(at('sub/link')).isSymbolicLink()).toBe(true);
    expect(readFileSync(at('old'))).toEqual(bytes);
    expect(readdirSync(at('sub'))).toEqual(['link']);
  });

  it('keeps its bytes under its other hard links', async () => {
    linkSync(at('old'), at('other'));
    expect(await faultOf(at('old'), true)).toBe(null);
    expect(readFileSync(at('other'), 'utf8')).toBe('old');
  });

  it('is not touched where a link was swapped in before the move', async () => {
    writeFileSync(at('precious'), 'precious');
    function* swapping() {
      yield bytes;
      rmSync(at('old'));
      symlinkSync('precious', at('old'));
    }
    expect(await writeAtomically(at('old'), swapping(), { overwrite: true })).toEqual({ ok: true });
    expect(readFileSync(at('precious'), 'utf8')).toBe('precious');
    expect(readFileSync(at('old'))).toEqual(bytes);
  });
});

describe('what is no file', () => {
  it('is refused and still there: a folder, also one that is named by its slash or swapped in', async () => {
    mkdirSync(at('folder'));
    function* swapping() {
      yield bytes;
      mkdirSync(at('late'));
    }
    expect(await faultOf(at('folder'), true)).toBe('not-a-file');
    expect(await faultOf(at('none/'), true)).toBe('not-a-file');
    expect(await writeAtomically(at('late'), swapping(), { overwrite: true })).toMatchObject({
      fault: { code: 'not-a-file', message: 'is a folder, not a file' },
    });
    expect(readdirSync(folder)).toEqual(['folder', 'late']);
  });

  it('is refused and still there: a named pipe, without waiting for a reader', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    expect(await faultOf(at('pipe'), true)).toBe('not-a-file');
    expect(lstatSync(at('pipe')).isFIFO()).toBe(true);
  });

  it('is refused and still there: a socket', async () => {
    const server = createServer().listen(at('socket'));
    await new Promise((ready) => server.once('listening', ready));
    expect(await faultOf(at('socket'), true)).toBe('not-a-file');
    expect(lstatSync(at('socket')).isSocket()).toBe(true);
    await new Promise((closed) => server.close(closed));
  });

  it.each(['/dev/null', '/dev/full', '/dev/stdout'])('is refused and still there: %s', async (device) => {
    expect(await faultOf(device, true)).toMatch(/not-a-file|exists/);
    expect(existsSync(device)).toBe(true);
  });

  it('is refused: links that lead nowhere or in a circle, and names that are none', async () => {
    symlinkSync('nowhere', at('dangling'));
    symlinkSync('circle', at('circle'));
    expect(await faultOf(at('dangling'), true)).toBe('not-a-file');
    expect(await faultOf(at('circle'), true)).toBe('unwritable');
    expect(await faultOf('', true)).toBe('unwritable');
    expect(await faultOf(at('a\0b'), true)).toBe('unwritable');
    expect(readdirSync(folder).sort()).toEqual(['circle', 'dangling']);
  });
});

describe('a folder that takes no files', () => {
  it('is told: it is missing, a file stands in the way, the system owns it', async () => {
    writeFileSync(at('file'), '');
    expect(await writeAtomically(at('none/a'), bytes, { overwrite: true })).toMatchObject({
      fault: { message: 'its folder does not exist', remedy: 'create the folder first' },
    });
    expect(await faultOf(at('file/a'), true)).toBe('unwritable');
    expect(await faultOf('/proc/burnish', true)).toBe('unwritable');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('is told: the disk is full', async (context) => {
    mkdirSync(at('small'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', at('small')], { stdio: 'ignore' });
    } catch {
      context.skip('skipped: no right to mount a small file system');
    }
    try {
      writeFileSync(at('small/old'), 'old');
      const large = Buffer.alloc(256 * 1024, 1);
      for (const name of ['old', 'new']) {
        const result = await writeAtomically(at(`small/${name}`), large, { overwrite: true });
        expect(result).toMatchObject({ fault: { code: 'no-space', message: 'the disk is full' } });
      }
      expect(readFileSync(at('small/old'), 'utf8')).toBe('old');
      expect(readdirSync(at('small'))).toEqual(['old']);
    } finally {
      execFileSync('umount', [at('small')]);
    }
  });
});

describe('giving up', () => {
  it('leaves nothing where the chunks fail: a fault becomes the result, a bug is thrown', async () => {
    function* failing(error: Error) {
      yield bytes;
      throw error;
    }
    const fault = { code: 'damaged', message: 'broken', remedy: '' } as const;
    const write = (error: Error) => writeAtomically(at('a'), failing(error), { overwrite: true });
    expect(await write(new FaultError(fault))).toEqual({ ok: false, fault });
    await expect(write(new TypeError('a bug'))).rejects.toThrow('a bug');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves nothing where it is told to stop', async () => {
    writeFileSync(at('a'), 'old');
    const stop = new AbortController();
    function* stopping() {
      yield bytes;
      stop.abort(new Error('stopped'));
    }
    const options = { overwrite: true, signal: stop.signal };
    await expect(writeAtomically(at('a'), stopping(), options)).rejects.toThrow('stopped');
    expect(readFileSync(at('a'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('leaves nothing where the process is about to end', async () => {
    function* ending() {
      yield bytes;
      expect(readdirSync(folder)).toHaveLength(1);
      removeTemporaryFiles();
      expect(readdirSync(folder)).toHaveLength(0);
    }
    await writeAtomically(at('a'), ending(), { overwrite: true });
  });
});

describe('what a killed process left', () => {
  it('is removed by the next one that writes there; what a running one needs and what is not ours is not', async () => {
    let own = '';
    function* looking() {
      yield bytes;
      own = readdirSync(folder)[0];
    }
    await writeAtomically(at('first'), looking(), { overwrite: true });
    const child = spawn('true');
    await new Promise((ended) => child.once('exit', ended));
    // When it started nobody knows.
    const named = (id: number | undefined) => own.replace(new RegExp(`-${process.pid}-\\d+-`), `-${id}-0-`);
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    const foreign = named(child.pid).replace(/^\.burnish-.{8}/, '.burnish-00000000');
    for (const name of [named(child.pid), named(process.ppid), foreign])
      writeFileSync(join(elsewhere, name), '');
    expect(await faultOf(join(elsewhere, 'a'), false)).toBe(null);
    expect(readdirSync(elsewhere).sort()).toEqual([named(process.ppid), foreign, 'a'].sort());
  });
});
