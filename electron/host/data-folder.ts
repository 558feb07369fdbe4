/** Where Burnish keeps what belongs to the user and to no document: recent files, their copies, uploads under way. */

import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** `BURNISH_HOME`, else the platform's usual place. */
export function dataFolder(environment: Environment = process.env, platform = process.platform): string {
  if (environment.BURNISH_HOME) return environment.BURNISH_HOME;
  if (platform === 'win32')
    return join(environment.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Burnish');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Burnish');
  return join(environment.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'burnish');
}

/** Makes a folder that only this user can look into, and those above it. */
export function makePrivateFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

function runs(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** An empty folder for this process alone, below `parent`; what processes that died left there is removed. */
export function makeProcessFolder(parent: string): string {
  makePrivateFolder(parent);
  for (const name of readdirSync(parent)) {
    if (/^\d+$/.test(name) && (Number(name) === process.pid || !runs(Number(name)))) {
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
  return makePrivateFolder(join(parent, String(process.pid)));
}
