/** Where in the step's input the laboratory looks: a point, and by that the square, or the part of any size, around it. */

import type { Pixel } from '../../core/derive/pixel-story';
import type { Rectangle, Size } from '../../core/raster/rectangle';

/** Sides of the square that the torch goes over; the smaller ones have room for their levels. */
export const TORCH_SIZES = [8, 12, 16, 24, 32] as const;
export type TorchSize = (typeof TORCH_SIZES)[number];

export class Place {
  side = $state<TorchSize>(12);
  #point = $state.raw<Pixel>({ x: 0, y: 0 });
  readonly #size: () => Size;

  /** `size` is that of the step's input. */
  constructor(start: Pixel, size: () => Size) {
    this.#point = start;
    this.#size = size;
  }

  /** The point, inside the picture. */
  get point(): Pixel {
    const { width, height } = this.#size();
    return { x: within(this.#point.x, width), y: within(this.#point.y, height) };
  }

  moveTo(point: Pixel): void {
    const { width, height } = this.#size();
    this.#point = { x: within(Math.round(point.x), width), y: within(Math.round(point.y), height) };
  }

  moveBy(dx: number, dy: number): void {
    this.moveTo({ x: this.point.x + dx, y: this.point.y + dy });
  }

  /** The part of so many pixels with the point in its middle, moved inside the picture; smaller where that is. */
  around({ width, height }: Size): Rectangle {
    const size = this.#size();
    const across = along(this.point.x, width, size.width);
    const down = along(this.point.y, height, size.height);
    return { x: across.from, y: down.from, width: across.count, height: down.count };
  }

  /** What the torch goes over. */
  get part(): Rectangle {
    return this.around({ width: this.side, height: this.side });
  }
}

function within(value: number, size: number): number {
  return Math.min(size - 1, Math.max(0, value));
}

function along(
  middle: number,
  wanted: number,
  size: number,
): { readonly from: number; readonly count: number } {
  const count = Math.min(wanted, size);
  return { from: Math.min(size - count, Math.max(0, middle - Math.floor(count / 2))), count };
}
