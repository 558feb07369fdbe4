/** What a part of a program costs grows with the part and with the windows over it; a program made as a whole is read from its tile. */

import { describe, expect, it } from 'vitest';
import { costOf } from '../../../core/plan/cost';
import { graphOf } from '../../../core/plan/graph';
import type { Node } from '../../../core/plan/node';
import { planOf } from '../../../core/plan/plan';
import { programOf, throughTile } from '../../../core/plan/program';
import type { Step } from '../../../core/document/document';
import type { Shape } from '../../../core/raster/raster';
import { wholeOf } from '../../../core/raster/rectangle';
import { documentWith, sourceFor, stepOf } from '../../support/documents';

const shape: Shape = { width: 400, height: 300, channels: 3, depth: 8 };
const pixel = { x: 200, y: 150, width: 1, height: 1 };
const once = { held: null, keep: false };

function rootOf(...stack: readonly Step[]): Node {
  const graph = graphOf({
    document: documentWith(sourceFor('photo', shape), stack),
    level: 0,
    known: new Map(),
  });
  if (graph.kind !== 'graph') throw new Error(graph.kind);
  return graph.root;
}

describe('the cost of a part', () => {
  it('is a sample a channel for every node that a pixel passes', () => {
    expect(costOf(rootOf(), pixel)).toBe(3);
    expect(costOf(rootOf(stepOf('negative', {})), pixel)).toBe(6);
    expect(costOf(rootOf(stepOf('negative', {})), { ...pixel, width: 5, height: 2 })).toBe(60);
    expect(costOf(rootOf(), { ...pixel, width: 0 })).toBe(0);
  });

  it('counts every pixel of a window, once for being read and once for being there', () => {
    expect(costOf(rootOf(stepOf('boxBlur', { size: 9 })), pixel)).toBe(2 * 3 * 81);
    // At the edge there is less of it.
    expect(costOf(rootOf(stepOf('boxBlur', { size: 9 })), { ...pixel, x: 0, y: 0 })).toBe(2 * 3 * 25);
  });

  it('is that of everything where everything is read', () => {
    const filter = stepOf('fourierFilter', { type: 'lowPass', cutoff: 0.1 });
    expect(costOf(rootOf(filter), pixel)).toBeGreaterThan(3 * 400 * 300);
  });
});

describe('a program that is made as a whole', () => {
  it('is one tile, however small the part that is wanted', () => {
    const program = programOf(rootOf(stepOf('fourierFilter', { type: 'lowPass', cutoff: 0.1 })), once);
    const read = throughTile(program);
    expect(read.root.kind).toBe('stored');
    const plan = planOf(read, pixel, { width: 64, height: 64 });
    expect(plan.stages).toEqual([{ program, tiles: [wholeOf(shape)] }]);
    expect(costOf(read.root, pixel)).toBe(3);
  });

  it('is the only one that is read so', () => {
    const program = programOf(rootOf(stepOf('boxBlur', { size: 9 })), once);
    expect(throughTile(program)).toBe(program);
  });
});
