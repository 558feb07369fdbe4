/** How Canny decides about one pixel, in numbers: its slope and direction, the slopes on both sides, the thresholds, and what follows. */

import { cannyPixel, cannyReach, type CannyPixel } from '../kernels/canny';
import { luma } from '../raster/luma';
import { scaleOf, type Region, type Shape } from '../raster/raster';
import { intersect, wholeOf, type Rectangle } from '../raster/rectangle';
import { bracketed, shortNumber, type FilledLine } from './formula/print';

interface Thresholds {
  readonly sigma: number;
  readonly low: number;
  readonly high: number;
}

/** The part of the picture that decides about a pixel, but for whether a weak edge is joined to a strong one. */
export function cannyPart(sigma: number, { x, y }: Rectangle): Rectangle {
  const reach = cannyReach(sigma);
  return { x: x - reach, y: y - reach, width: 2 * reach + 1, height: 2 * reach + 1 };
}

/** The brightness of a rectangle of the picture on the 255 scale, row by row: the unrounded luma. */
export function brightness({ raster, rectangle }: Region, part: Rectangle): Float64Array {
  const { data, width, channels, depth } = raster;
  const scale = scaleOf(depth);
  const plane = new Float64Array(part.width * part.height);
  for (let y = 0, to = 0; y < part.height; y++) {
    let at = ((part.y + y - rectangle.y) * width + part.x - rectangle.x) * channels;
    for (let x = 0; x < part.width; x++, to++, at += channels) {
      const level = channels >= 3 ? luma(data[at], data[at + 1], data[at + 2]) : data[at];
      plane[to] = level / scale;
    }
  }
  return plane;
}

/** Lines that hold for every colour channel. `isEdge`: what became of the pixel, `top`: the level of an edge. */
export function toldCanny(
  thresholds: Thresholds,
  input: Region,
  whole: Shape,
  { x, y }: { readonly x: number; readonly y: number },
  isEdge: boolean,
  top: number,
): readonly FilledLine[] {
  const part = intersect(cannyPart(thresholds.sigma, { x, y, width: 1, height: 1 }), wholeOf(whole));
  const plane = brightness(input, part);
  const isOutermost = x === 0 || y === 0 || x === whole.width - 1 || y === whole.height - 1;
  const pixel = cannyPixel(
    plane,
    part.width,
    part.height,
    thresholds.sigma,
    x - part.x,
    y - part.y,
    isOutermost,
  );
  const result = isEdge ? top : 0;
  return [
    ...slopeLines(pixel),
    ...besideLines(pixel),
    {
      name: null,
      text: String(result),
      value: result,
      because: verdict(pixel, thresholds, isOutermost, isEdge),
    },
  ];
}

function slopeLines({ smooth, across, down, slope }: CannyPixel): readonly FilledLine[] {
  const rise = (to: number, from: number): string =>
    `(${shortNumber(smooth[to])} − ${shortNumber(smooth[from])})`;
  const lines: FilledLine[] = [
    { name: 'gx', text: `2·${rise(5, 3)} + ${rise(2, 0)} + ${rise(8, 6)}`, value: across },
    { name: 'gy', text: `2·${rise(7, 1)} + ${rise(6, 0)} + ${rise(8, 2)}`, value: down },
    { name: 'm', text: `√(${bracketed(across)}² + ${bracketed(down)}²)`, value: slope },
  ];
  if (slope === 0) return lines;
  const degrees = ((Math.atan2(down, across) * 180) / Math.PI + 360) % 360;
  return [...lines, { name: 'direction', text: 'degrees clockwise from the right', value: degrees }];
}

function besideLines({ beside }: CannyPixel): readonly FilledLine[] {
  if (beside === null) return [];
  return [
    { name: 'm before', text: 'a step against the direction', value: beside[0] },
    { name: 'm after', text: 'a step in the direction', value: beside[1] },
  ];
}

/** What decided. Whether a weak pixel of a ridge hangs together with a strong one shows in the result alone. */
function verdict(
  { slope, beside, isRidge }: CannyPixel,
  { low, high }: Thresholds,
  isOutermost: boolean,
  isEdge: boolean,
): string {
  const m = shortNumber(slope);
  if (isOutermost) return 'the outermost pixels are never edges';
  if (slope < low) return `${m} < ${low}, the low threshold`;
  if (beside === null) return 'nothing slopes here';
  if (!isRidge) return `${shortNumber(Math.max(...beside))} > ${m}: beside it is steeper, this is no ridge`;
  if (slope >= high) return `a ridge, and ${m} ≥ ${high}, the high threshold`;
  const weak = `a ridge with ${low} ≤ ${m} < ${high}`;
  return isEdge ? `${weak}, joined to a strong one` : `${weak}, joined to no strong one`;
}
