/** Choices as people write them, in controls and in the history alike. Most are words; channels and standards are not. */

import { titleOf } from './parameter';

const names: ReadonlyMap<string, string> = new Map([
  ['rgb', 'RGB'],
  ['r', 'Red'],
  ['g', 'Green'],
  ['b', 'Blue'],
  ['a', 'Alpha'],
  ['gray', 'Grey'],
  ['cdf', 'CDF'],
  ['bt601', 'BT.601'],
  ['bt709', 'BT.709'],
]);

export function choiceName(choice: string): string {
  return names.get(choice) ?? titleOf(choice);
}
