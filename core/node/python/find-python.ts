/**
 * A Python that can run the scripts of edits: one that has numpy, scipy and Pillow. The one that `BURNISH_PYTHON` names is asked
 * alone, because who names one means that one; else those on the path and Debian's own, which is where its packages live.
 */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface FoundPython {
  readonly command: string;
  /** What comes before the script. */
  readonly words: readonly string[];
  /** Versions, for reports: "Python 3.11.2, numpy 1.24.2, scipy 1.10.1, Pillow 9.4.0". */
  readonly versions: string;
}

type Candidate = Omit<FoundPython, 'versions'>;

const TELL =
  'import platform, numpy, scipy, PIL; print(f"Python {platform.python_version()}, numpy {numpy.__version__}, ' +
  'scipy {scipy.__version__}, Pillow {PIL.__version__}")';

/** Importing scipy from a cold disk may take a while. */
const MOST_MILLISECONDS = 30_000;

function candidates(): readonly Candidate[] {
  const named = process.env['BURNISH_PYTHON'];
  if (named !== undefined && named !== '') return [{ command: named, words: [] }];
  const onPath = ['python3', 'python'].map((command) => ({ command, words: [] }));
  return process.platform === 'win32'
    ? [{ command: 'py', words: ['-3'] }, ...onPath]
    : [...onPath, { command: '/usr/bin/python3', words: [] }];
}

/** Null where no Python has what scripts need. Asked anew every time, since people install what they were told is missing. */
export async function findPython(): Promise<FoundPython | null> {
  for (const { command, words } of candidates()) {
    try {
      const told = await promisify(execFile)(command, [...words, '-c', TELL], {
        timeout: MOST_MILLISECONDS,
        windowsHide: true,
      });
      return { command, words, versions: told.stdout.trim() };
    } catch {
      // Not there, or without the packages.
    }
  }
  return null;
}
