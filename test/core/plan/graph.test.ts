import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Document, Step } from '../../../core/document/document';
import { fuse } from '../../../core/plan/fuse';
import { graphOf } from '../../../core/plan/graph';
import { keyOf } from '../../../core/plan/key';
import type { Looked } from '../../../core/plan/look';
import { inputsOf, type Node } from '../../../core/plan/node';
import { programOf } from '../../../core/plan/program';
import { displayNode, halvedPictureNode, halveNode } from '../../../core/plan/source-node';
import { lookKey } from '../../../core/plan/step-node';
import type { Shape } from '../../../core/raster/raster';
import { documentWith, sourceFor, stepOf } from '../../support/documents';

const shape: Shape = { width: 400, height: 300, channels: 3, depth: 8 };
const nothingKnown = new Map<string, Looked>();

function documentOf(...stack: readonly Step[]): Document {
  return documentWith(sourceFor('photo', shape), stack);
}

function rootOf(document: Document, level = 0): Node {
  const graph = graphOf({ document, level, known: nothingKnown });
  if (graph.kind !== 'graph') throw new Error(graph.kind);
  return graph.root;
}

/** The kinds of the nodes from the top down the first inputs. */
function kindsOf(node: Node): readonly string[] {
  const [input] = inputsOf(node);
  return input === undefined ? [node.kind] : [node.kind, ...kindsOf(input)];
}

describe('the graph of a document', () => {
  it('is the picture itself for a document without edits', () => {
    expect(kindsOf(rootOf(documentOf()))).toEqual(['picture']);
  });

  it('leaves out disabled steps and steps of no opacity, and so has their keys too', () => {
    const plain = rootOf(documentOf(stepOf('negative', {})));
    const more = rootOf(
      documentOf(
        stepOf('gamma', { gamma: 2 }, { enabled: false }),
        stepOf('negative', {}),
        stepOf('boxBlur', { size: 9 }, { opacity: 0 }),
      ),
    );
    expect(more.key).toBe(plain.key);
  });

  it('names pixels by what they are made from, not by which step made them', () => {
    const one = rootOf(documentOf(stepOf('gamma', { gamma: 2 })));
    const other = rootOf(documentOf(stepOf('gamma', { gamma: 2 })));
    const different = rootOf(documentOf(stepOf('gamma', { gamma: 2.5 })));
    expect(other.key).toBe(one.key);
    expect(different.key).not.toBe(one.key);
  });

  it('does not care whether a default was given or left out', () => {
    const left = rootOf(documentOf(stepOf('levels', {})));
    const given = rootOf(documentOf(stepOf('levels', { gamma: 1, inBlack: 0 })));
    expect(given.key).toBe(left.key);
  });

  it('asks for a measurement of the full-resolution input, and goes on once it is known', () => {
    const document = documentOf(stepOf('boxBlur', { size: 3 }), stepOf('percentileStretch', {}));
    const asked = graphOf({ document, level: 2, known: nothingKnown });
    if (asked.kind !== 'missing') throw new Error(asked.kind);
    expect(asked.missing).toHaveLength(1);
    const [{ node, look }] = asked.missing;
    expect(look).toBe('histogram');
    expect(node.shape).toEqual(shape);
    const bins = Array.from({ length: 3 }, () => Float64Array.from({ length: 256 }, () => 1));
    const known = new Map<string, Looked>([
      [lookKey(node, look), { kind: 'histogram', histogram: { levels: 256, count: 256, bins } }],
    ]);
    const graph = graphOf({ document, level: 2, known });
    if (graph.kind !== 'graph') throw new Error(graph.kind);
    expect(graph.root.shape).toMatchObject({ width: 100, height: 75 });
    expect(Object.values(graph.reported)).toEqual([{ low: [5, 5, 5], high: [250, 250, 250] }]);
  });

  it('rescales lengths for a reduced preview and nothing else', () => {
    const root = rootOf(
      documentOf(stepOf('boxBlur', { size: 16 }), stepOf('convolve', { kernel: 'emboss' })),
      2,
    );
    if (root.kind !== 'area' || root.input.kind !== 'area') throw new Error(root.kind);
    expect(root.values).toMatchObject({ kernel: 'emboss' });
    expect(root.input.values).toMatchObject({ size: 4 });
  });

  it('refuses limits on a step that changes the size', () => {
    const document: Document = {
      ...documentOf(),
      canvas: [stepOf('crop', { x: 0, y: 0, width: 10, height: 10 }, { opacity: 0.5 })],
    };
    const graph = graphOf({ document, level: 0, known: nothingKnown });
    expect(graph).toMatchObject({
      kind: 'fault',
      fault: { message: expect.stringContaining('crop') as string },
    });
  });
});

