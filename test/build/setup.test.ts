import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser } from '../../build/browser.mjs';
import { packagesAreStale, sameInstalled } from '../../build/packages.mjs';
import { nodeIsTooOld } from '../../build/setup.mjs';

describe('the version of Node.js', () => {
  it.each(['20.19.0', '20.20.2', '22.12.0', '24.0.0'])('%s is new enough', (version) => {
    expect(nodeIsTooOld(version, '>=20.19')).toBeUndefined();
  });

  it.each(['18.20.4', '20.9.0', '20.18.3'])(
    '%s is refused in one line that says what to install',
    (version) => {
      expect(nodeIsTooOld(version, '>=20.19')).toBe(
        `Node.js ${version} is too old; install 20.19 or newer from https://nodejs.org`,
      );
    },
  );
});

describe('the installed packages', () => {
  const wanted = {
    '': { version: '0.1.0' },
    'node_modules/sharp': { version: '1.0.0' },
    'node_modules/sharp-for-another-system': { version: '1.0.0', optional: true },
  };

  it('are complete when only optional ones are missing', () => {
    expect(sameInstalled(wanted, { 'node_modules/sharp': { version: '1.0.0' } })).toBe(true);
  });

  it.each([
    ['one is missing', {}],
    ['one has another version', { 'node_modules/sharp': { version: '1.0.1' } }],
    [
      'an optional one has another version',
      {
        'node_modules/sharp': { version: '1.0.0' },
        'node_modules/sharp-for-another-system': { version: '2.0.0' },
      },
    ],
  ])('are stale when %s', (_, installed) => {
    expect(sameInstalled(wanted, installed)).toBe(false);
  });

  it('are stale in a fresh clone, and not in this one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'burnish-clone-'));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: wanted }));
    expect(packagesAreStale(folder)).toBe(true);
    rmSync(folder, { recursive: true });
    expect(packagesAreStale(join(import.meta.dirname, '../..'))).toBe(false);
  });
});

describe('the browser', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'burnish-browsers-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const install = (name: string, text = '#!/bin/sh\n'): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    chmodSync(path, 0o755);
    return path;
  };

  it('is the one that BURNISH_BROWSER names, before any other', async () => {
    install('google-chrome');
    const asked = install('my-browser');
    expect(await findBrowser({ PATH: folder, BURNISH_BROWSER: asked }, 'linux')).toBe(asked);
  });

  it('is refused in words when BURNISH_BROWSER names no file', async () => {
    const asked = join(folder, 'missing');
    await expect(findBrowser({ PATH: folder, BURNISH_BROWSER: asked }, 'linux')).rejects.toThrow(
      `BURNISH_BROWSER: there is no file ${asked}; correct the path or unset the variable`,
    );
  });

  it('is Chrome before Chromium before Edge where several are installed', async () => {
    install('microsoft-edge-stable');
    const chromium = install('chromium');
    const chrome = install('google-chrome-stable');
    expect(await findBrowser({ PATH: folder }, 'linux')).toBe(chrome);
    rmSync(chrome);
    expect(await findBrowser({ PATH: folder }, 'linux')).toBe(chromium);
  });

  it("is not Ubuntu's script that only asks for a snap", async () => {
    const advice = install('chromium-browser', 'echo "... requires the chromium snap to be installed."');
    expect(await findBrowser({ PATH: folder }, 'linux')).not.toBe(advice);
  });
});
