/** Documents made from a document, to look at a part of it; and what is counted in them, as it crosses. Pure. */

import { layerOf, type Document, type LayerId } from '../../core/document/document';
import type { PictureHistogram } from '../../core/node/engine/render-request';
import type { SentHistogram } from '../../core/protocol/contract';

/** One layer with its stack, as if there were no other; null where it is not there. */
export function layerAlone(document: Document, id: LayerId): Document | null {
  const layer = layerOf(document, id);
  if (layer === undefined) return null;
  return {
    ...document,
    frame: null,
    canvas: [],
    layers: [{ ...layer, visible: true, opacity: 1, mode: 'normal' }],
  };
}

export function sentHistogram({ shape, channels, luma }: PictureHistogram): SentHistogram {
  return {
    depth: shape.depth,
    count: channels.count,
    channels: channels.bins.map((counts) => [...counts]),
    luma: [...luma.bins[0]],
  };
}
