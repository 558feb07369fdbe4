/** Masks as values: where a picture is touched, in a few numbers. Their levels are made in core/kernels/mask.ts, by docs/masks.md. */

/** How a part joins those before it: the larger share, what is left without it, or the smaller share. */
export type MaskMode = 'add' | 'subtract' | 'intersect';

/** In pixels of the step's input; pixel (0, 0) reaches from 0 to 1. */
export interface BoxPart {
  readonly shape: 'rectangle' | 'ellipse';
  readonly mode: MaskMode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly feather: number;
}

/** Closed; where it crosses itself, what is enclosed an odd number of times is inside. */
export interface PolygonPart {
  readonly shape: 'polygon';
  readonly mode: MaskMode;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly feather: number;
}

/** The rounded luma of a picture of the input's size. */
export interface PicturePart {
  readonly shape: 'picture';
  readonly mode: MaskMode;
  readonly source: string;
}

export type MaskPart = BoxPart | PolygonPart | PicturePart;

/** Parts in order, at least one. The first joins nothing where it adds, else everything. */
export interface Mask {
  readonly parts: readonly MaskPart[];
  readonly inverted: boolean;
}
