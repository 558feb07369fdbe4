/**
 * Electron's binary: looked for as a file, because loading the package would start to download it. Where it is missing, one try
 * is made for each installed version, within a time that a user will wait; a failure is remembered.
 */

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isPlainObject } from '../core/document/json';

const LONGEST = 20_000;

/** The path of the executable in the package folder (node_modules/electron); null where it was never fetched. */
export function findElectron(packageFolder: string): string | null {
  try {
    const path = join(packageFolder, 'dist', readFileSync(join(packageFolder, 'path.txt'), 'utf8').trim());
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

function versionIn(packageFolder: string): string | null {
  try {
    const description: unknown = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
    return isPlainObject(description) && typeof description.version === 'string' ? description.version : null;
  } catch {
    return null;
  }
}

/** What was remembered of a failed try for this version. */
function rememberedFailure(memory: string, version: string): boolean {
  try {
    const failure: unknown = JSON.parse(readFileSync(memory, 'utf8'));
    return isPlainObject(failure) && failure.version === version;
  } catch {
    return false;
  }
}

function remember(memory: string, version: string, reason: string): void {
  try {
    mkdirSync(dirname(memory), { recursive: true });
    writeFileSync(memory, JSON.stringify({ version, reason }));
  } catch {
    // A folder that cannot be written costs one more try the next time.
  }
}

/** Runs the package's own download; null when it worked, else why not. */
function download(packageFolder: string, limit: number): Promise<string | null> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(packageFolder, 'install.js')], { stdio: 'ignore' });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      done(`it could not be downloaded within ${limit / 1000} s`);
    }, limit);
    child.once('error', () => done('its download did not start'));
    child.once('exit', (status) => {
      clearTimeout(timer);
      done(status === 0 ? null : 'it could not be downloaded');
    });
  });
}

export type ElectronFound =
  | { readonly binary: string }
  /** Why there is none, as the second half of a sentence: "it could not be downloaded". */
  | { readonly binary: null; readonly reason: string };

export interface Search {
  /** node_modules/electron */
  readonly packageFolder: string;
  /** The file in which a failure is remembered. */
  readonly memory: string;
  /** Try again although it failed before. */
  readonly insist: boolean;
  readonly limit?: number;
}

/** Finds the binary, fetching it where it has not been tried in vain. */
export async function obtainElectron({
  packageFolder,
  memory,
  insist,
  limit = LONGEST,
}: Search): Promise<ElectronFound> {
  const there = findElectron(packageFolder);
  if (there !== null) return { binary: there };
  const version = versionIn(packageFolder);
  if (version === null) return { binary: null, reason: 'it is not installed' };
  if (!insist && rememberedFailure(memory, version)) {
    return { binary: null, reason: 'it could not be downloaded before (--shell electron tries again)' };
  }
  const reason = await download(packageFolder, limit);
  const binary = findElectron(packageFolder);
  if (binary !== null) return { binary };
  const why = reason ?? 'its download left no program';
  remember(memory, version, why);
  return { binary: null, reason: why };
}
