/**
 * How layers and operations are called. The first layer is "Background", a further one has its file's name without the
 * ending; a name that is taken gets a number. A second operation of one title in a stack is "Gamma 2", so that everything
 * that has a button has a name of its own.
 */

import { titleOf } from '../operation/parameter';
import { LONGEST_NAME } from './change';
import type { Document, Step } from './document';

export const FIRST_LAYER = 'Background';

/** A name for use in a sentence: files may have line breaks in theirs. */
export function inOneLine(name: string): string {
  return name.replace(/\p{Cc}+/gu, ' ').trim();
}

/** `wished`, or "wished 2", "wished 3", … where it is taken; never longer than a name may be. */
export function uniqueName(taken: readonly string[], wished: string): string {
  const names = new Set(taken);
  for (let number = 1; ; number++) {
    const ending = number === 1 ? '' : ` ${number}`;
    const name = wished.slice(0, LONGEST_NAME - ending.length) + ending;
    if (!names.has(name)) return name;
  }
}

/** The name of a layer made from this file: its name without the ending, unique in the document. */
export function newLayerName(document: Document, fileName: string): string {
  const stem = inOneLine(fileName).replace(/(?<=.)\.[^.]*$/, '');
  return uniqueName(namesOf(document), stem === '' ? 'Layer' : stem);
}

/** "Sky copy", then "Sky copy 2". */
export function copyName(document: Document, name: string): string {
  const stem = name.replace(/ copy(?: \d+)?$/, '').slice(0, LONGEST_NAME - ' copy'.length);
  return uniqueName(namesOf(document), `${stem} copy`);
}

function namesOf(document: Document): readonly string[] {
  return document.layers.map((layer) => layer.name);
}

/** Which one among the stack's steps of the same operation this is: 1, 2, … */
function numberIn(stack: readonly Step[], step: Step): number {
  let number = 0;
  for (const other of stack) {
    if (other.operation === step.operation) number++;
    if (other.id === step.id) break;
  }
  return number;
}

/** "Gamma", and for a second one in the stack "Gamma 2". */
export function stepTitle(stack: readonly Step[], step: Step): string {
  const number = numberIn(stack, step);
  return number > 1 ? `${titleOf(step.operation)} ${number}` : titleOf(step.operation);
}
