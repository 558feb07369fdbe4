/** Where the built program lies and which version it is; the same in a checkout and in a package. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPlainObject } from '../../core/document/json';

/** The folder that holds package.json and out/. */
export function programFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('Burnish lies outside its folder');
    folder = parent;
  }
  return folder;
}

export function programVersion(): string {
  const description: unknown = JSON.parse(readFileSync(join(programFolder(), 'package.json'), 'utf8'));
  return isPlainObject(description) && typeof description.version === 'string' ? description.version : '0';
}
