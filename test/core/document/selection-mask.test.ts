/**
 * A step that is limited to a selection changes what is selected of the picture that is seen, wherever its layer lies in it: held against
 * the plain picture, pixel by pixel.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../../core/document/command';
import { stackOf, type Document, type StackOwner } from '../../../core/document/document';
import { reduce } from '../../../core/document/reduce';
import { selectionMask } from '../../../core/document/selection-mask';
import { canvasShape } from '../../../core/document/stack-check';
import type { Raster } from '../../../core/raster/raster';
import type { SelectedArea } from '../../../core/raster/selection';
import { documentWith, sharedNoise, sourceFor, stepOf } from '../../support/documents';
import { plainPicture, type Pictures } from '../../support/plain-picture';
import { randomAreaIn } from '../../support/random-selection';
import { valueOf } from './sample';

const large = sharedNoise({ width: 37, height: 23, channels: 3, depth: 8 }, 1);
const small = sharedNoise({ width: 20, height: 14, channels: 3, depth: 8 }, 2);
const pictures: Pictures = { large, small };

const moves = fc.array(
  fc.constantFrom(
    { operation: 'flip', params: { axis: 'horizontal' } },
    { operation: 'flip', params: { axis: 'vertical' } },
    { operation: 'rotate90', params: { turns: 1 } },
    { operation: 'rotate90', params: { turns: 3 } },
    { operation: 'crop', params: { x: 3, y: 2, width: 18, height: 16 } },
    { operation: 'gamma', params: { gamma: 2 } },
    { operation: 'boxBlur', params: { size: 3 } },
  ),
  { maxLength: 4 },
);

function withStep(document: Document, owner: StackOwner, step: ReturnType<typeof stepOf>): Document {
  const index = stackOf(document, owner).length;
  return valueOf(reduce(document, { type: 'step.add', time: 0, owner, step, index }));
}

function shapeOf(document: Document): { readonly width: number; readonly height: number } {
  return valueOf(canvasShape(document));
}

/** One layer, or a small one over it; these steps on the canvas. */
function made(hasSmall: boolean, steps: readonly { operation: string; params: object }[]): Document {
  let document = documentWith(sourceFor('large', large), []);
  if (hasSmall) {
    const source = sourceFor('small', small);
    const add: Command = { type: 'layer.add', time: 0, layer: 'top', source, name: 'Top', index: 1 };
    document = valueOf(reduce(document, add));
  }
  for (const { operation, params } of steps) {
    document = withStep(document, 'canvas', stepOf(operation, params as ReturnType<typeof stepOf>['params']));
  }
  return document;
}

/** The pixels that differ, as 1. */
function changed(before: Raster, after: Raster): number[] {
  const { width, height, channels } = before;
  return Array.from({ length: width * height }, (_, at) =>
    [0, 1, 2].some((channel) => before.data[at * channels + channel] !== after.data[at * channels + channel])
      ? 1
      : 0,
  );
}

function isSelected({ x, y, width, height, inverted }: SelectedArea, column: number, row: number): boolean {
  return (column >= x && row >= y && column < x + width && row < y + height) !== inverted;
}

