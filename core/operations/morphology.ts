/** OPERATIONS.md 9: the smallest or largest sample under an element, and what comes of doing one after the other. */

import { covers, type Element } from '../kernels/element';
import type { Field } from '../kernels/field';
import { dilate, erode } from '../kernels/morphology';
import { copySamples } from '../kernels/wasm/copy-samples';
import { defineArea } from '../operation/define';
import type { SampleAt } from '../operation/operation';
import { parameters, type Values } from '../operation/parameter';
import { toldPasses, type Pass } from '../operation/told-passes';
import { squareWindow } from '../operation/square-window';
import type { Margins } from '../raster/rectangle';
import { withScratchSamples } from '../raster/scratch';

const declared = parameters({
  operation: {
    kind: 'choice',
    choices: ['erode', 'dilate', 'open', 'close'],
    suggested: 'open',
    help: 'Shrink what is light (erode), grow it (dilate), remove light specks (open) or dark ones (close).',
  },
  shape: {
    kind: 'choice',
    choices: ['square', 'cross', 'disk'],
    default: 'square',
    help: 'The shape of the neighbourhood.',
  },
  radius: {
    kind: 'number',
    min: 1,
    max: 50,
    step: 1,
    integer: true,
    slider: [1, 20],
    suggested: 1,
    unit: 'px',
    help: 'How far the neighbourhood reaches on every side.',
  },
  iterations: {
    kind: 'number',
    min: 1,
    max: 20,
    step: 1,
    integer: true,
    slider: [1, 10],
    default: 1,
    help: 'How often it is done; opening first erodes so often, then dilates so often.',
  },
});

type MorphologyValues = Values<typeof declared>;

/** Each is done `iterations` times before the next. */
function stagesOf({ operation }: MorphologyValues): readonly Pass[] {
  if (operation === 'open') return ['erode', 'dilate'];
  return operation === 'close' ? ['dilate', 'erode'] : [operation];
}

/** How many times the element is laid on the picture. */
function passesOf(values: MorphologyValues): number {
  return stagesOf(values).length * values.iterations;
}

/** The passes one by one. */
function passOrder(values: MorphologyValues): readonly Pass[] {
  return stagesOf(values).flatMap((stage) => new Array<Pass>(values.iterations).fill(stage));
}

/** No farther than `reach`, and no farther than the picture. */
function within({ left, top, right, bottom }: Margins, reach: number): Margins {
  return {
    left: Math.min(reach, left),
    top: Math.min(reach, top),
    right: Math.min(reach, right),
    bottom: Math.min(reach, bottom),
  };
}

/** The sample at the anchor after all passes, by the definition: pass after pass over as much as the next one looks at. */
function sampleAfter(values: MorphologyValues, sampleAt: SampleAt, extent: Margins): number {
  const { radius } = values;
  const order = passOrder(values);
  const passes = order.length;
  const near = (reach: number): Margins => within(extent, reach);
  let known = near(radius * passes);
  let plane = planeOf(known, sampleAt);
  for (let pass = 1; pass <= passes; pass++) {
    const erodes = order[pass - 1] === 'erode';
    const extremeAt = (x: number, y: number): number => {
      let extreme = erodes ? Infinity : -Infinity;
      for (let v = Math.max(y - radius, -known.top); v <= Math.min(y + radius, known.bottom); v++) {
        for (let u = Math.max(x - radius, -known.left); u <= Math.min(x + radius, known.right); u++) {
          if (!covers(values, u - x, v - y)) continue;
          const sample = plane[v + known.top][u + known.left];
          if (erodes ? sample < extreme : sample > extreme) extreme = sample;
        }
      }
      return extreme;
    };
    const next = near(radius * (passes - pass));
    plane = planeOf(next, extremeAt);
    known = next;
  }
  return plane[0][0];
}

function planeOf(
  extent: Margins,
  sampleAt: (x: number, y: number) => number,
): readonly (readonly number[])[] {
  return Array.from({ length: extent.top + extent.bottom + 1 }, (_row, y) =>
    Array.from({ length: extent.left + extent.right + 1 }, (_column, x) =>
      sampleAt(x - extent.left, y - extent.top),
    ),
  );
}

