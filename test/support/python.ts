/** A Python that has what a test needs, or null: `python3` on the path, else Debian's, which is where its packages live. */

import { execFileSync } from 'node:child_process';

export function findPython(...modules: readonly string[]): string | null {
  for (const python of ['python3', '/usr/bin/python3']) {
    try {
      execFileSync(python, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' });
      return python;
    } catch {
      // Not this one.
    }
  }
  return null;
}
