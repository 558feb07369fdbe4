/** What a frame scheduler knows of the frames that it has made and is to make. Pure. */

import type { Frame } from '../../core/protocol/contract';
import type { Document } from '../../core/document/document';
import { canvasShape } from '../../core/document/stack-check';
import { FaultError } from '../../core/raster/fault';
import type { Rectangle, Size } from '../../core/raster/rectangle';
import type { Rendered, RenderRequest } from '../../core/node/engine/render-request';
import type { Picture } from './frame-shelf';
import type { Wanted } from './view';

/** A frame that is to be made, fixed: later changes make no difference to it. */
export interface Asked {
  readonly request: RenderRequest & { readonly region: Rectangle };
  readonly state: string;
  readonly frame: Pick<Frame, 'which' | 'document' | 'generation' | 'revision'>;
  readonly level: number;
  readonly region: Rectangle;
  readonly whole: Size;
  readonly full: Size;
}

/** How the edited picture looks that the page shows, and what it was made by; null where the page drew it. */
export interface Previewed {
  readonly look: string;
  readonly asked: Asked | null;
}

/** No document looks like this. */
export const NOTHING_PREVIEWED: Previewed = { look: '', asked: null };

export interface Part extends Wanted {
  readonly look: string;
}

/** The same, of which nobody knows whether it will be wanted. */
export function idle(asked: Asked): Asked {
  return { ...asked, request: { ...asked.request, idle: true } };
}

/** Throws a `FaultError` where there is no picture. */
export function sizeOf(document: Document): Size {
  const shape = canvasShape(document);
  if (!shape.ok) throw new FaultError(shape.fault);
  return { width: shape.value.width, height: shape.value.height };
}

/** Pixels of full resolution that a part of an exact picture is made from. */
export function pixelsBeneath({ level, region }: Wanted): number {
  return region.width * region.height * 4 ** level;
}

/** What was made of it, for the shelf. */
export function pictureOf({ request, full }: Asked, { key, raster, whole, reported }: Rendered): Picture {
  const { region, level, exact } = request;
  return {
    key,
    level,
    region: { x: region.x, y: region.y, width: raster.width, height: raster.height },
    whole: { width: whole.width, height: whole.height },
    full,
    exact,
    reported,
    pixels: raster.data,
  };
}
