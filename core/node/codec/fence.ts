/**
 * The WebAssembly build draws SVG with resvg, which opens the pictures that a drawing names, wherever they
 * lie (librsvg, in the native build, opens nothing for bytes without an address). Its file system is Node's,
 * called through the functions of `fs`; so, once everything is loaded, those reach into the private folder
 * only. To the drawing, nothing else exists.
 */

import { createRequire } from 'node:module';
import { resolve, sep } from 'node:path';

/** What libvips needs to write pixels. */
const NEEDED = ['openSync', 'statSync', 'lstatSync', 'truncateSync', 'unlinkSync'];

class NoSuchFile extends Error {
  readonly code = 'ENOENT';
}

/** Closes the synchronous functions of `fs`, for this whole process, to every path outside `folder`. */
export function fenceFiles(folder: string): void {
  // The object that `require` hands out, which the build calls into, and not the names that ES modules have
  // imported.
  const files: Record<string, unknown> = createRequire(import.meta.url)('node:fs');
  const inside = resolve(folder) + sep;
  for (const [name, original] of Object.entries(files)) {
    if (!name.endsWith('Sync') || typeof original !== 'function') continue;
    files[name] = (...values: readonly unknown[]): unknown => {
      const [path] = values;
      const open = NEEDED.includes(name) && typeof path === 'string' && resolve(path).startsWith(inside);
      // Numbers are files that are open already.
      if (typeof path !== 'number' && !open)
        throw new NoSuchFile(`ENOENT: no such file or directory, ${name}`);
      return Reflect.apply(original, files, values);
    };
  }
}
