/** The pixels around one, as a table of cells. */

import type { Pixel } from '../../../core/derive/pixel-story';
import type { PixelBlock } from '../../../core/protocol/reading-calls';
import { levelOf, levelsIn } from '../../session/pixel-block';
import type { Cell } from './cells';

/** How far the table reaches on every side. */
export const REACH = 4;
/** The cells around a pixel; those that the picture does not have are empty. */
export function blockCells(block: PixelBlock, pixel: Pixel, channel: string): readonly (readonly Cell[])[] {
  const along = Array.from({ length: 2 * REACH + 1 }, (_, at) => at - REACH);
  return along.map((dy) =>
    along.map((dx): Cell => {
      const [x, y] = [pixel.x + dx, pixel.y + dy];
      const levels = levelsIn(block, x, y);
      const level = levels === null ? null : levelOf(block, levels, channel);
      return {
        text: level === null ? '' : String(level),
        title: () => `(${x}, ${y}): ${levels === null ? 'outside the picture' : levels.join(', ')}`,
        said: level === null ? 'outside' : '',
        tone: level,
        outside: level === null,
        faint: false,
        centre: dx === 0 && dy === 0,
        chosen: false,
      };
    }),
  );
}
