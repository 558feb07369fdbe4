/** Leaves of the graph: opened pictures, halved for previews, converted to the document's depth and layout. */

import type { Source } from '../document/document';
import type { AnyValues } from '../operation/operation';
import { levelSize } from '../raster/pyramid';
import { channelsFor, colourChannelsOf, hasAlpha, type Depth, type Shape } from '../raster/raster';
import type { Size } from '../raster/rectangle';
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

/**
 * For previews: the node doubled `times` times, with straight lines between the samples, and cut to the size of what was halved to it,
 * which lies where it lay.
 */
export function doubleNode(input: Node, times: number, size: Size): Node {
  const geometry = (from: Node, operation: string, values: AnyValues, { width, height }: Size): Node => {
    const shape: Shape = { ...from.shape, width, height };
    const key = keyOf(operation, values, from.key);
    return { kind: 'geometry', operation, key, shape, step: from.step, values, input: from };
  };
  const doubled: Size = { width: input.shape.width * 2 ** times, height: input.shape.height * 2 ** times };
  const values = { ...doubled, filter: 'bilinear', linearLight: false };
  const large = geometry(input, 'resize', values, doubled);
  if (doubled.width === size.width && doubled.height === size.height) return large;
  return geometry(large, 'crop', { x: 0, y: 0, width: size.width, height: size.height }, size);
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
