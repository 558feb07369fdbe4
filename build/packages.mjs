// Are the packages of package-lock.json the ones that are installed? npm keeps its own account of what it installed in
// node_modules/.package-lock.json; the two are compared package by package, so that packages installed by hand count too.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {Record<string, { version?: string, optional?: boolean }>} Packages by path, as `node_modules/sharp` */

/**
 * `packages` of a lock file, or undefined where there is none.
 * @param {string} path
 * @returns {Packages | undefined}
 */
function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
  } catch {
    return undefined;
  }
}

/**
 * Whether everything that `wanted` asks for is in `installed`, at the same version. What is optional, such as the
 * binaries for other platforms, may be missing but not differ.
 * @param {Packages} wanted
 * @param {Packages} installed
 */
export function sameInstalled(wanted, installed) {
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const there = installed[path];
    return there ? there.version === version : optional === true;
  });
}

/**
 * Whether `npm ci` has something to do in `root`.
 * @param {string} root
 */
export function packagesAreStale(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, 'node_modules/.package-lock.json'));
  return wanted !== undefined && (installed === undefined || !sameInstalled(wanted, installed));
}

/**
 * Nothing to read, and what is printed goes to our stderr.
 * @type {import('node:child_process').StdioOptions}
 */
export const quiet = ['ignore', 2, 2];

/**
 * Installs exactly what package-lock.json says, with what npm prints going to stderr. The build needs the development
 * packages whatever NODE_ENV says. Returns npm's exit status.
 * @param {string} root
 */
export function installPackages(root) {
  const npm = process.env.npm_execpath;
  const words = ['ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund'];
  const options = { cwd: root, stdio: quiet };
  const ended = npm
    ? spawnSync(process.execPath, [npm, ...words], options)
    : spawnSync('npm', words, { ...options, shell: process.platform === 'win32' });
  return ended.status ?? 1;
}
