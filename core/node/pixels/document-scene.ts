/** The stacks of a document, each with what it stands on. */

import { layerOf, type Document, type Layer, type StackOwner, type Step } from '../../document/document';
import { compositeShape } from '../../document/stack-check';
import { AS_IT_IS } from './stack-story';
import { renderPart, type Scene, type StackScene } from './stage';
import { unwrap } from '../../raster/fault';

/** A layer's stack, on the layer's picture alone. */
export function layerScene(scene: Scene, document: Document, layer: Layer): StackScene {
  const { width, height, channels } = document.sources[layer.source];
  const after = (stack: readonly Step[]): Document => ({
    ...document,
    channels,
    frame: null,
    layers: [{ ...layer, ...AS_IT_IS, stack }],
    canvas: [],
  });
  return { ...scene, input: { width, height, channels, depth: document.depth }, after };
}

/** The canvas's stack, on what the layers make. */
export async function canvasScene(scene: Scene, document: Document): Promise<StackScene> {
  const after = (canvas: readonly Step[]): Document => ({ ...document, canvas });
  const below = unwrap(compositeShape(document));
  // Composition gives alpha also where it is only the layers that leave something transparent.
  const { channels } = (await renderPart(scene, after([]), { x: 0, y: 0, width: 1, height: 1 })).raster;
  return { ...scene, input: { ...below, channels }, after };
}

/** The scene of a stack; null where there is no such layer. */
export async function sceneOf(
  scene: Scene,
  document: Document,
  owner: StackOwner,
): Promise<StackScene | null> {
  if (owner === 'canvas') return canvasScene(scene, document);
  const layer = layerOf(document, owner);
  return layer === undefined ? null : layerScene(scene, document, layer);
}
