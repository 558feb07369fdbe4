/** What `burnish info` tells of an OpenRaster file: the size of its canvas and the tree of its layers. */

import type { BlendMode } from '../../colour/blend-mode';
import { succeed, type Result } from '../../raster/fault';
import type { ChannelCount, Depth } from '../../raster/raster';
import type { Codec } from '../codec/codec';
import { defaultLimits } from '../codec/limits';
import type { PartsElsewhere } from '../files/bytes-elsewhere';
import { beginningOf } from '../project/layer-picture';
import { readLayerStack } from '../project/layered-file';
import { FORMAT_NAME, MERGED } from '../project/open-raster';
import type { StackNode } from '../project/stack-reading';
import { factLines, samplesText, type Fact } from './facts';

interface NodeInfo {
  readonly name: string;
  readonly visible: boolean;
  readonly opacity: number;
  readonly mode: BlendMode;
  /** Of a layer: its corner on the canvas. */
  readonly x?: number;
  readonly y?: number;
  /** Of a group, from the bottom up. */
  readonly layers?: readonly NodeInfo[];
}

export interface LayeredInfo {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  /** Those of the merged picture; absent where the file has none. */
  readonly channels?: ChannelCount;
  readonly depth?: Depth;
  /** From the bottom up. */
  readonly layers: readonly NodeInfo[];
}

function nodeInfo(node: StackNode): NodeInfo {
  const { name, visible, opacity, mode } = node;
  const facts = { name, visible, opacity, mode };
  return node.kind === 'layer'
    ? { ...facts, x: node.x, y: node.y }
    : { ...facts, layers: node.nodes.map(nodeInfo) };
}

export async function layeredInfo(
  content: Uint8Array | PartsElsewhere,
  codec: Pick<Codec, 'info'>,
  signal: AbortSignal,
): Promise<Result<LayeredInfo>> {
  const stack = await readLayerStack(content);
  if (!stack.ok) return stack;
  const { canvas, nodes, archive } = stack.value;
  const facts = { format: FORMAT_NAME, ...canvas };
  const layers = nodes.map(nodeInfo);
  if (!archive.has(MERGED)) return succeed({ ...facts, layers });
  const picture = await archive.take(MERGED, defaultLimits.fileBytes);
  const first = picture.ok ? await beginningOf(picture.value) : picture;
  const merged = first.ok ? await codec.info(first.value, signal) : first;
  if (!merged.ok) return succeed({ ...facts, layers });
  const { channels, depth } = merged.value;
  return succeed({ ...facts, channels, depth, layers });
}

function nodeFacts(node: NodeInfo, indent: string): readonly Fact[] {
  const { name, visible, opacity, mode, x, y, layers } = node;
  const facts = [
    ...(x === undefined || y === undefined ? [] : [`at ${x},${y}`]),
    ...(visible ? [] : ['hidden']),
    ...(mode === 'normal' ? [] : [mode]),
    ...(opacity === 1 ? [] : [`${Math.round(opacity * 100)} %`]),
  ];
  const told = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  return [
    [layers === undefined ? 'Layer' : 'Group', `${indent}${name}${told}`],
    // As in an editor, the top of the picture comes first.
    ...(layers ?? []).toReversed().flatMap((each) => nodeFacts(each, `${indent}· `)),
  ];
}

export function layeredText(name: string, bytes: number, info: LayeredInfo): string {
  const { format, width, height, channels, depth, layers } = info;
  return factLines(name, [
    ['Format', `${format}, ${bytes.toLocaleString('en')} bytes`],
    ['Size', `${width} × ${height} pixels`],
    ...(channels === undefined || depth === undefined
      ? []
      : [['Samples', samplesText(channels, depth)] satisfies Fact]),
    ...layers.toReversed().flatMap((each) => nodeFacts(each, '')),
  ]);
}
