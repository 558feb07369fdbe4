/**
 * Where a built file is: in the output folder of the build, in which the bundle that runs lies too; the sources, which run as they
 * are under test, lie beside it. In a packaged program the folder is inside the archive.
 */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of `out/PART/NAME`, seen from the bundle or from the sources. Throws where it is not built. */
export function builtFile(name: string, part = 'main'): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    for (const candidate of [join(folder, part, name), join(folder, 'out', part, name)]) {
      if (existsSync(candidate)) return candidate;
    }
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`${name} is not built: run "npm run build"`);
    folder = parent;
  }
}

export function workerPath(): string {
  return builtFile('worker.cjs');
}
