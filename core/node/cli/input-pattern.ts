/** Inputs named by a pattern. Apart from the other inputs, because few commands name one, and the library takes its time to load. */

import { dirname, relative, resolve, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { fail, type Fault } from '../../raster/fault';
import { byName, type Input } from './inputs';

/** The part of a pattern before its first special character, as a folder. */
function fixedPart(pattern: string): string {
  const parts = pattern.split('/');
  const special = parts.findIndex((part) => isDynamicPattern(part));
  return parts.slice(0, special).join('/') || (pattern.startsWith('/') ? '/' : '.');
}

/** The files that a pattern finds; null where it is none. */
export async function matchesOf(argument: string): Promise<readonly Input[] | Fault | null> {
  if (!isDynamicPattern(argument)) return null;
  const pattern = sep === '\\' ? argument.replaceAll('\\', '/') : argument;
  const paths = await glob([pattern], { onlyFiles: true, expandDirectories: false, dot: false });
  if (paths.length === 0) return fail('not-found', 'no file matches', 'check the pattern').fault;
  const base = fixedPart(pattern);
  return paths.sort(byName).map((path) => {
    const beneath = relative(base, dirname(path)).replaceAll(sep, '/');
    // A pattern can reach beside its fixed part (`{a,../b}/*`); results never leave their folder.
    const folder = beneath.split('/').includes('..') ? '' : beneath;
    return { name: path, path: resolve(path), folder };
  });
}
