/**
 * Where the built worker file is: beside the bundle that runs, or, when the sources run as they are (under test), in the output
 * folder of the build.
 */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of `out/main/NAME`, seen from the bundle or from the sources. */
export function builtFile(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    for (const candidate of [join(folder, name), join(folder, 'out', 'main', name)]) {
      if (existsSync(candidate)) return candidate;
    }
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`${name} is not built: run "npm run build"`);
    folder = parent;
  }
}

export function workerPath(): string {
  return builtFile('worker.js');
}
