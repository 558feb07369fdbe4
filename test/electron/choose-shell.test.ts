// Which shell a start gets; Electron's package is a folder that the test makes.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseShell, type Wish } from '../../electron/choose-shell';
import { findElectron, obtainElectron, type Search } from '../../electron/electron-binary';

let folder: string;
let search: Omit<Search, 'insist'>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-electron-'));
  search = {
    packageFolder: join(folder, 'electron'),
    memory: join(folder, 'cache', 'electron.json'),
    limit: 5_000,
  };
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A package as npm installs it; `install` is its download script, which counts its runs. */
async function installPackage(install: string, version = '45.4.1'): Promise<void> {
  await mkdir(search.packageFolder, { recursive: true });
  await writeFile(join(search.packageFolder, 'package.json'), JSON.stringify({ version }));
  const counting = `require('node:fs').appendFileSync(require('node:path').join(__dirname, 'runs'), 'x');`;
  await writeFile(join(search.packageFolder, 'install.js'), counting + install);
}

const succeeding = `
  const { mkdirSync, writeFileSync } = require('node:fs');
  mkdirSync(__dirname + '/dist', { recursive: true });
  writeFileSync(__dirname + '/dist/electron', '');
  writeFileSync(__dirname + '/path.txt', 'electron');`;

const runs = async () => (await readFile(join(search.packageFolder, 'runs'), 'utf8').catch(() => '')).length;
const wish = (different: Partial<Wish> = {}): Wish => ({
  shell: undefined,
  open: true,
  hasPort: false,
  hasDisplay: true,
  search,
  ...different,
});

describe('the binary of Electron', () => {
  it('is found where it was downloaded, without running anything', async () => {
    await installPackage('process.exit(1)');
    expect(findElectron(search.packageFolder)).toBeNull();
    await mkdir(join(search.packageFolder, 'dist'));
    await writeFile(join(search.packageFolder, 'dist', 'electron'), '');
    await writeFile(join(search.packageFolder, 'path.txt'), 'electron');
    const binary = join(search.packageFolder, 'dist', 'electron');
    expect(await obtainElectron({ ...search, insist: false })).toEqual({ binary });
    expect(await runs()).toBe(0);
  });

  it('is downloaded where it is missing', async () => {
    await installPackage(succeeding);
    expect(await obtainElectron({ ...search, insist: false })).toEqual({
      binary: join(search.packageFolder, 'dist', 'electron'),
    });
    expect(existsSync(search.memory)).toBe(false);
  });

  it('is tried for once a version, unless one insists', async () => {
    await installPackage('process.exit(1)');
    const attempt = (insist: boolean) => obtainElectron({ ...search, insist });
    expect(await attempt(false)).toEqual({ binary: null, reason: 'it could not be downloaded' });
    expect(await attempt(false)).toMatchObject({ binary: null, reason: expect.stringContaining('before') });
    expect(await runs()).toBe(1);
    await attempt(true);
    expect(await runs()).toBe(2);
    await installPackage('process.exit(1)', '46.0.0');
    await attempt(false);
    expect(await runs()).toBe(3);
  });

  it('is not waited for without end', async () => {
    await installPackage('setInterval(() => undefined, 1000)');
    expect(await obtainElectron({ ...search, insist: false, limit: 300 })).toEqual({
      binary: null,
      reason: 'it could not be downloaded within 0.3 s',
    });
  });

  it('is not looked for where the package is not installed', async () => {
    expect(await obtainElectron({ ...search, insist: true })).toEqual({
      binary: null,
      reason: 'it is not installed',
    });
  });
});

describe('the shell', () => {
  it('is Electron where it is there', async () => {
    await installPackage(succeeding);
    expect(await chooseShell(wish())).toMatchObject({ shell: 'electron', reason: 'because it is installed' });
    expect(await chooseShell(wish({ shell: 'electron' }))).toMatchObject({
      shell: 'electron',
      reason: 'as asked',
    });
  });

  it('is the browser where Electron cannot be had, and the reason says so', async () => {
    await installPackage('process.exit(1)');
    expect(await chooseShell(wish())).toEqual({
      shell: 'browser',
      reason: 'because Electron is missing: it could not be downloaded',
    });
  });

  it('is none where Electron was asked for in vain', async () => {
    await installPackage('process.exit(1)');
    expect(await chooseShell(wish({ shell: 'electron' }))).toMatchObject({ shell: 'none' });
  });

  it.each([
    ['it is asked for', { shell: 'browser' }],
    ['no window is wanted', { open: false }],
    ['a port is given', { hasPort: true }],
    ['there is no display', { hasDisplay: false }],
  ] as const)('is the browser, and Electron is not even looked for, where %s', async (_, different) => {
    await installPackage(succeeding);
    expect((await chooseShell(wish(different))).shell).toBe('browser');
    expect(await runs()).toBe(0);
  });
});
