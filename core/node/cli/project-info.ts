/** What `burnish info` tells of a project: what it shows, what that is made of, and how far its history goes. */

import type { Layer, Step } from '../../document/document';
import { current, currentEntry, discarded } from '../../document/log';
import { stepTitle } from '../../document/naming';
import { canvasShape } from '../../document/stack-check';
import { succeed, type Result } from '../../raster/fault';
import type { ChannelCount, Depth } from '../../raster/raster';
import { sizeOf, type PartsElsewhere } from '../files/bytes-elsewhere';
import { readProject, sourcesOf } from '../project/project-file';
import { PROJECT_FORMAT } from './base';
import { factLines, samplesText, type Fact } from './facts';

interface StepInfo {
  readonly id: string;
  readonly title: string;
  readonly enabled: boolean;
}

interface LayerInfo extends Pick<Layer, 'name' | 'visible' | 'opacity' | 'mode'> {
  /** Name of the picture's file. */
  readonly source: string;
  readonly operations: readonly StepInfo[];
}

export interface ProjectInfo {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly channels: ChannelCount;
  readonly depth: Depth;
  /** From the bottom up. */
  readonly layers: readonly LayerInfo[];
  /** The operations above all layers. */
  readonly canvas: readonly StepInfo[];
  readonly history: {
    /** Steps that can be undone and redone. */
    readonly length: number;
    /** How many of them are done. */
    readonly position: number;
    /** The last of those, in words. */
    readonly current: string;
    /** Steps on other branches. */
    readonly discarded: number;
  };
  /** Every picture that the history ever used. */
  readonly sources: readonly {
    readonly name: string;
    readonly format: string;
    readonly width: number;
    readonly height: number;
    readonly bytes: number;
    readonly sha256: string;
  }[];
  readonly notices: readonly string[];
}

function stepInfos(stack: readonly Step[]): readonly StepInfo[] {
  return stack.map((step) => ({ id: step.operation, title: stepTitle(stack, step), enabled: step.enabled }));
}

/** The originals of a project that is not in memory are not read for it: what is damaged in them is found when they are opened. */
export async function projectInfo(content: Uint8Array | PartsElsewhere): Promise<Result<ProjectInfo>> {
  const project = await readProject(content);
  if (!project.ok) return project;
  const { log, files, notices } = project.value;
  const document = current(log);
  const shape = canvasShape(document);
  if (!shape.ok) return shape;
  const { width, height, channels, depth } = shape.value;
  return succeed({
    format: PROJECT_FORMAT,
    width,
    height,
    channels,
    depth,
    layers: document.layers.map(({ name, source, visible, opacity, mode, stack }) => {
      const operations = stepInfos(stack);
      return { name, source: document.sources[source].name, visible, opacity, mode, operations };
    }),
    canvas: stepInfos(document.canvas),
    history: {
      length: log.line.length - 1,
      position: log.position,
      current: currentEntry(log).text,
      discarded: discarded(log).length,
    },
    sources: [...sourcesOf(log).values()].map((source) => {
      const file = files.get(source.id);
      const bytes = file === undefined ? 0 : sizeOf(file.bytes);
      const { name, format, width, height } = source;
      return { name, format, width, height, bytes, sha256: source.id };
    }),
    notices,
  });
}

function stackText(steps: readonly StepInfo[]): string {
  return steps.map(({ title, enabled }) => (enabled ? title : `${title} (off)`)).join(', ');
}

function layerText({ name, source, visible, opacity, mode, operations }: LayerInfo): string {
  const facts = [
    `from ${source}`,
    ...(visible ? [] : ['hidden']),
    ...(mode === 'normal' ? [] : [mode]),
    ...(opacity === 1 ? [] : [`${Math.round(opacity * 100)} %`]),
  ];
  return `${name} (${facts.join(', ')})${operations.length === 0 ? '' : `: ${stackText(operations)}`}`;
}

export function projectText(name: string, bytes: number, info: ProjectInfo): string {
  const { length, position, current: at, discarded: lost } = info.history;
  const discardedText = lost === 0 ? '' : `; ${lost} discarded`;
  const facts: Fact[] = [
    ['Format', `${info.format}, ${bytes.toLocaleString('en')} bytes`],
    ['Size', `${info.width} × ${info.height} pixels`],
    ['Samples', samplesText(info.channels, info.depth)],
    // As in the editor, the top of the picture comes first.
    ...info.layers.toReversed().map((layer): Fact => ['Layer', layerText(layer)]),
    ...(info.canvas.length === 0 ? [] : [['Canvas', stackText(info.canvas)] satisfies Fact]),
    ['History', `${position} of ${length} steps done${discardedText}; at "${at}"`],
    ...info.sources.map((source): Fact => [
      'Original',
      `${source.name}: ${source.format}, ${source.width} × ${source.height}, ${source.bytes.toLocaleString('en')} bytes`,
    ]),
    ...info.notices.map((notice): Fact => ['Notice', notice]),
  ];
  return factLines(name, facts);
}
