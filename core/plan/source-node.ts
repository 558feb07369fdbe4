/** Leaves of the graph: opened pictures, halved for previews, converted to the document's depth and layout. */

import type { Source } from '../document/document';
import { levelSize } from '../raster/pyramid';
import { channelsFor, colourChannelsOf, hasAlpha, type Depth, type Shape } from '../raster/raster';
import { keyOf } from './key';
import type { Node } from './node';

/** The picture halved `level` times. */
export function halvedPictureNode(source: Source, level: number): Node {
  const { width, height, channels, depth } = source;
  const picture: Node = {
    kind: 'picture',
    key: keyOf('picture', source.id),
    shape: { width, height, channels, depth },
    step: null,
    source: source.id,
  };
  return halveNode(picture, level);
}

/** The node halved `times` times by 2×2 means rounded half up. */
export function halveNode(input: Node, times: number): Node {
  let node = input;
  for (let done = 0; done < times; done++) {
    const shape: Shape = { ...node.shape, ...levelSize(node.shape, 1) };
    node = { kind: 'halve', key: keyOf('halve', node.key), shape, step: null, input: node };
  }
  return node;
}

/** Another depth, and three colour channels where `colour` is 3; the node itself where nothing changes. */
export function convertNode(input: Node, depth: Depth, colour: 3 | null): Node {
  const channels = colour === 3 ? channelsFor(3, hasAlpha(input.shape)) : input.shape.channels;
  if (depth === input.shape.depth && colourChannelsOf({ channels }) === colourChannelsOf(input.shape))
    return input;
  const shape: Shape = { ...input.shape, channels, depth };
  return { kind: 'convert', key: keyOf('convert', depth, channels, input.key), shape, step: null, input };
}

/** The picture for a screen: RGBA, 8 bit, straight. */
export function displayNode(picture: Node): Node {
  const shape: Shape = { ...picture.shape, channels: 4, depth: 8 };
  return { kind: 'display', key: keyOf('display', picture.key), shape, step: null, input: picture };
}
