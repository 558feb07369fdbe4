import { defineGeometry } from '../operation/define';
import { movedBy } from '../operation/moved';
import { parameters, type Values } from '../operation/parameter';
import { placeParameter, sideParameter } from '../operation/size-parameters';
import { fail, succeed } from '../raster/fault';
import { intersect, wholeOf, type Rectangle, type Size } from '../raster/rectangle';

const declared = parameters({
  x: placeParameter('Columns cut off at the left.'),
  y: placeParameter('Rows cut off at the top.'),
  width: sideParameter('Columns kept, as far as the picture goes.'),
  height: sideParameter('Rows kept, as far as the picture goes.'),
});

/** What is kept, in pixels of the input. */
function kept({ x, y, width, height }: Values<typeof declared>, input: Size): Rectangle {
  return intersect({ x, y, width, height }, wholeOf(input));
}

/** OPERATIONS.md 12a. */
export const crop = defineGeometry({
  id: 'crop',
  summary: 'Keeps a rectangle of the picture.',
  description:
    'Samples are copied, not changed. A rectangle that reaches outside is cut to the picture, so the result can be smaller than was asked for. Operations on a neighbourhood see the new edge afterwards: blur first and crop then, if the surroundings should still count.',
  sample: { values: { x: 150, y: 50, width: 160, height: 110 } },
  related: ['canvasSize'],
  category: 'Geometry',
  keywords: ['cut', 'trim', 'clip', 'rectangle'],
  parameters: declared,
  shape: (values, input) => {
    const { width, height } = kept(values, input);
    if (width > 0) return succeed({ ...input, width, height });
    return fail(
      'empty-result',
      `the rectangle from x ${values.x}, y ${values.y} lies outside the picture of ${input.width} × ${input.height} pixels`,
      `choose x below ${input.width} and y below ${input.height}`,
    );
  },
  ...movedBy(({ x, y }: Values<typeof declared>) => ({ first: [x, y], across: [1, 0], down: [0, 1] })),
  around: ({ x, y, width, height }) => ({ x, y, width, height }),
  formula: ({ x, y }) => `v(x + ${x}, y + ${y})`,
  typeset: () => ({
    equations: [['s', String.raw`v\left(x + x_0,\, y + y_0\right)`]],
    where: [['x_0, y_0', 'the parameters x and y']],
  }),
  examples: [
    { values: { x: 1, y: 0, width: 2, height: 1 }, input: [10, 20, 30, 40], output: [20, 30] },
    { values: { x: 2, y: 0, width: 9, height: 9 }, input: [10, 20, 30, 40], output: [30, 40] },
  ],
  sources: ['GIMP manual: Crop'],
});
