/**
 * A script that Burnish wrote and a person changed, as a recipe again. Values, the order of the steps, which there are and which are
 * commented out (those are switched off) come back. Everything else has to be as it was written, because a recipe could not say what
 * it does: it is refused with the line.
 */

import { recipeFromJson } from '../../../document/recipe-reading';
import { recipeToJson, type Recipe } from '../../../document/recipe';
import type { Application } from '../../../document/step-check';
import { fail, succeed, type Result } from '../../../raster/fault';
import { blocksOf, expectOwnBlock, type Block, type Line } from './blocks';
import { readStatement } from './expression';
import { stepFrom } from './step';
import { UnreadableScript } from './unreadable';

/** The fault's message begins with the line: "line 41: …". */
export function recipeFromScript(text: string): Result<Recipe> {
  try {
    const recipe = { operations: stepsIn(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')) };
    // Also what holds for a recipe as a whole.
    const whole = recipeFromJson(recipeToJson(recipe));
    return whole.ok ? succeed(recipe) : whole;
  } catch (error) {
    if (!(error instanceof UnreadableScript)) throw error;
    return fail('bad-recipe', `line ${error.line}: ${error.message}`, error.remedy, error);
  }
}

function stepsIn(text: string): readonly Application[] {
  const blocks = blocksOf(text);
  const defined = new Set(blocks.flatMap(({ name }) => /^def (\w+)$/.exec(name)?.[1] ?? []));
  const edits = blocks.filter(({ name }) => name === 'def edit');
  const [edit, second] = edits;
  if (edit === undefined) {
    throw new UnreadableScript(1, 'there is no function edit', 'give a file that burnish script wrote');
  }
  if (second !== undefined) throw new UnreadableScript(second.lines[0].number, 'edit is there twice');
  for (const block of blocks) {
    if (block === edit) continue;
    if (block.name === 'PICTURES =') readPictures(block);
    else expectOwnBlock(block);
  }
  return stepsOfEdit(edit, defined);
}

function readPictures({ lines }: Block): void {
  const { value } = readStatement(lines.map(({ text }) => text).join('\n'), lines[0].number);
  if (value.kind !== 'literal' || !Array.isArray(value.value)) {
    throw new UnreadableScript(lines[0].number, 'PICTURES is a list of files');
  }
}

/** A statement with the line on which it begins; one that is commented out is a step that is switched off. */
interface Statement extends Line {
  readonly enabled: boolean;
}

function stepsOfEdit(edit: Block, defined: ReadonlySet<string>): readonly Application[] {
  const [first] = edit.lines;
  if (!/^def edit\(image(?:, picture_\d+)*\):$/.test(first.text)) {
    throw new UnreadableScript(first.number, `"${first.text}" is not how edit begins`);
  }
  const steps: Application[] = [];
  const layers = new Layers();
  let ended = false;
  for (const { text, number, enabled } of statementsOf(edit.lines.slice(1))) {
    if (ended) throw new UnreadableScript(number, 'edit has ended before this');
    if (/^return (?:image|without_needless_alpha\(image\))$/.test(text)) ended = true;
    else if (/^return\b/.test(text)) throw new UnreadableScript(number, 'edit ends with return image');
    else if (!layers.accepts(text, number)) steps.push(stepFrom(text, number, enabled, defined));
  }
  const last = edit.lines[edit.lines.length - 1];
  if (!ended) throw new UnreadableScript(last.number, 'edit does not end with return image');
  layers.expectOne(first.number);
  return steps;
}

/** The statements of layered documents, of which a recipe can hold the steps of a single plain layer. */
class Layers {
  #layered = false;
  #shown = 0;

  /** Whether it is one of them. */
  accepts(text: string, line: number): boolean {
    if (/^(?:pictures = \[\w+(?:, \w+)*\]|layers = \[\])$/.test(text)) {
      this.#layered = true;
      return true;
    }
    const appended = /^layers\.append\(\(image, "(\w+)", ([\d.e-]+)\)\)$/.exec(text);
    if (appended !== null) {
      this.#shown += 1;
      const plain = appended[1] === 'normal' && Number(appended[2]) === 1;
      if (this.#shown > 1 || !plain) {
        const what = plain ? 'a second layer' : 'a layer that is blended in';
        throw new UnreadableScript(line, `here is ${what}, and a recipe holds the steps of a single picture`);
      }
      return true;
    }
    if (this.#layered && /^image = to_depth\(pictures\[\d+\], (?:8|16)\)$/.test(text)) return true;
    if (/^image = compose\(layers, [\w=.[\], ]*\)$/.test(text)) return true;
    if (text.startsWith('image = to_depth(')) {
      throw new UnreadableScript(line, 'here the depth is changed, and a recipe keeps it');
    }
    return false;
  }

  expectOne(line: number): void {
    if (this.#layered && this.#shown === 0) {
      throw new UnreadableScript(line, 'no layer is visible, and a recipe holds the steps of a picture');
    }
  }
}

function statementsOf(lines: readonly Line[]): readonly Statement[] {
  const statements: Statement[] = [];
  for (let at = 0; at < lines.length; at++) {
    const { text, number } = lines[at];
    const [, comment] = /^\s*#\s?(.*)$/.exec(text) ?? [];
    if (text === '' || (comment !== undefined && !/^\s*image\s*=/.test(comment))) continue;
    const enabled = comment === undefined;
    if (enabled && !/^ {4}\S/.test(text)) {
      throw new UnreadableScript(number, 'statements of edit begin with four spaces');
    }
    // A statement goes on while brackets are open, in comments as in code.
    let whole = comment ?? text;
    while (opened(whole) > 0 && at + 1 < lines.length) {
      at += 1;
      const next = lines[at].text;
      const continued = enabled ? next : (/^\s*#(.*)$/.exec(next)?.[1] ?? null);
      if (continued === null)
        throw new UnreadableScript(number, 'the step that is commented out ends too early');
      whole += `\n${continued}`;
    }
    statements.push({ text: whole.trim(), number, enabled });
  }
  return statements;
}

/** How many brackets are open at the end of a text. */
function opened(text: string): number {
  const bare = text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g, '');
  return [...bare].reduce(
    (open, each) => open + ('([{'.includes(each) ? 1 : ')]}'.includes(each) ? -1 : 0),
    0,
  );
}
