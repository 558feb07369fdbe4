// Packages the built program with electron-builder and looks into the result. Electron's binary is not needed for that:
// a file with the name and the fuse wire of the real one stands in for it. So this tests what goes into the package and
// how the fuses are set, not that Electron starts it.
import { extractAll, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'burnish-packaging-'));
const packaged = join(folder, 'dist/linux-unpacked');
const archive = join(packaged, 'resources/app.asar');

/** An executable with nothing but the mark by which fuses are found, version 1, and nine fuses that are all on. */
function standInForElectron(): string {
  const distribution = join(folder, 'electron');
  const wire = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001\u0009111111111';
  mkdirSync(distribution);
  writeFileSync(join(distribution, 'electron'), `stand-in ${wire}`, { mode: 0o755 });
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string;
  };
  writeFileSync(join(distribution, 'version'), version);
  return distribution;
}

beforeAll(() => {
  const words = ['--config', 'build/electron-builder.yml', '--linux', 'dir', '--publish', 'never'];
  const settings = [`electronDist=${standInForElectron()}`, `directories.output=${join(folder, 'dist')}`];
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [builder, ...words, ...settings.map((setting) => `-c.${setting}`)],
    { cwd: root, encoding: 'utf8' },
  );
  expect(status, `${stdout}\n${stderr}`).toBe(0);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  const entries = (): string[] =>
    listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/'));

  it('holds every part of the built program', () => {
    expect(entries()).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/out/main/main.js',
        '/out/main/worker.cjs',
        '/out/main/codec.cjs',
        '/out/kernels/kernels.wasm',
        '/out/preload/preload.cjs',
        '/out/renderer/index.html',
        '/out/samples/samples.json',
        '/out/samples/lake.png',
        '/lessons/04-gamma.json',
      ]),
    );
  });

  it('holds no source, test, map or development package', () => {
    const top = new Set(entries().map((path) => path.split('/')[1]));
    expect([...top].sort()).toEqual(['lessons', 'node_modules', 'out', 'package.json']);
    expect(entries().filter((path) => /^\/out\/.*(\.map|\.ts|\.svelte|\.stamp)$/.test(path))).toEqual([]);
    expect(
      entries().filter((path) => /^\/node_modules\/(svelte|vite|electron|typescript)\//.test(path)),
    ).toEqual([]);
  });

  it('holds sharp as WebAssembly alone, outside the archive, and it decodes and encodes there', () => {
    expect(entries().filter((path) => /^\/node_modules\/@img\/sharp-(linux|libvips)/.test(path))).toEqual([]);
    const unpacked = join(packaged, 'resources/app.asar.unpacked/node_modules/@img');
    expect(existsSync(join(unpacked, 'sharp-wasm32'))).toBe(true);

    const extracted = join(folder, 'extracted');
    extractAll(archive, extracted);
    const script = `const picture = { width: 1, height: 1, channels: 3, background: 'red' };
      require('sharp')({ create: picture }).png().toBuffer().then((png) => console.log(png.toString('latin1', 1, 4)));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
      cwd: extracted,
      encoding: 'utf8',
    });
    expect(stdout.trim(), stderr).toBe('PNG');
  });

  it('starts only from its own archive and never as a general Node.js', async () => {
    const fuses = await getCurrentFuseWire(join(packaged, 'burnish'));
    const states = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ].map((fuse) => Number(fuses[fuse]));
    expect(String.fromCharCode(...states)).toBe('000011');
  });
});
