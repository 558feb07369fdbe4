/** How one pixel of a document came about, as it is told: by the steps of every layer, their composition, and the steps on the canvas. */

import type { Layer, LayerId, StepId } from '../document/document';
import type { ChannelCount, Depth } from '../raster/raster';
import type { ChannelArithmetic, Explanation } from './explanation';

export interface Pixel {
  readonly x: number;
  readonly y: number;
}

/** A step that is carried out, and what it made of the pixel. */
export interface StepStory {
  readonly step: StepId;
  readonly explanation: Explanation;
}

/** What composition made of a layer's pixel. */
export interface LayerStory {
  readonly layer: LayerId;
  readonly name: string;
  readonly mode: Layer['mode'];
  readonly opacity: number;
  /** The pixel in the layer's result; null where the layer does not reach. */
  readonly at: Pixel | null;
  /** Stored levels of the layer's result there. */
  readonly levels: readonly number[];
  readonly steps: readonly StepStory[];
  /** The layer over all that lies below it: levels, alpha last, not rounded; empty for one that stands alone as it is. */
  readonly over: readonly number[];
  readonly arithmetic: readonly ChannelArithmetic[];
}

export interface PixelStory extends Pixel {
  /** Whether some of it is left out, because it takes long and nobody has waited for it. */
  readonly awaited: boolean;
  readonly channels: ChannelCount;
  readonly depth: Depth;
  /** Stored levels of the finished picture. */
  readonly levels: readonly number[];
  /** The pixel of what the layers make, from which the canvas's steps start, and its stored levels. */
  readonly composite: { readonly at: Pixel; readonly levels: readonly number[] };
  /** Visible ones, from the bottom up. */
  readonly layers: readonly LayerStory[];
  readonly canvas: readonly StepStory[];
}
