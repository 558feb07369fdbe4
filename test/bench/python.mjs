/** A Python for the contestants in Python: rather the one that has OpenCV too. */

import { execFileSync } from 'node:child_process';

/** Its command, or null where there is none with numpy. */
export function findPython() {
  for (const modules of ['numpy, scipy, cv2, PIL', 'numpy, cv2', 'numpy, scipy', 'numpy']) {
    for (const python of ['python3', '/usr/bin/python3']) {
      try {
        execFileSync(python, ['-c', `import ${modules}`], { stdio: 'ignore' });
        return python;
      } catch {
        // Not this one.
      }
    }
  }
  return null;
}
