import { defineGeometry } from '../operation/define';
import { paintedPixel } from '../operation/gathered';
import { parameters, type Values } from '../operation/parameter';
import { resizedShape } from '../operation/result-size';
import { sideParameter } from '../operation/size-parameters';
import { pixelOutside } from '../operation/tone';
import { copyRegion, topOf, type Raster, type Shape } from '../raster/raster';
import { intersect, isEmpty, translate, wholeOf, type Rectangle } from '../raster/rectangle';
import { store } from '../raster/rounding';
import { checkpoint, type Signal } from '../raster/signal';

const declared = parameters({
  width: sideParameter('Columns of the new canvas.'),
  height: sideParameter('Rows of the new canvas.'),
  anchorX: {
    kind: 'choice',
    choices: ['left', 'center', 'right'],
    default: 'center',
    help: 'Where the picture lies between left and right.',
  },
  anchorY: {
    kind: 'choice',
    choices: ['top', 'center', 'bottom'],
    default: 'center',
    help: 'Where the picture lies between top and bottom.',
  },
  fill: {
    kind: 'tone',
    optional: true,
    help: 'What the new parts show: one tone, or red, green and blue; left out, transparency or black.',
  },
});

type CanvasValues = Values<typeof declared>;

/** Where the picture lies on the new canvas. */
function placeOf({ width, height, anchorX, anchorY }: CanvasValues, input: Shape): Rectangle {
  const offset = { left: 0, top: 0, center: 0.5, right: 1, bottom: 1 };
  return translate(
    wholeOf(input),
    Math.floor((width - input.width) * offset[anchorX]),
    Math.floor((height - input.height) * offset[anchorY]),
  );
}

function paint({ data }: Raster, pixel: readonly number[], signal: Signal): void {
  checkpoint(signal);
  data.set(pixel);
  // Twice as much every time: copies of copies.
  for (let done = pixel.length; done < data.length; done *= 2) data.copyWithin(done, 0, done);
}

/** OPERATIONS.md 12a. */
export const canvasSize = defineGeometry({
  id: 'canvasSize',
  summary: 'Puts the picture on a larger or smaller canvas without scaling it.',
  description:
    'Adds a margin or cuts one off; no sample is scaled. The anchors say which side stays where it is. In the middle an odd pixel goes to the right or the bottom. Without a fill the margin is transparent where the picture has alpha, black where it has none.',
  sample: { values: { width: 400, height: 280, fill: [235, 232, 225] } },
  related: ['crop', 'resize'],
  category: 'Geometry',
  keywords: ['border', 'margin', 'pad', 'extend', 'frame'],
  parameters: declared,
  shape: (values, input) => resizedShape(input, values),
  source: (values, input, output) => {
    const place = placeOf(values, input);
    return intersect(translate(output, -place.x, -place.y), wholeOf(input));
  },
  move: (values, whole, input, output, signal) => {
    const place = placeOf(values, whole);
    const shown = intersect(output.rectangle, place);
    const levels = pixelOutside(values.fill, whole).map((level) => store(level, topOf(whole.depth)));
    if (shown.width < output.rectangle.width || shown.height < output.rectangle.height) {
      paint(output.raster, levels, signal);
    }
    if (isEmpty(shown)) return;
    const moved = { raster: input.raster, rectangle: translate(input.rectangle, place.x, place.y) };
    checkpoint(signal);
    copyRegion(moved, output, shown);
  },
  reference: (values, whole, input, x, y) => {
    const place = placeOf(values, whole);
    const inside = !isEmpty(intersect({ x, y, width: 1, height: 1 }, place));
    if (!inside) return pixelOutside(values.fill, whole);
    const { raster, rectangle } = input;
    const at = (y - place.y - rectangle.y) * raster.width + x - place.x - rectangle.x;
    return [...raster.data.subarray(at * raster.channels, (at + 1) * raster.channels)];
  },
  account: (values, whole, _input, x, y) => {
    if (!isEmpty(intersect({ x, y, width: 1, height: 1 }, placeOf(values, whole)))) return null;
    return paintedPixel(pixelOutside(values.fill, whole));
  },
  formula: ({ anchorX, anchorY, fill }) => {
    const d = { left: '0', top: '0', center: 'floor(d/2)', right: 'd', bottom: 'd' };
    const outside = fill === null ? 'transparent or black' : [fill].flat().join(', ');
    return `v(x − ${d[anchorX].replace('d', 'dx')}, y − ${d[anchorY].replace('d', 'dy')}), dx and dy what the canvas gains; outside ${outside}`;
  },
  typeset: ({ anchorX, anchorY, fill }) => {
    const gained = (anchor: string, side: string, before: string): string =>
      anchor === 'left' || anchor === 'top'
        ? '0'
        : anchor === 'center'
          ? String.raw`\left\lfloor (\mathit{${side}} - ${before}) / 2 \right\rfloor`
          : String.raw`\mathit{${side}} - ${before}`;
    return {
      equations: [
        [
          's',
          String.raw`\begin{cases} v\left(x - o_x,\, y - o_y\right) & \text{inside the picture} \\ \mathit{fill} \cdot K & \text{otherwise} \end{cases}`,
        ],
        ['o_x', gained(anchorX, 'width', 'W')],
        ['o_y', gained(anchorY, 'height', 'H')],
      ],
      where: [
        ['o_x, o_y', 'where the picture’s top left corner comes to lie'],
        [
          String.raw`\mathit{fill}`,
          fill === null ? 'transparent, or black where there is no alpha' : [fill].flat().join(', '),
        ],
      ],
    };
  },
  examples: [
    { values: { width: 7, height: 1, fill: 9 }, input: [1, 2, 3, 4], output: [9, 1, 2, 3, 4, 9, 9] },
    { values: { width: 3, height: 1, anchorX: 'right' }, input: [1, 2, 3, 4], output: [2, 3, 4] },
    // Half of −1 is rounded down.
    { values: { width: 3, height: 1 }, input: [1, 2, 3, 4], output: [2, 3, 4] },
  ],
  sources: ['GIMP manual: Canvas Size', 'NumPy: pad'],
});
