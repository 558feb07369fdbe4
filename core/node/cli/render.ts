/** `burnish render`: what a project shows, as a picture in a file. */

import type { Result } from '../../raster/fault';
import { apply } from './apply';
import type { ApplyOptions } from './plan';
import type { Terminal } from './terminal';

export type RenderOptions = Omit<ApplyOptions, 'op' | 'jobsFile'>;

/** Carries the command out. The fault is wrong usage; else the status. */
export async function render(
  words: readonly string[],
  options: RenderOptions,
  terminal: Terminal,
): Promise<Result<number>> {
  return apply(words, options, terminal, 'render');
}
