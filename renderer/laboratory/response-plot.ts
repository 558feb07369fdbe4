/** Where frequencies and gains stand in the plots of a frequency response. */

import { gainAt, type LyingKernel } from '../../core/derive/frequency-response';
import { decimalText } from '../../core/raster/number-text';

/** A frequency across and one down, in cycles a pixel. */
export interface Frequency {
  readonly u: number;
  readonly v: number;
}

/** What one arrow key moves a frequency by. */
export const FREQUENCY_STEP = 1 / 64;

export function limitedFrequency({ u, v }: Frequency): Frequency {
  const within = (value: number): number => Math.min(0.5, Math.max(-0.5, value));
  return { u: within(u), v: within(v) };
}

/** A gain in as many digits as can be compared. */
export function gainText(gain: number): string {
  return String(Number(gain.toPrecision(4)));
}

/** A frequency in cycles a pixel. */
export function signedText(cycles: number): string {
  return decimalText(cycles, 3);
}

/** The length of a wave of so many cycles a pixel, in words. */
export function periodText(cycles: number): string {
  if (cycles === 0) return 'constant';
  const pixels = Math.abs(1 / cycles);
  return `${Number(pixels.toPrecision(3))} px`;
}

/** A point for each of `count` frequencies along one axis through a frequency; x and y from 0 to 1, y upwards. */
export function profile(
  kernel: LyingKernel,
  axis: 'u' | 'v',
  through: Frequency,
  largest: number,
  count: number,
): readonly (readonly [x: number, y: number])[] {
  return Array.from({ length: count }, (_, at) => {
    const x = at / (count - 1);
    const [u, v] = axis === 'u' ? [x - 0.5, through.v] : [through.u, x - 0.5];
    return [x, gainAt(kernel, u, v) / largest] as const;
  });
}

/** A round number at least as large: the end of an axis. */
export function roundedUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const found = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * power >= value * (1 - 1e-9));
  return (found ?? 10) * power;
}
