/** Small documents for tests: what a host would make of opened pictures, and commands without their ceremony. */

import { openLog, type Log } from '../../../core/document/log';
import type { Command, Opening } from '../../../core/document/command';
import { openDocument } from '../../../core/document/commands/document';
import {
  PLAIN_STEP,
  stackOf,
  type Document,
  type Source,
  type StackOwner,
  type Step,
} from '../../../core/document/document';
import { reduce } from '../../../core/document/reduce';
import type { GivenValues } from '../../../core/operation/parameter';
import { sentence, type Result } from '../../../core/raster/fault';

/** A picture named by a letter, 640 × 480, RGB, 8 bit unless said otherwise. */
export function source(letter: string, different: Partial<Source> = {}): Source {
  return {
    id: letter.repeat(64).slice(0, 64),
    name: `${letter}.png`,
    format: 'PNG',
    profile: null,
    width: 640,
    height: 480,
    channels: 3,
    depth: 8,
    ...different,
  };
}

export function opening(different: Partial<Source> = {}): Opening {
  return { type: 'document.open', time: 0, document: 'd', layer: 'l', source: source('a', different) };
}

/** One layer "Background" with the id `l`. */
export function sampleDocument(different: Partial<Source> = {}): Document {
  return openDocument(opening(different));
}

export function sampleLog(different: Partial<Source> = {}): Log {
  return openLog(opening(different));
}

export function step(
  id: string,
  operation: string,
  params: GivenValues = {},
  different: Partial<Step> = {},
): Step {
  return { id, operation, params, ...PLAIN_STEP, ...different };
}

/** Adds a step, at the end of the stack that the document has unless said otherwise. */
export function adding(document: Document, added: Step, owner: StackOwner = 'l', index?: number): Command {
  const end = stackOf(document, owner).length;
  return { type: 'step.add', time: 0, owner, step: added, index: index ?? end };
}

/** The value, or a failing test that says why there is none. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${sentence(result.fault)}`);
  return result.value;
}

/** The refusal in one sentence. */
export function refusal(result: Result<unknown>): string {
  if (result.ok) throw new Error('was not refused');
  return sentence(result.fault);
}

/** The document after all of these. */
export function after(document: Document, ...commands: readonly Command[]): Document {
  return commands.reduce((before, command) => valueOf(reduce(before, command)), document);
}

/** The document with these steps on its first layer. */
export function withSteps(...steps: readonly Step[]): Document {
  return steps.reduce((before, each) => after(before, adding(before, each)), sampleDocument());
}

/** Freezes a value all the way down, so that any change of it throws. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
