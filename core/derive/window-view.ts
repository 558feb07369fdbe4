/** What can be shown of a neighbourhood at once: its window around the centre as a patch of cells, its sorted samples, its rounding. */

import { exactNumber } from '../operation/formula/print';
import { roundHalfUp } from '../raster/rounding';
import type { ChannelArithmetic, RankedSamples, WeightedSum, WindowArithmetic } from './explanation';
import type { Rectangle } from '../raster/rectangle';
import type { Pixel } from './pixel-story';

/** Rows and columns that are shown of a window; larger ones are cut around the centre. */
export const LARGEST_PATCH = 9;
/** Sorted samples that are shown; of more, those around the chosen one. */
export const MOST_SORTED = LARGEST_PATCH * LARGEST_PATCH;

export interface PatchCell {
  /** Index into the window's listed levels, weights and products. */
  readonly at: number;
  /** The pixel, in the picture's coordinates. */
  readonly x: number;
  readonly y: number;
  readonly level: number;
  /** Whether the picture has no such pixel: what stands there is the boundary rule's. */
  readonly outside: boolean;
  /** Whether the result depends on it. */
  readonly counts: boolean;
  readonly centre: boolean;
  /** Whether it is the sample that the result is. */
  readonly chosen: boolean;
}

export interface Patch {
  readonly rows: readonly (readonly PatchCell[])[];
  /** Levels of the window that are not in the patch. */
  readonly hidden: number;
}

/** What is shown of a window whose listed part and anchor are these: in the window's own places. */
export function shownPart(
  { x, y, listed }: Pick<WindowArithmetic, 'x' | 'y' | 'listed'>,
  centre: Pixel,
): Rectangle {
  const across = shownAlong(listed.width, centre.x - x - listed.x);
  const down = shownAlong(listed.height, centre.y - y - listed.y);
  return { x: listed.x + across.from, y: listed.y + down.from, width: across.count, height: down.count };
}

/** The first index and the count of what is shown along one side of the window: all of it, else the part around the centre. */
function shownAlong(length: number, centre: number): { readonly from: number; readonly count: number } {
  const count = Math.min(length, LARGEST_PATCH);
  const from = Math.min(length - count, Math.max(0, centre - Math.floor(count / 2)));
  return { from, count };
}

/**
 * A window with nothing more than can be shown: the levels around the centre, which is its anchor in the picture's coordinates, and the
 * sorted samples around the result. Sums and counts stay those of the whole window.
 */
export function shownOf(window: WindowArithmetic, centre: Pixel): WindowArithmetic {
  const { listed, levels, weighted, parts, ranked } = window;
  if (levels.length === 0) return window;
  const shown = shownPart(window, centre);
  /** Indices of what is shown into what is listed. */
  const kept = Array.from({ length: shown.width * shown.height }, (_, at) => {
    const [x, y] = [at % shown.width, Math.floor(at / shown.width)];
    return (shown.y - listed.y + y) * listed.width + shown.x - listed.x + x;
  });
  const of = (numbers: readonly number[]): readonly number[] => kept.map((at) => numbers[at]);
  return {
    ...window,
    listed: shown,
    levels: of(levels),
    weighted: weighted && { ...weighted, weights: of(weighted.weights), products: of(weighted.products) },
    parts: parts.map((part) => ({ ...part, weights: of(part.weights), products: of(part.products) })),
    ranked: ranked && shownRank(ranked, kept),
  };
}

function shownRank(ranked: RankedSamples, kept: readonly number[]): RankedSamples {
  const { sorted, chosen, before, after, counting, at } = ranked;
  const count = Math.min(sorted.length, MOST_SORTED);
  const from = Math.min(sorted.length - count, Math.max(0, chosen - Math.floor(count / 2)));
  const does = new Set(counting);
  const shown = at === null ? -1 : kept.indexOf(at);
  return {
    sorted: sorted.slice(from, from + count),
    chosen: chosen - from,
    before: before + from,
    after: after + sorted.length - from - count,
    counting: [...kept.keys()].filter((index) => does.has(kept[index])),
    at: shown < 0 ? null : shown,
  };
}

