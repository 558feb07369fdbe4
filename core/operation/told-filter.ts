/**
 * What can be said of one pixel that a filter of frequencies made: what the filter kept of it and what it took away, to the last digit where the
 * unrounded numbers are at hand, until then as far as the stored level tells; and what the filter does to a frequency.
 */

import { bracketed, shortNumber, type FilledLine } from './formula/print';

export interface FilteredSample {
  /** Levels: what went in, and what is stored. */
  readonly before: number;
  readonly stored: number;
  /** What the frequencies that are kept add up to, unrounded and without the offset; null while that is not at hand. */
  readonly kept: number | null;
  /** In levels. */
  readonly offset: number;
  /** The highest level. */
  readonly top: number;
}

/** Unrounded result last. */
export function toldFilter(sample: FilteredSample): readonly FilledLine[] {
  const { before, kept, offset } = sample;
  if (kept === null) return [asStored(sample)];
  const removed = before - kept;
  const added = addedText(offset);
  return [
    { name: 'kept', text: 'Σ of all frequencies, each times H', value: kept },
    { name: 'removed', text: `${before} − ${bracketed(kept)}`, value: removed },
    { name: null, text: `${before} − ${bracketed(removed)}${added}`, value: kept + offset },
  ];
}

/** Of a large picture, while the unrounded numbers around the pixel are being worked out. */
function asStored({ stored, offset, top }: FilteredSample): FilledLine {
  const [from, to] = [stored - 0.5, stored + 0.5].map(shortNumber);
  const between =
    stored === 0 ? `below ${to}` : stored === top ? `at least ${from}` : `from ${from} up to ${to}`;
  const because = `the sum of all frequencies, each times H,${addedText(offset)} is ${between}; its digits follow while the pixel stays`;
  return { name: null, text: String(stored), value: stored, because };
}

function addedText(offset: number): string {
  return offset === 0 ? '' : ` ${offset < 0 ? '−' : '+'} ${shortNumber(Math.abs(offset))}`;
}
