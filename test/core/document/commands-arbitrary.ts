/**
 * Random commands for a document: mostly such as a person could give to what is there, and some deliberately bad ones, which
 * must be refused and change nothing.
 */

import fc from 'fast-check';
import { BLEND_MODES } from '../../../core/colour/blend-mode';
import type { Command } from '../../../core/document/command';
import {
  PLAIN_STEP,
  STEP_CHANNELS,
  stackOf,
  type Document,
  type StackOwner,
  type Step,
} from '../../../core/document/document';
import { append, current, goTo, isReplaced, redo, undo, type Log } from '../../../core/document/log';
import type { Mask, MaskPart } from '../../../core/document/mask';
import type { GivenValues } from '../../../core/operation/parameter';
import { frozen, sampleLog, source, valueOf } from './sample';

/** Random numbers in 0 … 1, the end not included, that one command is made of. */
export type Dice = readonly number[];

// Without fast-check's usual bias towards 0, which would make nearly every command the first of the list.
const die = fc.noBias(fc.integer({ min: 0, max: 9999 })).map((n) => n / 10_000);
export const dice: fc.Arbitrary<Dice> = fc.array(die, { minLength: 8, maxLength: 8 });

/** Values of some operations, among them such as do not fit every document. */
const OPERATIONS: readonly (readonly [string, (a: number, b: number) => GivenValues])[] = [
  ['negative', () => ({})],
  ['gamma', (a) => ({ gamma: 0.01 + a * 9.9 })],
  ['levels', (a, b) => ({ inBlack: Math.floor(a * 200), gamma: 0.1 + b })],
  ['boxBlur', (a) => ({ size: 1 + Math.floor(a * 30) })],
  ['bitPlane', (a) => ({ plane: Math.floor(a * 16) })],
  ['convolve', (a, b) => ({ kernel: a < 0.5 ? 'outline' : [[0, b, 0]], mode: b < 0.5 ? 'same' : 'valid' })],
  ['crop', (a, b) => ({ x: Math.floor(a * 300), y: 0, width: 100 + Math.floor(b * 600), height: 200 })],
  ['rotate90', (a) => ({ turns: 1 + Math.floor(a * 3) })],
  ['percentileStretch', (a) => ({ low: a * 40 })],
  ['blend', (a) => ({ source: source(a < 0.5 ? 'a' : 'b').id, mode: 'screen' })],
];

function pick<T>(list: readonly T[], chance: number): T {
  return list[Math.floor(chance * list.length)];
}

function owners(document: Document): readonly StackOwner[] {
  return [...document.layers.map((layer) => layer.id), 'canvas'];
}

/** A shape, or a picture that not every step can take. */
function maskOf(a: number, b: number): Mask {
  const part: MaskPart =
    a < 0.8
      ? { shape: 'ellipse', mode: 'add', x: a * 300, y: 0, width: 200, height: 100, feather: b * 20 }
      : { shape: 'picture', mode: 'add', source: source('b').id };
  return { parts: [part], inverted: b < 0.3 };
}

/** A step that is valid on its own, whether or not it fits a picture. */
export function newStep(id: string, [a, b, c, d]: Dice): Step {
  const [operation, params] = pick(OPERATIONS, a);
  const limited = c < 0.2;
  return {
    id,
    operation,
    params: params(b, c),
    enabled: d < 0.8,
    channels: limited ? pick(STEP_CHANNELS, d) : 'rgb',
    opacity: limited ? b : 1,
    mask: limited && a < 0.5 ? maskOf(b, d) : null,
    measured: null,
  };
}

/** One command for this document; `number` makes its ids new and its time later. */
export function commandFor(document: Document, number: number, [kind, a, b, c, d, e, f, g]: Dice): Command {
  // Now and then within a second of the one before, so that some join.
  const time = number * (g < 0.5 ? 500 : 700);
  const layer = pick(document.layers, a).id;
  const owner = pick(owners(document), b);
  const stack = stackOf(document, owner);
  const index = Math.floor(c * (stack.length + 1));
  const place = Math.floor(c * document.layers.length);
  const id = `n${number}`;
  const added: Command = {
    type: 'step.add',
    time,
    owner,
    step: newStep(id, [d, e, f, g]),
    index,
    source: source('b'),
  };
  const makers: readonly (() => Command)[] = [
    () => ({
      type: 'layer.add',
      time,
      layer: id,
      source: source(pick(['b', 'c', 'd'], d)),
      name: id,
      index: place,
    }),
    () => ({
      type: 'layer.duplicate',
      time,
      layer,
      copy: id,
      steps: (document.layers.find((one) => one.id === layer)?.stack ?? []).map((_, at) => `${id}-${at}`),
    }),
    () => ({ type: 'layer.remove', time, layer }),
    () => ({ type: 'layer.move', time, layer, index: place }),
    () => ({ type: 'layer.rename', time, layer, name: `Name ${number}` }),
    () => ({ type: 'layer.show', time, layer, visible: d < 0.5 }),
    () => ({ type: 'layer.opacity', time, layer, opacity: d }),
    () => ({ type: 'layer.mode', time, layer, mode: pick(BLEND_MODES, d) }),
    () => ({ type: 'document.depth', time, depth: d < 0.5 ? 8 : 16 }),
    () => ({
      type: 'recipe.apply',
      time,
      owner,
      name: d < 0.5 ? '' : 'Recipe',
      steps: [newStep(id, [d, e, f, g]), newStep(`${id}b`, [g, f, e, d])],
      index,
      sources: [source('b')],
    }),
    () => added,
    () => added,
    () => added,
  ];
  const step = stack.length > 0 ? pick(stack, c) : null;
  if (step === null || kind < 0.5) return pick(makers, step === null ? kind : kind * 2)();
  const changers: readonly (() => Command)[] = [
    () => ({ type: 'step.remove', time, owner, step: step.id }),
    () => ({ type: 'step.move', time, owner, step: step.id, index: Math.floor(d * stack.length) }),
    () => ({ type: 'step.enable', time, owner, step: step.id, enabled: d < 0.5 }),
    () => ({
      type: 'step.limit',
      time,
      owner,
      step: step.id,
      ...(d < 0.7 && { opacity: e }),
      ...(d > 0.3 && { channels: pick(STEP_CHANNELS, f) }),
      ...(c < 0.5 && { mask: d < 0.3 ? null : maskOf(e, f) }),
    }),
    () => ({
      type: 'step.keep',
      time,
      owner,
      step: step.id,
      measured: d < 0.3 ? null : { low: [e * 100], high: [200] },
    }),
    () => setting(time, owner, step, d, e),
    () => setting(time, owner, step, d, e),
  ];
  return pick(changers, (kind - 0.5) * 2)();
}

