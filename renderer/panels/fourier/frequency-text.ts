/** A frequency and its strength, in words and numbers. */

import type { Frequency, SpectrumView } from '../../../core/derive/spectrum-view';
import { decimalText } from '../../../core/raster/number-text';

/** Where it lies: "(0.1250, −0.2500) cycles/px, a wave of 3.578 px". */
export function placeText({ x, y }: Frequency): string {
  const distance = Math.hypot(x, y);
  const wave = distance === 0 ? 'the sum of all levels' : `a wave of ${waveText(1 / distance)}\u00a0px`;
  return `(${signed(x)}, ${signed(y)}) cycles/px, ${wave}`;
}

/** How strong it is: "|F| = 3,691.2, ln(1 + |F|) = 8.2139". */
export function strengthText({ magnitude }: Frequency): string {
  const logarithm = Math.log1p(magnitude).toFixed(4);
  return `|F|\u00a0=\u00a0${grouping.format(magnitude)}, ln(1\u00a0+\u00a0|F|)\u00a0=\u00a0${logarithm}`;
}

/** Of how many it stands for. */
export function cellText({ among }: Frequency): string {
  return among === 1
    ? 'The only frequency of its cell.'
    : `The strongest of ${among} frequencies in its cell.`;
}

/** All of it in a sentence, for who hears it. */
export function frequencyText(frequency: Frequency): string {
  return `${placeText(frequency)}: ${strengthText(frequency)}. ${cellText(frequency)}`;
}

/** To four figures: "2.828", "6000". */
function waveText(length: number): string {
  return length >= 1000 ? length.toFixed(0) : String(Number(length.toPrecision(4)));
}

function signed(value: number): string {
  return decimalText(value, 4);
}

const grouping = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** What is shown, and how it was made. */
export function spectrumNote({ width, height, frequencies, whole, tiles, strongest }: SpectrumView): string {
  const range = '−0.5 to 0.5 cycles per pixel';
  const size = `${frequencies.width}\u00a0×\u00a0${frequencies.height}`;
  if (!whole) {
    return `≈ ln(1 + |F|), the root of the mean power of ${tiles} tiles of ${size} pixels at full resolution, ${range}.`;
  }
  const what = 'ln(1 + |F|) of the discrete Fourier transform of the whole picture';
  if (strongest === null) return `${what}, ${range}.`;
  const cells = `${width}\u00a0×\u00a0${height}`;
  return `${what}: ${size} frequencies in ${cells} cells, each as bright as its strongest; ${range}.`;
}
