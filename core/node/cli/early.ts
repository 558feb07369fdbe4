/**
 * What can be begun before the program is loaded, by the words of the command alone: the start of the child that will decode. Its own
 * entry, because it has to be there sooner than everything else.
 */

import { availableParallelism } from 'node:os';
import { startEarlyChild, type EarlyChild } from '../codec/early-child';
import { defaultJobs } from './lanes';

/** Whether these words look like a command that decodes pictures: what asks for help, or writes nowhere, will not come to that. */
export function decodes([command, ...words]: readonly string[]): boolean {
  const writes = words.some((word) => /^(-o|--output|--jobs-file)/.test(word));
  const helps = words.some((word) => word === '-h' || word === '--help');
  return (command === 'apply' || command === 'render') && writes && !helps;
}

/** The child for such a command; null for others, and where the program is not built. */
export function startEarly(words: readonly string[]): EarlyChild | null {
  // How many pictures are in work decides how many threads each may have; then the command itself starts the right one.
  if (!decodes(words) || words.some((word) => word.startsWith('--jobs=') || word === '--jobs')) return null;
  try {
    return startEarlyChild(Math.min(defaultJobs(), availableParallelism()));
  } catch {
    return null;
  }
}
