/** The document itself: how it begins, and its depth. */

import { fail, succeed, type Result } from '../../raster/fault';
import type { DocumentCommand, Opening } from '../command';
import type { Document } from '../document';
import { FIRST_LAYER } from '../naming';
import { did, set, type Told } from '../telling';

/** The document that a picture opens as: one layer, nothing applied. Depth and layout are the picture's. */
export function openDocument(opening: Omit<Opening, 'type'>): Document {
  const { source } = opening;
  return {
    id: opening.document,
    name: source.name,
    depth: source.depth,
    channels: source.channels,
    sources: { [source.id]: source },
    frame: null,
    layers: [
      {
        id: opening.layer,
        name: FIRST_LAYER,
        source: source.id,
        visible: true,
        opacity: 1,
        mode: 'normal',
        stack: [],
      },
    ],
    canvas: [],
  };
}

export function describeOpening(opening: Opening): Told {
  return did('Opened', 'open', opening.source.name);
}

export function reduceDocument(document: Document, command: DocumentCommand): Result<Document> {
  if (command.depth !== 8 && command.depth !== 16) {
    return fail('bad-parameter', `depth must be 8 or 16 bit, not ${String(command.depth)}`);
  }
  return succeed(command.depth === document.depth ? document : { ...document, depth: command.depth });
}

export function describeDocument(_command: DocumentCommand, before: Document, after: Document): Told {
  return set('Depth', `${before.depth} bit`, `${after.depth} bit`, '');
}
