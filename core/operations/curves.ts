import { definePoint } from '../operation/define';
import type { Points } from '../operation/parameter';
import { limitedToChannel, toneChannel } from '../operation/tone-channel';
import { colourChannelsOf } from '../raster/raster';

/** One piece of the curve: y + d·(slope + d·(bend + d·twist)), with d counted from x. */
interface Piece {
  readonly x: number;
  readonly y: number;
  readonly slope: number;
  readonly bend: number;
  readonly twist: number;
}

/** Slopes at the points (Fritsch, Butland): the curve never overshoots them. Two points make a straight line. */
function slopesOf(points: Points): readonly number[] {
  const widths = points.slice(1).map(([x], at) => x - points[at][0]);
  const rises = points.slice(1).map(([, y], at) => (y - points[at][1]) / widths[at]);
  if (rises.length === 1) return [rises[0], rises[0]];
  const inner = rises.slice(1).map((after, at) => {
    const before = rises[at];
    if (before * after <= 0) return 0;
    const first = 2 * widths[at + 1] + widths[at];
    const second = widths[at + 1] + 2 * widths[at];
    return (first + second) / (first / before + second / after);
  });
  const last = rises.length - 1;
  return [
    endSlope(widths[0], widths[1], rises[0], rises[1]),
    ...inner,
    endSlope(widths[last], widths[last - 1], rises[last], rises[last - 1]),
  ];
}

/** The slope at an end, from the width and rise of the outermost piece and of its neighbour. */
function endSlope(width: number, next: number, rise: number, nextRise: number): number {
  const slope = ((2 * width + next) * rise - width * nextRise) / (width + next);
  if (slope * rise <= 0) return 0;
  return rise * nextRise <= 0 && Math.abs(slope) > 3 * Math.abs(rise) ? 3 * rise : slope;
}

function piecesOf(points: Points): readonly Piece[] {
  const slopes = slopesOf(points);
  return points.slice(1).map(([right, above], at) => {
    const [x, y] = points[at];
    const width = right - x;
    const rise = (above - y) / width;
    return {
      x,
      y,
      slope: slopes[at],
      bend: (3 * rise - 2 * slopes[at] - slopes[at + 1]) / width,
      twist: (slopes[at] + slopes[at + 1] - 2 * rise) / (width * width),
    };
  });
}

/** OPERATIONS.md 3.6: the monotone cubic through the points, constant beyond the first and the last. */
export const curves = definePoint({
  id: 'curves',
  summary: 'Maps tones along a curve through points of your own.',
  description:
    'Any tone curve can be drawn with a few points; an S, with a point below the diagonal in the darks and one above it in the lights, adds contrast in the middle and takes it from the ends. Between the points runs the monotone cubic of Fritsch and Butland (PCHIP). Unlike the usual spline it never overshoots: where the points rise the curve rises, so tones never change their order by accident. Two points give a straight line; outside the first and the last point the curve is flat. In the formula d is how far the tone lies beyond the nearest point below it.',
  sample: {
    values: {
      points: [
        [0, 0],
        [64, 40],
        [192, 215],
        [255, 255],
      ],
    },
  },
  related: ['contrastStretch'],
  category: 'Intensity',
  keywords: ['tone curve', 'contrast', 'spline', 'gradation'],
  keys: ['Mod+M'],
  parameters: {
    points: {
      kind: 'points',
      least: 2,
      most: 32,
      suggested: [
        [0, 0],
        [255, 255],
      ],
      help: 'Tones and what they become; between them runs a smooth curve that never overshoots.',
    },
    channel: toneChannel,
  },
  letters: {
    x: 'the tones of the points',
    y: 'what they become',
    slope: 'how steep the piece of the curve that begins at point i is there',
    bend: 'how that changes',
    twist: 'and how that does',
  },
  // The numbers of the pieces are constants, so that every curve through as many points is the same formula.
  formula: ({ points, channel }, shape) => {
    const last = points.length - 1;
    const pieces = points.slice(1).map((_, at) => {
      const cubic = `y${at} + d*(slope${at} + d*(bend${at} + d*twist${at}))`;
      return `u < x${at + 1} ? ${last === 1 ? 'y0 + d*slope0' : cubic}`;
    });
    const starts = points.slice(1, -1).map((_, at) => `u < x${at + 1} ? u - x${at} : `);
    const distance = `d = ${starts.join('')}u - x${last - 1}; `;
    const result = limitedToChannel(`K*(u <= x0 ? y0 : ${pieces.join(' : ')} : y${last})`, channel, shape);
    return `${distance}${result}`;
  },
  constants: ({ points }, shape) => {
    const numbers: Record<string, number> = {};
    points.forEach(([x, y], at) => Object.assign(numbers, { [`x${at}`]: x, [`y${at}`]: y }));
    piecesOf(points).forEach(({ slope, bend, twist }, at) =>
      Object.assign(numbers, { [`slope${at}`]: slope, [`bend${at}`]: bend, [`twist${at}`]: twist }),
    );
    const colours = colourChannelsOf(shape);
    return Object.fromEntries(
      Object.entries(numbers).map(([name, number]) => [name, new Array<number>(colours).fill(number)]),
    );
  },
  identity: {
    points: [
      [0, 0],
      [255, 255],
    ],
  },
  examples: [
    {
      values: {
        points: [
          [20, 0],
          [235, 255],
        ],
      },
      input: [0, 20, 63, 128, 235, 255],
      output: [0, 0, 51, 128, 255, 255],
    },
    {
      values: {
        points: [
          [0, 0],
          [128, 192],
          [255, 255],
        ],
      },
      input: [0, 64, 128, 192, 255],
      output: [0, 116, 192, 236, 255],
    },
  ],
  sources: [
    'F. N. Fritsch, J. Butland, SIAM J. Sci. Stat. Comput. 5 (1984): monotone piecewise cubic interpolation',
    'SciPy: interpolate.PchipInterpolator',
  ],
});
