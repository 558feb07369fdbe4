// Builds what is stale: `node build/build.mjs [--force]`. When nothing is stale it only hashes the sources, with Node's
// built-ins alone. A part is built beside its place and moved there when it is complete, so a failed build leaves
// the last good one, and a program that is starting meanwhile never sees half of it.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parts } from './parts.mjs';
import { filesBelow, stampIn, stampOf } from './stamp.mjs';

/** The folder that holds package.json. */
export const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'out');

/**
 * The parts whose sources have changed since they were built, each with the stamp of its sources now.
 * @param {readonly string[]} [names] of the parts that are looked at; all of them by default
 */
export function staleParts(names) {
  /** @type {Map<string, string[]>} */
  const listed = new Map();
  /** @type {Map<string, Buffer>} */
  const contents = new Map();
  const below = (/** @type {string} */ source) => {
    const files = listed.get(source) ?? filesBelow(root, source);
    listed.set(source, files);
    return files;
  };
  return parts
    .filter(({ name }) => names === undefined || names.includes(name))
    .map((part) => {
      const counts = (/** @type {string} */ file) =>
        !part.without.some((folder) => file === folder || file.startsWith(`${folder}/`));
      const files = part.sources.flatMap((source) => below(source).filter(counts));
      return { ...part, stamp: stampOf(root, files, contents) };
    })
    .filter((part) => stampIn(join(out, part.name)) !== part.stamp);
}

/**
 * Builds one part into out/NAME. Throws the compiler's error if it does not build; out/NAME is then as it was.
 * @param {import('./parts.mjs').Part & { stamp: string }} part
 */
async function buildPart(part) {
  const made = join(out, `.new-${part.name}-${process.pid}`);
  const replaced = join(out, `.old-${part.name}-${process.pid}`);
  try {
    await part.make?.(made, root);
    for (const config of (await part.configs?.()) ?? []) await buildWithVite(config, made);
    writeFileSync(join(made, '.stamp'), part.stamp);
    if (existsSync(join(out, part.name))) renameSync(join(out, part.name), replaced);
    renameSync(made, join(out, part.name));
  } finally {
    rmSync(made, { recursive: true, force: true });
    rmSync(replaced, { recursive: true, force: true });
  }
}

/**
 * @param {import('vite').InlineConfig} config
 * @param {string} outDir
 */
async function buildWithVite(config, outDir) {
  const { build, mergeConfig } = await import('vite');
  const shared = {
    root,
    configFile: false,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: false, reportCompressedSize: false },
  };
  await build(mergeConfig(shared, config));
}

/**
 * Whether the process that took the lock still runs.
 * @param {string} lock
 */
function holderRuns(lock) {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Waits until no other process builds here, then runs `work`.
 * @template Result
 * @param {() => Promise<Result>} work
 */
async function alone(work) {
  mkdirSync(out, { recursive: true });
  const lock = join(out, '.lock');
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (holderRuns(lock)) await new Promise((done) => setTimeout(done, 100));
      else rmSync(lock, { force: true });
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/**
 * Builds the stale parts, or all of them if `force`, and returns their names. `say` gets the line that tells of it.
 * Throws an error whose message names the part and what is wrong with it.
 * @param {{ force?: boolean, say?: (line: string) => void, only?: readonly string[] | undefined }} [options] `only`: names of the parts that are wanted
 */
export async function build({ force = false, say = console.error, only } = {}) {
  if (!force && staleParts(only).length === 0) return [];
  return alone(async () => {
    if (force) for (const part of parts) rmSync(join(out, part.name, '.stamp'), { force: true });
    const stale = staleParts(only);
    if (stale.length === 0) return []; // another process has just done it
    const began = performance.now();
    const failures = /** @type {string[]} */ ([]);
    for (const part of stale) {
      try {
        await buildPart(part);
      } catch (error) {
        failures.push(`${part.name} does not build: ${error.message}`);
      }
    }
    if (failures.length > 0) throw new Error(failures.join('\n'));
    const names = stale.map((part) => part.name);
    say(`burnish: built ${names.join(', ')} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    return names;
  });
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await build({ force: process.argv.includes('--force') }).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