/** The cells of what is shown of a window whose levels are listed; `centre` is its anchor, in the picture's coordinates. */
export function patchOf(window: WindowArithmetic, centre: Pixel): Patch {
  const { width, height, listed, levels, inside, ranked } = window;
  const counting = ranked === null ? null : new Set(ranked.counting);
  const rows = Array.from({ length: listed.height }, (_row, j) =>
    Array.from({ length: listed.width }, (_column, i): PatchCell => {
      const [x, y] = [listed.x + i, listed.y + j];
      const at = j * listed.width + i;
      const isIn =
        x >= inside.x && y >= inside.y && x < inside.x + inside.width && y < inside.y + inside.height;
      const isKnown = isIn || window.boundary !== null;
      return {
        at,
        x: window.x + x,
        y: window.y + y,
        level: levels[at],
        outside: !isIn,
        counts: counting === null ? isKnown : counting.has(at),
        centre: window.x + x === centre.x && window.y + y === centre.y,
        chosen: at === ranked?.at,
      };
    }),
  );
  return { rows, hidden: width * height - listed.width * listed.height };
}

/** How an unrounded result becomes a level. */
export interface Storing {
  readonly rounded: number;
  /** The level to which it is brought back, null where it is one. */
  readonly clamped: number | null;
}

export function storingOf(unrounded: number, top: number): Storing {
  const rounded = roundHalfUp(unrounded);
  return { rounded, clamped: rounded < 0 ? 0 : rounded > top ? top : null };
}

/** One line of how the window's numbers become the level. */
export interface Working {
  readonly label: string;
  readonly text: string;
}

/** Longer sums are not written out. */
const MOST_TERMS = 9;

/** A sum of products written out, without those that are 0: `−134 + 805 − 165 = 506`; null where there are too many or too few. */
export function sumText({ products, sum }: Pick<WeightedSum, 'products' | 'sum'>): string | null {
  const terms = products.filter((product) => product !== 0);
  if (terms.length < 2 || terms.length > MOST_TERMS) return null;
  const signed = terms.map((term, at) => {
    const size = exactNumber(Math.abs(term));
    if (at === 0) return term < 0 ? `−${size}` : size;
    return `${term < 0 ? '−' : '+'} ${size}`;
  });
  return `${signed.join(' ')} = ${exactNumber(sum)}`;
}

/** What is done with the numbers of a channel's window, a line a step, up to the stored level. */
export function workingsOf(
  { window, lines }: ChannelArithmetic,
  unrounded: number,
  top: number,
): readonly Working[] {
  const workings: Working[] = [];
  const weighted = window?.weighted ?? null;
  if (weighted !== null) {
    const { sum, divisor, offset, absolute } = weighted;
    const divided = sum / divisor;
    const shifted = divided + offset;
    workings.push({ label: 'Sum', text: exactNumber(sum) });
    const sign = offset < 0 ? '−' : '+';
    if (divisor !== 1)
      workings.push({
        label: 'Divided',
        text: `${exactNumber(sum)} ÷ ${exactNumber(divisor)} = ${exactNumber(divided)}`,
      });
    if (offset !== 0) {
      const text = `${exactNumber(divided)} ${sign} ${exactNumber(Math.abs(offset))} = ${exactNumber(shifted)}`;
      workings.push({ label: 'Offset', text });
    }
    if (absolute)
      workings.push({ label: 'Size', text: `|${exactNumber(shifted)}| = ${exactNumber(Math.abs(shifted))}` });
  }
  for (const { name, text, value } of lines) {
    const result = exactNumber(value);
    workings.push({ label: name ?? 'Result', text: text === result ? text : `${text} = ${result}` });
  }
  if (workings.length === 0) workings.push({ label: 'Result', text: exactNumber(unrounded) });
  const { rounded, clamped } = storingOf(unrounded, top);
  if (!Number.isInteger(unrounded)) workings.push({ label: 'Rounded', text: exactNumber(rounded) });
  if (clamped !== null) workings.push({ label: 'Clamped', text: `to ${clamped}` });
  return workings;
}
