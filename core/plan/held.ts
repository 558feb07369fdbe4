/**
 * A step that is being dragged, taken apart: what lies beneath it stays the same, and what lies over it is often no more than
 * tables. Then whoever has the pixels beneath needs nothing but the document to make the picture, and a page can do it
 * itself, without a request. Host and page name nodes alike, so the name of what lies beneath says whether it still fits.
 */

import type { StepId } from '../document/document';
import type { Extremes } from '../kernels/extremes';
import type { Key } from './key';
import type { Looked } from './look';
import { inputsOf, withInputs, type Node, type StoredNode } from './node';

/** The one node that a step's result is made from; null where the step has no result of its own, or is made from several. */
export function beneath(root: Node, step: StepId): Node | null {
  const found = new Map<Key, Node>();
  const seen = new Set<Node>();
  const visit = (node: Node, within: boolean): void => {
    const own = node.step === step;
    if (within && !own && node.kind !== 'luma') {
      found.set(node.key, node);
      return;
    }
    if (!within) {
      if (seen.has(node)) return;
      seen.add(node);
    }
    for (const input of inputsOf(node)) visit(input, own || within);
  };
  visit(root, false);
  const [only] = found.values();
  return found.size === 1 ? only : null;
}

/**
 * The picture as a tree over one stored leaf (slot 0), the node of this name; null where anything but a pass or two over the
 * pixels lies between, or something else is needed as well.
 */
export function over(root: Node, leaf: Key): Node | null {
  if (root.key === leaf) {
    const stored: StoredNode = { kind: 'stored', key: leaf, shape: root.shape, step: null, slot: 0 };
    return stored;
  }
  if (!isLight(root)) return null;
  const inputs: Node[] = [];
  for (const input of inputsOf(root)) {
    const above = over(input, leaf);
    if (above === null) return null;
    inputs.push(above);
  }
  return withInputs(root, inputs);
}

/** Loops are not light: a page that refuses compiled code would interpret them pixel by pixel. */
function isLight(node: Node): boolean {
  switch (node.kind) {
    case 'point':
      return node.program.kind === 'table';
    case 'limit':
      return node.mask === null;
    case 'convert':
    case 'luma':
    case 'opaque':
    case 'display':
      return true;
    default:
      return false;
  }
}

/** A measurement as it crosses the process line. */
export type SentLook =
  | { readonly name: Key; readonly kind: 'largestLuma'; readonly level: number }
  | { readonly name: Key; readonly kind: 'extremes'; readonly extremes: Extremes }
  | {
      readonly name: Key;
      readonly kind: 'histogram';
      readonly count: number;
      readonly bins: readonly (readonly number[])[];
    };

/** Longer histograms are not worth sending: they would weigh as much as a frame. */
const MOST_LEVELS = 256;

/** What of these measurements can be sent. */
export function sentLooks(looks: ReadonlyMap<Key, Looked>): SentLook[] {
  const sent: SentLook[] = [];
  for (const [name, looked] of looks) {
    if (looked.kind === 'largestLuma') sent.push({ name, kind: 'largestLuma', level: looked.level });
    if (looked.kind === 'extremes') sent.push({ name, kind: 'extremes', extremes: looked.extremes });
    if (looked.kind === 'histogram' && looked.histogram.levels <= MOST_LEVELS) {
      const { count, bins } = looked.histogram;
      sent.push({ name, kind: 'histogram', count, bins: bins.map((counts) => [...counts]) });
    }
  }
  return sent;
}

/** The measurements again, by name. */
export function receivedLooks(sent: readonly SentLook[]): ReadonlyMap<Key, Looked> {
  return new Map(
    sent.map((look): [Key, Looked] => {
      if (look.kind === 'largestLuma') return [look.name, { kind: 'largestLuma', level: look.level }];
      if (look.kind === 'extremes') return [look.name, { kind: 'extremes', extremes: look.extremes }];
      const bins = look.bins.map((counts) => Float64Array.from(counts));
      const histogram = { levels: bins[0].length, count: look.count, bins };
      return [look.name, { kind: 'histogram', histogram }];
    }),
  );
}