describe('fusing', () => {
  const chain = documentOf(
    stepOf('negative', {}),
    stepOf('gamma', { gamma: 2 }),
    stepOf('posterize', { levels: 4 }),
  );

  it('joins a chain of tables into one and keeps the name of the pixels', () => {
    const root = rootOf(chain);
    const fused = fuse(root, null);
    expect(kindsOf(root)).toEqual(['point', 'point', 'point', 'picture']);
    expect(kindsOf(fused)).toEqual(['point', 'picture']);
    expect(fused.key).toBe(root.key);
  });

  it('joins from the foot what was joined from a held step on before, and the other way round', () => {
    const steps = [stepOf('negative', {}), stepOf('levels', { inBlack: 30 }), stepOf('gamma', { gamma: 3 })];
    const root = rootOf(documentOf(...steps));
    const levels = (node: Node): readonly number[] => {
      if (node.kind !== 'point') return Array.from({ length: 256 }, (_, level) => level);
      const beneath = levels(node.input);
      if (node.program.kind !== 'table') throw new Error('these are tables');
      const [table] = node.program.tables;
      return beneath.map((level) => table[level]);
    };
    const plain = levels(root);
    for (const held of [steps[1].id, null, steps[2].id, null, steps[1].id]) {
      expect(levels(fuse(root, held))).toEqual(plain);
    }
  });

  it('does not join across the step that is being dragged', () => {
    const held = chain.layers[0].stack[1].id;
    expect(kindsOf(fuse(rootOf(chain), held))).toEqual(['point', 'point', 'picture']);
  });

  it('makes a limited table a table again', () => {
    const limited = documentOf(
      stepOf('negative', {}, { opacity: 0.4 }),
      stepOf('gamma', { gamma: 2 }, { channels: 'g' }),
    );
    expect(kindsOf(fuse(rootOf(limited), null))).toEqual(['point', 'picture']);
  });
});

describe('cutting into programs', () => {
  const blurs = documentOf(
    stepOf('gamma', { gamma: 2 }),
    stepOf('boxBlur', { size: 9 }),
    stepOf('boxBlur', { size: 3 }),
  );

  it('stores what a window reads again and again, but recomputes what is cheap', () => {
    const program = programOf(rootOf(blurs), { held: null, keep: false });
    expect(kindsOf(program.root)).toEqual(['area', 'stored']);
    expect(program.inputs).toHaveLength(1);
    expect(kindsOf(program.inputs[0].root)).toEqual(['area', 'point', 'picture']);
    expect(program.inputs[0].reach).toBe(8);
  });

  it('keeps costly results while a window is open on the document', () => {
    const tail = documentOf(stepOf('boxBlur', { size: 9 }), stepOf('gamma', { gamma: 2 }));
    const once = programOf(rootOf(tail), { held: null, keep: false });
    const kept = programOf(rootOf(tail), { held: null, keep: true });
    expect(kindsOf(once.root)).toEqual(['point', 'area', 'picture']);
    expect(kindsOf(kept.root)).toEqual(['point', 'stored']);
  });

  it('makes a small level of a picture of the one before, and a large one of the picture', () => {
    const reduced = (level: number): string[][] => {
      const chain: string[][] = [];
      const large = sourceFor('large', { ...shape, width: 6000, height: 4000 });
      let program = programOf(halvedPictureNode(large, level), { held: null, keep: true });
      for (;;) {
        chain.push([...kindsOf(program.root)]);
        if (program.inputs.length === 0) return chain;
        [program] = program.inputs;
      }
    };
    expect(reduced(1)).toEqual([['halve', 'picture']]);
    expect(reduced(2)).toEqual([['halve', 'halve', 'picture']]);
    expect(reduced(4)).toEqual([
      ['halve', 'stored'],
      ['halve', 'stored'],
      ['halve', 'halve', 'picture'],
    ]);
  });

  it('keeps what is seen halved as it is seen, in lower tiles', () => {
    const exact = halveNode(rootOf(documentOf(stepOf('boxBlur', { size: 9 }))), 2);
    const { root, inputs } = programOf(displayNode(exact), { held: null, keep: true });
    expect(kindsOf(root)).toEqual(['display', 'stored']);
    const [{ root: kept, halvings, reach }] = inputs;
    expect(kindsOf(kept)).toEqual(['halve', 'halve', 'area', 'picture']);
    expect({ halvings, reach }).toEqual({ halvings: 2, reach: 2 });
  });
});

describe('names of pixels', () => {
  it('do not depend on the order in which fields are written', () => {
    expect(keyOf({ a: 1, b: [2, 3] })).toBe(keyOf({ b: [2, 3], a: 1 }));
    expect(keyOf({ a: 1, b: [2, 3] })).not.toBe(keyOf({ a: 1, b: [3, 2] }));
    expect(keyOf('a', 'b')).not.toBe(keyOf('ab'));
  });

  it('are the same whether they are remembered or not, and whatever came between', () => {
    const named = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);
    const long = 'a'.repeat(10_000);
    for (const round of [0, 1]) {
      expect([keyOf('picture', 1), keyOf(long)]).toEqual([
        named('["picture",1]'),
        named(JSON.stringify([long])),
      ]);
      for (let other = 0; other < 10_000; other++) keyOf('other', round, other);
    }
  });
});
