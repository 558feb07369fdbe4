/** The choice of a colour channel that tone operations share (OPERATIONS.md 3.5, 3.6). */

import { colourChannelsOf, type Shape } from '../raster/raster';

export type ToneChannel = 'rgb' | 'r' | 'g' | 'b';

export const toneChannel = {
  kind: 'choice',
  choices: ['rgb', 'r', 'g', 'b'],
  default: 'rgb',
  help: 'All colour channels alike, or one of them alone; in a gray picture every choice means the gray one.',
} as const;

/** A formula's result for the chosen channel; the others keep their samples. */
export function limitedToChannel(result: string, channel: ToneChannel, shape: Shape): string {
  if (channel === 'rgb' || colourChannelsOf(shape) === 1) return result;
  return `channel == ${'rgb'.indexOf(channel)} ? ${result} : r`;
}
