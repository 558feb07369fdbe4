/** What files that Burnish writes are called when nobody has said so yet. */

import { parse } from 'node:path';

export const PROJECT_ENDING = '.burnish';

/** The name without its ending. Characters that some file system refuses become `_`. */
export function plainName(name: string): string {
  const plain = parse(name)
    .name.replace(/[\p{Cc}\p{Cs}<>:"/\\|?*]/gu, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return [...plain].slice(0, 100).join('') || 'picture';
}

/** `harbour.jpg` is saved as `harbour.burnish`. */
export function projectName(name: string): string {
  return `${plainName(name)}${PROJECT_ENDING}`;
}

export function hasProjectEnding(path: string): boolean {
  return path.toLowerCase().endsWith(PROJECT_ENDING);
}
