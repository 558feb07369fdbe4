/**
 * The law of the atomic write under a failing system: whichever call fails, with whatever code, under the target's name is
 * the whole old or the whole new file, no temporary file is left, and the result is a fault in words. The file system here
 * is real; only the Nth call is made to fail, N = 1, 2, … until a run has no call left to fail.
 */

import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeAtomically } from '../../../../core/node/files/atomic-write';

const failing = vi.hoisted(() => ({
  remaining: Infinity,
  code: '',
  called: '',
  /** Counts a call and throws instead of making it if it is the one. */
  count(name: string) {
    failing.remaining -= 1;
    if (failing.remaining !== 0) return;
    failing.called = name;
    throw Object.assign(new Error(`${failing.code}: injected`), { code: failing.code });
  },
}));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const wrapHandle = (handle: FileHandle) =>
    new Proxy(handle, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return async (...words: unknown[]) => {
          // A close that fails has closed nevertheless.
          if (name === 'close') await target.close();
          failing.count(`handle.${String(name)}`);
          return name === 'close' ? undefined : (Reflect.apply(value, target, words) as unknown);
        };
      },
    });
  return {
    ...real,
    open: async (...words: Parameters<typeof real.open>) => {
      failing.count('open');
      return wrapHandle(await real.open(...words));
    },
    ...Object.fromEntries(
      (['link', 'lstat', 'readdir', 'realpath', 'rename', 'rm', 'stat'] as const).map((name) => [
        name,
        async (...words: unknown[]) => {
          failing.count(name);
          return (await Reflect.apply(real[name], real, words)) as unknown;
        },
      ]),
    ),
  };
});

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'burnish-failing-')));
});
afterEach(() => {
  failing.remaining = Infinity;
  rmSync(folder, { recursive: true, force: true });
});

const codes = [
  'ENOSPC',
  'EIO',
  'EROFS',
  'EACCES',
  'EPERM',
  'EMFILE',
  'EDQUOT',
  'ENOTSUP',
  'ENOENT',
  'EWEIRD',
];

describe.each(codes)('whichever call fails with %s', (code) => {
  it.each([true, false])('the old or the new file is there whole (overwrite: %s)', async (overwrite) => {
    const target = join(folder, 'picture');
    const bytes = Buffer.from('new');
    let failures = 0;
    for (let call = 1; ; call++) {
      expect(call).toBeLessThan(50);
      rmSync(target, { force: true });
      if (overwrite) writeFileSync(target, 'old');
      Object.assign(failing, { remaining: call, code, called: '' });
      const result = await writeAtomically(target, [bytes], { overwrite });
      failing.remaining = Infinity;
      if (failing.called === '') break;
      const where = `${code} at call ${call}, ${failing.called}`;
      const strays = readdirSync(folder).filter((name) => name !== 'picture');
      // A temporary file that cannot be removed now is removed when the process ends.
      if (failing.called !== 'rm') expect(strays, where).toEqual([]);
      for (const name of strays) rmSync(join(folder, name));
      const found = readdirSync(folder).includes('picture') ? readFileSync(target, 'utf8') : null;
      if (result.ok) expect(found, where).toBe('new');
      else {
        failures += 1;
        expect(['new', overwrite ? 'old' : null], where).toContain(found);
        expect(result.fault.message, where).toMatch(/^[a-z].*[^.]$/);
      }
    }
    expect(failures).toBeGreaterThan(3);
  });
});
