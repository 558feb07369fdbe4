/** Facts about a file, each with its label, in lines under the file's name. */

import type { Depth } from '../../raster/raster';
import { oneLine } from './terminal';

export type Fact = readonly [label: string, text: string];

const LAYOUTS = ['', 'grey', 'grey with alpha', 'RGB', 'RGB with alpha'];

export function samplesText(channels: number, depth: Depth): string {
  return `${LAYOUTS[channels]}, ${depth} bit`;
}

export function factLines(name: string, facts: readonly Fact[]): string {
  const longest = Math.max(...facts.map(([label]) => label.length));
  const lines = facts.map(([label, text]) => `  ${label.padEnd(longest)}  ${oneLine(text)}\n`);
  return `${oneLine(name)}\n${lines.join('')}`;
}