describe('a step with a selection as its mask', () => {
  it('changes the selected pixels of the picture and no others, through moves of the whole picture', () => {
    const movesOnly = moves.map((all) => all.filter(({ operation }) => operation !== 'boxBlur'));
    const kind = fc.tuple(fc.boolean(), movesOnly).chain(([hasSmall, steps]) => {
      const document = made(hasSmall, steps);
      return fc.tuple(fc.constant(document), randomAreaIn(shapeOf(document)));
    });
    fc.assert(
      fc.property(kind, ([document, given]) => {
        const area: SelectedArea = { ...given, shape: 'rectangle' };
        const owner = document.layers.at(-1)?.id ?? '';
        // Every level has another negative: 255 − v is never v.
        const mask = valueOf(selectionMask(document, owner, area));
        const limited = withStep(document, owner, stepOf('negative', {}, { mask }));
        const everywhere = withStep(document, owner, stepOf('negative', {}));
        const [before, after, all] = [document, limited, everywhere].map((each) =>
          plainPicture(each, pictures),
        );
        // What the layer shows at all, and gamma does not send to one level.
        const reached = changed(before, all);
        const { width } = before;
        expect(changed(before, after)).toEqual(
          reached.map((does, at) => (does && isSelected(area, at % width, Math.floor(at / width)) ? 1 : 0)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('has the selection as it is on the whole picture itself', () => {
    const document = made(true, [{ operation: 'rotate90', params: { turns: 1 } }]);
    const area: SelectedArea = { shape: 'ellipse', x: 2, y: 3, width: 9, height: 5, inverted: true };
    expect(valueOf(selectionMask(document, 'canvas', area))).toEqual({
      parts: [{ shape: 'ellipse', mode: 'add', x: 2, y: 3, width: 9, height: 5, feather: 0 }],
      inverted: true,
    });
  });

  it('is refused where the whole picture is more than moved above the layer, and told by what', () => {
    const area: SelectedArea = { shape: 'rectangle', x: 1, y: 1, width: 4, height: 4, inverted: false };
    const resized = made(false, [{ operation: 'resize', params: { width: 30, height: 20 } }]);
    expect(selectionMask(resized, 'background', area)).toMatchObject({
      ok: false,
      fault: { code: 'refused', message: expect.stringContaining('Resize') },
    });
    expect(selectionMask(resized, 'canvas', area)).toMatchObject({ ok: true });
    const strided = made(false, [{ operation: 'convolve', params: { kernel: [[1]], stride: 2 } }]);
    expect(selectionMask(strided, 'background', area)).toMatchObject({ ok: false });
  });

  it('is carried through the steps that come after the one it is for', () => {
    const area: SelectedArea = { shape: 'rectangle', x: 1, y: 2, width: 4, height: 5, inverted: false };
    const below = stepOf('negative', {});
    let document = withStep(made(false, []), 'background', below);
    document = withStep(document, 'background', stepOf('crop', { x: 10, y: 3, width: 20, height: 18 }));
    document = withStep(document, 'background', stepOf('flip', { axis: 'vertical' }));
    const [part] = valueOf(selectionMask(document, 'background', area, below.id)).parts;
    // Row 2 of 18, upside down, is row 11; the crop had begun at (10, 3).
    expect(part).toMatchObject({ x: 11, y: 18 - 2 - 5 + 3, width: 4, height: 5 });
    const last = document.layers[0].stack[2];
    expect(valueOf(selectionMask(document, 'background', area, last.id)).parts[0]).toMatchObject({
      x: 1,
      y: 2,
    });
    document = withStep(document, 'canvas', stepOf('negative', {}));
    document = withStep(document, 'canvas', stepOf('rotate90', { turns: 2 }));
    const [first] = document.canvas;
    expect(valueOf(selectionMask(document, 'canvas', area, first.id)).parts[0]).toMatchObject({
      x: 20 - 1 - 4,
      y: 18 - 2 - 5,
    });
  });

  it('passes what is switched off, and what a limit keeps in place', () => {
    const area: SelectedArea = { shape: 'rectangle', x: 1, y: 2, width: 4, height: 5, inverted: false };
    const flip = { axis: 'horizontal' } as const;
    let document = made(false, []);
    document = withStep(document, 'canvas', stepOf('flip', flip, { enabled: false }));
    document = withStep(document, 'canvas', stepOf('flip', flip, { opacity: 0.5 }));
    expect(valueOf(selectionMask(document, 'background', area)).parts).toEqual([
      { shape: 'rectangle', mode: 'add', x: 1, y: 2, width: 4, height: 5, feather: 0 },
    ]);
    const chain = { steps: [{ id: 'flip', params: flip }, { id: 'negative' }] };
    document = withStep(document, 'canvas', stepOf('chain', chain));
    expect(valueOf(selectionMask(document, 'background', area)).parts[0]).toMatchObject({
      x: 37 - 1 - 4,
      y: 2,
    });
  });
});
