/**
 * A script as blocks: every function and table of its top level with the lines that it has, and whether they are those that Burnish
 * writes. Comments and empty lines do not count.
 */

import { BLEND_MODES, type BlendMode } from '../../../colour/blend-mode';
import { operations } from '../../../operations/index';
import { functionFor } from '../functions';
import { isImportLine, withNeeds } from '../part';
import { compose, modesPart, withoutNeedlessAlpha } from '../parts/compose';
import { readImage, readImageIn, writePng } from '../parts/files';
import { limited } from '../parts/limits';
import { maskLevels } from '../parts/mask';
import { toDepth } from '../parts/samples';
import { mainText } from '../script';
import { UnreadableScript } from './unreadable';

export interface Line {
  readonly number: number;
  readonly text: string;
}

export interface Block {
  /** "def gamma", "KERNELS =", "import numpy as np". */
  readonly name: string;
  readonly lines: readonly Line[];
}

/** The blocks of a text; what stands before the first one is its head, of comments and a docstring. */
export function blocksOf(text: string): readonly Block[] {
  const lines = text.split('\n').map((line, at): Line => ({ number: at + 1, text: line.trimEnd() }));
  const blocks: { name: string; lines: Line[] }[] = [];
  for (const line of lines.slice(headLength(lines))) {
    if (/^[A-Za-z_@]/.test(line.text)) blocks.push({ name: nameOf(line.text), lines: [line] });
    else if (blocks.length > 0) blocks[blocks.length - 1].lines.push(line);
    else if (line.text !== '' && !line.text.startsWith('#'))
      throw new UnreadableScript(line.number, `${line.text.trim()} is not read here`);
  }
  return blocks;
}

function headLength(lines: readonly Line[]): number {
  const start = lines.findIndex(({ text }) => text !== '' && !text.startsWith('#'));
  if (start < 0 || !lines[start].text.startsWith('"""')) return 0;
  if (lines[start].text.length > 3 && lines[start].text.indexOf('"""', 3) > 0) return start + 1;
  const end = lines.findIndex(({ text }, at) => at > start && text.includes('"""'));
  if (end < 0) throw new UnreadableScript(lines[start].number, 'the text in """ does not end');
  return end + 1;
}

function nameOf(text: string): string {
  return /^(?:def \w+|\w+ =|if \w+)/.exec(text)?.[0] ?? text;
}

/** The lines that count: without comments, those at the ends of lines among them. */
function significant({ lines }: Block): readonly Line[] {
  return lines.filter(({ text }) => text !== '' && !/^\s*#/.test(text));
}

let known: ReadonlyMap<string, readonly (readonly string[])[]> | null = null;

/** What each block may be, by its name. */
function knownBlocks(): ReadonlyMap<string, readonly (readonly string[])[]> {
  if (known !== null) return known;
  const parts = withNeeds([
    ...operations.flatMap((operation) => functionFor(operation) ?? []),
    ...modesPart(new Set(BLEND_MODES)).needs,
    ...[limited, maskLevels, toDepth, compose, withoutNeedlessAlpha, readImage, readImageIn, writePng],
  ]);
  const texts = [...parts.map(({ text }) => text), mainText(false), mainText(true)];
  const found = new Map<string, (readonly string[])[]>();
  for (const block of texts.flatMap(blocksOf)) {
    const variants = found.get(block.name) ?? [];
    found.set(block.name, [...variants, significant(block).map(({ text }) => text)]);
  }
  known = found;
  return known;
}

/** The table of blend modes with those that this one names. */
function modesLike(lines: readonly Line[]): readonly string[] {
  const named = new Set(
    [
      ...lines
        .map(({ text }) => text)
        .join('\n')
        .matchAll(/"(\w+)":/g),
    ].map(([, name]) => name),
  );
  const modes = BLEND_MODES.filter((mode: BlendMode) => named.has(mode));
  return blocksOf(modesPart(new Set(modes)).text).flatMap((block) =>
    significant(block).map(({ text }) => text),
  );
}

/** Throws where a block is not as Burnish writes it; `edit` and the list of pictures are for the caller to read. */
export function expectOwnBlock(block: Block): void {
  const lines = significant(block);
  const [first] = lines;
  if (/^(?:import|from) /.test(first.text)) {
    if (lines.length === 1 && isImportLine(first.text)) return;
    throw new UnreadableScript(first.number, `"${first.text}" is not among the imports of these scripts`);
  }
  const variants = block.name === 'MODES =' ? [modesLike(lines)] : knownBlocks().get(block.name);
  if (variants === undefined) {
    throw new UnreadableScript(
      first.number,
      `"${first.text}" is no part of a script that Burnish writes`,
      'only values in edit can be read back',
    );
  }
  const partings = variants.map((variant) => parting(lines, variant));
  if (partings.includes(null)) return;
  const number = Math.max(...partings.map((each) => each ?? 0));
  throw new UnreadableScript(
    number,
    `this is not what Burnish writes for ${block.name.replace(/^def | =$/, '')}`,
    'only values in edit can be read back',
  );
}

/** The number of the line where they part; null where they are the same. */
function parting(lines: readonly Line[], wanted: readonly string[]): number | null {
  const at = lines.findIndex(({ text }, index) => !isSame(text, wanted.at(index)));
  if (at >= 0) return lines[at].number;
  return lines.length === wanted.length ? null : lines[lines.length - 1].number;
}

function isSame(text: string, wanted: string | undefined): boolean {
  if (text === wanted) return true;
  return wanted !== undefined && !wanted.includes('#') && text.replace(/\s+#.*$/, '') === wanted;
}