function setting(time: number, owner: StackOwner, step: Step, a: number, b: number): Command {
  const values = OPERATIONS.find(([operation]) => operation === step.operation)?.[1] ?? (() => ({}));
  return { type: 'step.set', time, owner, step: step.id, params: values(a, b) };
}

/** A command that no document takes: each is wrong in one way. */
export function badCommandFor(document: Document, [kind, a, b]: Dice): Command {
  const time = 0;
  const layer = pick(document.layers, a).id;
  const owner = pick(owners(document), b);
  const length = stackOf(document, owner).length;
  const step: Step = {
    id: 'new',
    operation: 'negative',
    params: {},
    ...PLAIN_STEP,
  };
  const bad: readonly Command[] = [
    { type: 'layer.add', time, layer, source: source('b'), name: 'Sky', index: 0 },
    { type: 'layer.add', time, layer: 'canvas', source: source('b'), name: 'Sky', index: 0 },
    { type: 'layer.add', time, layer: 'new', source: source('b'), name: '', index: 0 },
    {
      type: 'layer.add',
      time,
      layer: 'new',
      source: source('b'),
      name: 'Sky',
      index: document.layers.length + 1,
    },
    { type: 'layer.duplicate', time, layer, copy: layer, steps: [] },
    { type: 'layer.duplicate', time, layer: 'nowhere', copy: 'new', steps: [] },
    { type: 'layer.remove', time, layer: 'nowhere' },
    { type: 'layer.move', time, layer, index: -1 },
    { type: 'layer.move', time, layer, index: document.layers.length },
    { type: 'layer.rename', time, layer, name: '\u0000' },
    { type: 'layer.opacity', time, layer, opacity: 1 + a + Number.EPSILON },
    { type: 'layer.opacity', time, layer, opacity: NaN },
    { type: 'layer.show', time, layer: 'nowhere', visible: true },
    { type: 'step.add', time, owner, step, index: length + 1 },
    { type: 'step.add', time, owner: 'nowhere', step, index: 0 },
    { type: 'step.add', time, owner, step: { ...step, operation: 'nothing' }, index: 0 },
    { type: 'step.add', time, owner, step: { ...step, params: { size: 3 } }, index: 0 },
    { type: 'step.add', time, owner, step: { ...step, operation: 'boxBlur', params: { size: 0 } }, index: 0 },
    {
      type: 'step.add',
      time,
      owner,
      step: { ...step, operation: 'boxBlur', params: { size: '3' } },
      index: 0,
    },
    {
      type: 'step.add',
      time,
      owner,
      step: { ...step, operation: 'blend', params: { source: source('f').id } },
      index: 0,
    },
    { type: 'step.remove', time, owner, step: 'nowhere' },
    { type: 'step.set', time, owner, step: 'nowhere', params: {} },
    { type: 'step.limit', time, owner, step: 'nowhere', opacity: 0.5 },
    { type: 'step.keep', time, owner, step: 'nowhere', measured: null },
    { type: 'step.add', time, owner, step: { ...step, measured: { low: [1] } }, index: 0 },
    { type: 'step.add', time, owner, step: { ...step, mask: { parts: [], inverted: false } }, index: 0 },
    { type: 'recipe.apply', time, owner, name: '', steps: [], index: 0, sources: [] },
    { type: 'recipe.apply', time, owner, name: '', steps: [step, step], index: 0, sources: [] },
  ];
  return pick(bad, kind);
}

export const sequence = fc.array(dice, { minLength: 1, maxLength: 60, size: 'max' });

/** A log in which now and then somebody undid, redid or went elsewhere; every version of it, the last one last. */
export function versions(rolls: readonly Dice[], wandering: boolean): readonly Log[] {
  const logs: Log[] = [frozen(sampleLog())];
  for (const [number, roll] of rolls.entries()) {
    const log = logs[logs.length - 1];
    logs.push(frozen(wandering && roll[7] < 0.3 ? wander(log, roll) : edited(log, number + 1, roll)));
  }
  return logs;
}

function edited(log: Log, number: number, roll: Dice): Log {
  const result = append(log, frozen(commandFor(current(log), number, roll)));
  return result.ok ? result.value : log;
}

function wander(log: Log, [kind, where]: Dice): Log {
  if (kind < 0.4) return undo(log);
  if (kind < 0.6) return redo(log);
  const listed = log.entries.filter((entry) => !isReplaced(log, entry.id));
  return valueOf(goTo(log, listed[Math.floor(where * listed.length)].id));
}
