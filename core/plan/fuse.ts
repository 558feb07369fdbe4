/**
 * Adjacent tables become one (ARCHITECTURE.md 2): because every step stores whole levels, a chain of point operations *is* the
 * composition of their tables, to the byte. Adjacent moves of pixels become one move. Never across the step being dragged, so
 * that everything beneath it stays as it is.
 */

import type { StepId } from '../document/document';
import { placedTwice } from '../kernels/rearrange';
import { composeTables, type PointProgram } from '../operation/point-program';
import { inputsOf, withInputs, type GeometryNode, type Node } from './node';
import { placementOf } from './placement';

/** By the names of what they give and of what they begin with: a chain may be joined from its foot, or from a held step on. */
const composed = new Map<string, PointProgram>();
const MOST_COMPOSED = 64;

/** The same picture with fewer passes; keys stay. */
export function fuse(root: Node, held: StepId | null): Node {
  const done = new Map<Node, Node>();
  const visit = (node: Node): Node => {
    const known = done.get(node);
    if (known !== undefined) return known;
    const inputs = inputsOf(node);
    const fused = inputs.map(visit);
    const changed = fused.some((input, index) => input !== inputs[index]);
    const result = joined(changed ? withInputs(node, fused) : node, held);
    done.set(node, result);
    return result;
  };
  return visit(root);
}

function joined(node: Node, held: StepId | null): Node {
  if (held !== null && node.step === held) return node;
  return node.kind === 'geometry' ? joinedMove(node) : joinedTables(node);
}

function joinedTables(node: Node): Node {
  if (node.kind !== 'point' || node.program.kind !== 'table') return node;
  const { input } = node;
  if (input.kind !== 'point' || input.program.kind !== 'table') return node;
  const name = `${node.key} over ${input.input.key}`;
  return { ...node, program: both(name, input.program, node.program, node), input: input.input };
}

function joinedMove(node: GeometryNode): Node {
  const { input, key, shape, step } = node;
  const after = placementOf(node);
  const before = placementOf(input);
  if (after === null || before === null || !('input' in input)) return node;
  return { kind: 'rearrange', key, shape, step, placement: placedTwice(before, after), input: input.input };
}

function both(name: string, first: PointProgram, second: PointProgram, node: Node): PointProgram {
  const known = composed.get(name);
  if (known !== undefined) return known;
  if (first.kind !== 'table' || second.kind !== 'table') throw new Error('only tables can be composed');
  const made = composeTables(first, second, node.shape);
  composed.set(name, made);
  const [oldest] = composed.keys();
  if (composed.size > MOST_COMPOSED) composed.delete(oldest);
  return made;
}
