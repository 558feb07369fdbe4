/**
 * What is selected of an open document: where the user is looking, so to say, and no part of the document. It has no entry in the
 * history and is in no file; an operation that is added takes it along as its mask, and that is kept. Its numbers are pixels of the
 * picture as it is now, so it goes when the picture gets another size.
 */

import type { Rectangle, Size } from '../../core/raster/rectangle';
import { sameArea, type SelectedArea, type SelectionShape } from '../../core/raster/selection';
import { sizeText } from '../../core/raster/number-text';

export class Selection {
  /** Null: nothing, which limits nothing. */
  area = $state.raw<SelectedArea | null>(null);
  /** What a gesture under way has before it ends. */
  draft = $state.raw<SelectedArea | null>(null);
  /** What happened to it last, for whoever cannot see it. */
  said = $state('');
  readonly #size: () => Size;

  /** `size` is that of the picture. */
  constructor(size: () => Size) {
    this.#size = size;
  }

  /** What is drawn: the gesture's, while there is one. */
  get shown(): SelectedArea | null {
    return this.draft ?? this.area;
  }

  set(area: SelectedArea | null): void {
    this.draft = null;
    if (sameArea(area, this.area)) return;
    this.area = area;
    this.said = area === null ? 'Nothing is selected' : areaText(area);
  }

  all(): void {
    this.set({ shape: 'rectangle', x: 0, y: 0, ...this.#size(), inverted: false });
  }

  none(): void {
    this.set(null);
  }

  /** Of all pixels there is no inverse that could be worked on, and none of no selection. */
  get canInvert(): boolean {
    const { area } = this;
    if (area === null) return false;
    const { width, height } = this.#size();
    const isAll = area.shape === 'rectangle' && area.width === width && area.height === height;
    return area.inverted || !isAll;
  }

  invert(): void {
    if (this.area !== null && this.canInvert) this.set({ ...this.area, inverted: !this.area.inverted });
  }

  /** Moves it by whole pixels, as far as there is a picture. */
  move(dx: number, dy: number): void {
    if (this.area !== null) this.set({ ...this.area, ...movedWithin(this.area, dx, dy, this.#size()) });
  }

  /** Makes it wider and higher at its right and lower edge, as far as there is a picture. */
  resize(dx: number, dy: number): void {
    if (this.area === null) return;
    const { x, y, width, height } = this.area;
    const size = this.#size();
    this.set({
      ...this.area,
      width: between(1, width + dx, size.width - x),
      height: between(1, height + dy, size.height - y),
    });
  }

  /** Sets one of its numbers; where nothing is selected, of the whole picture. */
  change(name: keyof Rectangle, value: number, shape: SelectionShape): void {
    this.set(this.changed(name, value, shape));
  }

  /** What `change` would make of it: the others give way where the picture ends. */
  changed(name: keyof Rectangle, value: number, shape: SelectionShape): SelectedArea {
    const size = this.#size();
    const before = this.area ?? { shape, x: 0, y: 0, ...size, inverted: false };
    const next = { ...before, [name]: value };
    const x = between(0, next.x, size.width - 1);
    const y = between(0, next.y, size.height - 1);
    return {
      ...next,
      x,
      y,
      width: between(1, next.width, size.width - x),
      height: between(1, next.height, size.height - y),
    };
  }

  /** The picture has another size now. */
  drop(): void {
    this.area = null;
    this.draft = null;
  }
}

/** A rectangle moved by whole pixels, kept inside a picture that is at least as large. */
export function movedWithin(box: Rectangle, dx: number, dy: number, size: Size): Rectangle {
  const { width, height } = box;
  return {
    x: between(0, box.x + dx, size.width - width),
    y: between(0, box.y + dy, size.height - height),
    width,
    height,
  };
}

/** "Ellipse of 320 × 200 pixels at 10, 20, inverted". */
export function areaText({ shape, x, y, width, height, inverted }: SelectedArea): string {
  const name = shape === 'rectangle' ? 'Rectangle' : 'Ellipse';
  return `${name} of ${sizeText({ width, height })} pixels at ${x}, ${y}${inverted ? ', inverted' : ''}`;
}

function between(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}