export const morphology = defineArea({
  id: 'morphology',
  summary: 'Shrinks or grows light shapes, removes specks, closes gaps.',
  description:
    'Erosion takes the smallest sample under the element, so light shapes shrink; dilation takes the largest, so they grow. Opening is one after the other: light specks smaller than the element go, all else keeps its size. Closing does the same to dark specks and gaps. It is the tool to clean a mask after a threshold, with white as the object; on photographs it flattens detail into the shape of the element. What lies outside the picture is left out of account.',
  sample: {
    values: { operation: 'open', shape: 'disk', radius: 3 },
    before: [{ id: 'autoThreshold', params: {} }],
  },
  related: ['autoThreshold'],
  category: 'Neighbourhood',
  keywords: ['erode', 'dilate', 'open', 'close', 'minimum', 'maximum', 'despeckle', 'structuring element'],
  parameters: declared,
  window: (values) => squareWindow(2 * values.radius * passesOf(values) + 1),
  // Never seen: what lies outside is left out.
  boundary: () => ({ rule: 'replicate', constant: 0 }),
  kernel: ({ values, input, inside, output, signal }) => {
    const { channels, depth, data } = input;
    const element: Element = values;
    const reach = values.radius * passesOf(values);
    const line = inside.width * channels;
    const count = inside.height * line;
    withScratchSamples(depth, count, (levels) => {
      const field: Field = { ...inside, channels, depth, data: levels };
      for (let y = 0; y < inside.height; y++) {
        const from = ((y + inside.y) * input.width + inside.x) * channels;
        copySamples(data, from, line, field.data, y * line);
      }
      for (const stage of stagesOf(values)) {
        if (stage === 'erode') erode(field, element, values.iterations, signal);
        else dilate(field, element, values.iterations, signal);
      }
      const row = output.width * channels;
      for (let y = 0; y < output.height; y++) {
        const from = (y + reach - inside.y) * line + (reach - inside.x) * channels;
        copySamples(field.data, from, row, output.data, y * row);
      }
    });
  },
  reference: (values, sampleAt, _shape, extent) => sampleAfter(values, sampleAt, extent),
  passes: passesOf,
  leavesOutside: true,
  account: (values, sampleAt, shape, extent) => {
    const { left, top, right, bottom } = extent;
    if (passesOf(values) > 1) {
      const known = within(extent, values.radius * passesOf(values));
      const lines = toldPasses(passOrder(values), values, sampleAt, known, shape.depth);
      return lines.length === 0 ? {} : { lines };
    }
    const erodes = values.operation === 'erode';
    return {
      rank: {
        counts: (dx, dy) =>
          covers(values, dx, dy) && dx >= -left && dx <= right && dy >= -top && dy <= bottom,
        place: (count) => (erodes ? 0 : count - 1),
      },
    };
  },
  formula: (values) => {
    const { shape, radius, iterations } = values;
    const times = iterations === 1 ? '' : ` ${iterations} times`;
    const words = { erode: 'the smallest', dilate: 'the largest' };
    const stages = stagesOf(values).map(
      (stage) => `${words[stage]} v under the ${shape} of radius ${radius}${times}`,
    );
    return stages.join(', then of that ');
  },
  typeset: (values) => {
    const { shape, iterations } = values;
    const power = iterations === 1 ? '' : String.raw`^{\mathit{iterations}}`;
    const signs = { erode: String.raw`\varepsilon`, dilate: String.raw`\delta` };
    const stages = stagesOf(values);
    const element = {
      square: String.raw`\max\left(\left| i \right|, \left| j \right|\right) \le \mathit{radius}`,
      cross: String.raw`i \cdot j = 0, \; \left| i + j \right| \le \mathit{radius}`,
      disk: String.raw`i^2 + j^2 \le \mathit{radius}^2`,
    }[shape];
    const extreme = { erode: String.raw`\min`, dilate: String.raw`\max` };
    return {
      equations: [
        [
          's',
          String.raw`\left(${stages
            .toReversed()
            .map((stage) => `${signs[stage]}${power}`)
            .join(' ')} \, v\right)\left(x,\, y\right)`,
        ],
        ...stages.map((stage): readonly [string, string] => [
          String.raw`\left(${signs[stage]} \, v\right)\left(x,\, y\right)`,
          String.raw`${extreme[stage]}_{(i, j) \in E} \; v\left(x + j,\, y + i\right)`,
        ]),
        ['E', String.raw`\left\{ (i, j) : ${element} \right\}`],
      ],
      where: [
        ...stages.map((stage): readonly [string, string] => [
          signs[stage],
          stage === 'erode' ? 'erosion, the smallest sample' : 'dilation, the largest sample',
        ]),
        ['E', `the element, a ${shape}; what lies outside the picture is left out`],
      ],
    };
  },
  examples: [
    { values: { operation: 'erode', radius: 1 }, input: [9, 9, 9, 200, 9, 9], output: [9, 9, 9, 9, 9, 9] },
    {
      values: { operation: 'dilate', radius: 1 },
      input: [9, 9, 9, 200, 9, 9],
      output: [9, 9, 200, 200, 200, 9],
    },
    {
      values: { operation: 'open', radius: 1 },
      input: [200, 9, 200, 200, 200, 9],
      output: [9, 9, 200, 200, 200, 9],
    },
    {
      values: { operation: 'close', radius: 1 },
      input: [9, 200, 200, 9, 200, 200],
      output: [200, 200, 200, 200, 200, 200],
    },
  ],
  sources: [
    'OpenCV 4.6: morphologyEx',
    'Gonzalez, Woods, Digital Image Processing: grey-scale morphology',
    'M. van Herk, Pattern Recognition Letters 13 (1992)',
  ],
});
