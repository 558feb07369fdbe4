/** Which files a start asks for. Chromium's own switches stand between the words; they begin with a dash, absolute paths never do. */

import { resolve } from 'node:path';

/**
 * The files in a command line of the program. `words` is all of it: the executable, in a checkout also the program's folder, and
 * whatever the user or the system put behind.
 */
export function filesToOpen(
  words: readonly string[],
  isPackaged: boolean,
  folder: string,
): readonly string[] {
  const [, ...rest] = words.filter((word) => !word.startsWith('-'));
  return (isPackaged ? rest : rest.slice(1)).map((file) => resolve(folder, file));
}
