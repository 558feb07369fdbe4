/** The viewport of one document as it changes: by wheel, keys, buttons, and with the size of the canvas. */

import type { Rectangle, Size } from '../../core/raster/rectangle';
import {
  fitted,
  framed,
  held,
  nextStop,
  panned,
  resized,
  zoomedAt,
  type Point,
  type Viewport,
} from './viewport';

/** Device pixels around a fitted picture, for every CSS pixel. */
export const MARGIN = 16;

export class Camera {
  viewport = $state.raw<Viewport>({ zoom: 1, x: 0, y: 0 });
  /** Size of the canvas in device pixels; 0 × 0 before it is on the page. */
  canvas = $state.raw<Size>({ width: 0, height: 0 });
  /** Device pixels a CSS pixel. */
  ratio = $state(1);
  /** Stays fitted when the canvas or the picture changes its size, until the user zooms or pans. */
  fitted = $state(true);
  /** What it is fitted to; null for the whole, which is never enlarged. */
  #part: { readonly area: Rectangle; readonly zoom: number | null } | null = null;
  #picture: Size;
  readonly #changed: () => void;

  /** `changed` is called after every change of what is to be seen. */
  constructor(picture: Size, changed: () => void) {
    this.#picture = picture;
    this.#changed = changed;
  }

  get ready(): boolean {
    return this.canvas.width > 0 && this.canvas.height > 0;
  }

  /** The canvas has this size now. */
  measure(canvas: Size, ratio: number): void {
    const before = this.canvas;
    if (before.width === canvas.width && before.height === canvas.height && this.ratio === ratio) return;
    this.canvas = canvas;
    this.ratio = ratio;
    if (this.fitted) this.#refit();
    else this.#move(resized(this.viewport, before, canvas));
    // Even where the viewport stayed the same, another part of the picture is to be seen.
    this.#changed();
  }

  /** The picture has this size now. */
  adopt(picture: Size): void {
    const { width, height } = this.#picture;
    if (width === picture.width && height === picture.height) return;
    this.#picture = picture;
    if (this.fitted) this.#refit();
    else this.#move(this.viewport);
  }

  fit(): void {
    this.#part = null;
    this.#refit();
  }

  /**
   * Shows a part of the picture as large as it can be, or at so many CSS pixels a picture pixel, and goes on doing so until the user zooms or pans. Unlike
   * `fit` it enlarges what is small.
   */
  frame(area: Rectangle, zoom: number | null = null): void {
    this.#part = { area, zoom };
    this.#refit();
  }

  #refit(): void {
    this.fitted = true;
    const margin = MARGIN * this.ratio;
    if (this.#part === null) {
      this.#move(fitted(this.#picture, this.canvas, margin));
      return;
    }
    const { area, zoom } = this.#part;
    // Whole device pixels, so that lines of one pixel are all of one width.
    const device = zoom === null ? null : Math.max(1, Math.round(zoom * this.ratio));
    this.#move(framed(area, this.canvas, margin, device));
  }

  /** Zooms to so many device pixels a picture pixel, at a canvas point, else at the middle. */
  zoomTo(zoom: number, at: Point = { x: this.canvas.width / 2, y: this.canvas.height / 2 }): void {
    if (this.#move(zoomedAt(this.viewport, zoom, at))) this.fitted = false;
  }

  zoomBy(factor: number, at?: Point): void {
    this.zoomTo(this.viewport.zoom * factor, at);
  }

  step(direction: 1 | -1, at?: Point): void {
    this.zoomTo(nextStop(this.viewport.zoom, direction), at);
  }

  pan(dx: number, dy: number): void {
    if (this.#move(panned(this.viewport, dx, dy))) this.fitted = false;
  }

  /** False where nothing moves: the picture is held where it can be seen. */
  #move(wanted: Viewport): boolean {
    if (!this.ready) return false;
    const next = held(wanted, this.#picture, this.canvas);
    const { zoom, x, y } = this.viewport;
    if (zoom === next.zoom && x === next.x && y === next.y) return false;
    this.viewport = next;
    this.#changed();
    return true;
  }
}
