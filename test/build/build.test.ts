import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallProject, type SmallProject } from '../support/small-project';

let project: SmallProject;
const made = (path: string): string => join(project.folder, 'out', path);
const build = (...words: string[]) => project.node('build/build.mjs', ...words);

beforeAll(async () => {
  project = smallProject();
  expect(await build()).toMatchObject({ status: 0, stdout: '' });
});
afterAll(() => project.remove());

/** The parts that the build says it made. */
const named = (stderr: string): string[] => /built (.*) in/.exec(stderr)?.[1]?.split(', ') ?? [];

describe('the build', () => {
  it('makes the entries of the main process, the preload script and the page', () => {
    const main = ['main.js', 'burnish.js', 'worker.cjs', 'codec.cjs'];
    for (const path of [
      ...main.map((name) => `main/${name}`),
      'kernels/kernels.wasm',
      'samples/samples.json',
      'preload/preload.cjs',
      'renderer/index.html',
    ]) {
      expect(existsSync(made(path)), path).toBe(true);
    }
  });

  it('takes the JavaScript of sharp into the codec child, and looks for its library where it would lie itself', async () => {
    expect(readFileSync(made('main/codec.cjs'), 'utf8')).not.toMatch(/require\("sharp"\)/);
    expect(await project.node('out/main/codec.cjs')).toEqual({ status: 0, stdout: 'function\n', stderr: '' });
    // Away from the packages there is nothing to be found.
    const elsewhere = mkdtempSync(join(tmpdir(), 'burnish-codec-'));
    cpSync(made('main'), elsewhere, { recursive: true });
    const { status, stderr } = await project.node(join(elsewhere, 'codec.cjs'));
    rmSync(elsewhere, { recursive: true });
    expect([status, /Cannot find module 'sharp'/.test(stderr)]).toEqual([1, true]);
  });

  it('leaves Electron outside', () => {
    expect(readFileSync(made('preload/preload.cjs'), 'utf8')).toMatch(/require\("electron"\)/);
  });

  it('puts no script or style into the page itself', () => {
    expect(readFileSync(made('renderer/index.html'), 'utf8')).not.toMatch(
      /<script(?![^>]* src=)|<style|data:/,
    );
  });

  it('does nothing when nothing has changed', async () => {
    expect(await build()).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('does nothing when a file is written again with the same contents', async () => {
    const path = join(project.folder, 'core/raster/answer.ts');
    writeFileSync(path, readFileSync(path));
    expect(await build()).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('makes only the parts whose sources have changed', async () => {
    project.write({ 'renderer/main.ts': 'document.title = String(1);' });
    expect(named((await build()).stderr)).toEqual(['renderer']);
    project.write({ 'core/node/engine/worker.ts': 'console.log(2);' });
    expect(named((await build()).stderr)).toEqual(['main']);
    project.write({ 'core/kernels/wasm/assembly/index.ts': 'export function answer(): i32 { return 43; }' });
    expect(named((await build()).stderr)).toEqual(['kernels']);
    project.write({ 'core/raster/answer.ts': 'export const answer: number = 43;' });
    expect(named((await build()).stderr)).toEqual(['main', 'preload', 'renderer']);
  });

  it('makes everything when asked to', async () => {
    expect(named((await build('--force')).stderr)).toEqual([
      'main',
      'kernels',
      'samples',
      'preload',
      'renderer',
    ]);
  });

  it('keeps the last good part when a source does not compile, and tries it again', async () => {
    const before = readFileSync(made('renderer/index.html'), 'utf8');
    project.write({ 'renderer/main.ts': 'const = ;' });
    for (const attempt of ['first', 'second']) {
      const { status, stderr } = await build();
      expect(status, attempt).toBe(1);
      expect(stderr).toMatch(/renderer does not build: /);
    }
    expect(readFileSync(made('renderer/index.html'), 'utf8')).toBe(before);
    project.write({ 'renderer/main.ts': 'document.title = String(2);' });
    expect(named((await build()).stderr)).toEqual(['renderer']);
  });

  it('says where a kernel does not compile', async () => {
    const path = 'core/kernels/wasm/assembly/index.ts';
    project.write({ [path]: 'export function answer(): i32 { return missing; }' });
    const { status, stderr } = await build();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^kernels does not build: .*missing/s);
    expect(existsSync(made('kernels/kernels.wasm'))).toBe(true);
    project.write({ [path]: 'export function answer(): i32 { return 44; }' });
    expect(named((await build()).stderr)).toEqual(['kernels']);
  });

  it('is done once by two that start together', async () => {
    project.write({ 'electron/desktop/main.ts': 'console.log(3);' });
    const both = await Promise.all([build(), build()]);
    expect(both.map(({ status }) => status)).toEqual([0, 0]);
    expect(both.filter(({ stderr }) => stderr !== '')).toHaveLength(1);
  });

  it('takes over from one that was killed', async () => {
    writeFileSync(made('.lock'), '999999999');
    project.write({ 'electron/desktop/main.ts': 'console.log(4);' });
    expect(named((await build()).stderr)).toEqual(['main', 'preload']);
  });

  it('leaves nothing beside what it made', () => {
    expect(readdirSync(join(project.folder, 'out')).sort()).toEqual([
      'kernels',
      'main',
      'preload',
      'renderer',
      'samples',
    ]);
  });
});

describe('the command burnish', () => {
  it('builds what is stale, says so on stderr only, and passes words and exit status through', async () => {
    project.write({ 'core/raster/answer.ts': 'export const answer: number = 44;' });
    const { status, stdout, stderr } = await project.node('build/burnish.mjs', 'apply', '--quiet');
    expect(status).toBe(3);
    expect(stdout).toBe('44 apply --quiet\n');
    expect(named(stderr)).toContain('main');
  });
});
