/** The document itself: how it begins, and its depth. */

import { fail, sentence, succeed, type Result } from '../../raster/fault';
import { checkName } from '../change';
import type { DocumentCommand, OpenedLayers, Opening } from '../command';
import type { Document, DocumentId, Source } from '../document';
import { FIRST_LAYER } from '../naming';
import { layerShape } from '../stack-check';
import { did, set, type Told } from '../telling';

/** The document that a picture opens as: one layer, nothing applied, or the layers that it brings along. Depth and layout are the picture's. */
export function openDocument(opening: Omit<Opening, 'type'>): Document {
  const { source, layered } = opening;
  if (layered !== undefined) return layeredDocument(opening.document, source, layered);
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

function layeredDocument(
  id: DocumentId,
  { channels }: Source,
  { name, frame, depth, layers, sources }: OpenedLayers,
): Document {
  return {
    id,
    name,
    depth,
    channels,
    sources: Object.fromEntries(sources.map((source) => [source.id, source])),
    frame: layers.length === 1 ? null : frame,
    layers,
    canvas: [],
  };
}

/** Why an opening from elsewhere makes no document that can be drawn; null where it does. */
export function openingProblem({ layer, source, layered }: Opening, document: Document): string | null {
  if (layered === undefined) return null;
  const [lowest] = layered.layers;
  if (lowest?.id !== layer || lowest.source !== source.id) return 'its lowest layer is another';
  const ids = document.layers.flatMap(({ id, stack }) => [id, ...stack.map((step) => step.id)]);
  if (new Set(ids).size < ids.length) return 'two of its layers or steps have one id';
  for (const each of document.layers) {
    const checked = checkName(each.name);
    const shape = checked.ok ? layerShape(document, each) : checked;
    if (!shape.ok) return sentence(shape.fault);
  }
  return null;
}

export function describeOpening(opening: Opening): Told {
  return did('Opened', 'open', opening.layered?.name ?? opening.source.name);
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
