/**
 * Weighted sums of shifted rows, the inner loops of convolution. A tap is a weight and how far its sample lies behind the
 * first of the window. Taps are added in groups, because reading and writing the sums costs as much as two taps.
 */

import type { Samples } from '../raster/raster';

export interface Taps {
  /** In samples. */
  readonly offsets: Int32Array;
  readonly weights: Float64Array;
  /** How many taps are added in one go, group by group; taps with weight 0 fill the last group. */
  readonly groups: readonly (3 | 5)[];
}

/** The taps with a weight, in the order given. */
export function tapsOf(weights: Float64Array, offsetOf: (index: number) => number): Taps {
  const kept = [...weights.keys()].filter((index) => weights[index] !== 0);
  const groups: (3 | 5)[] = [];
  let count = 0;
  while (count < kept.length) {
    const group = kept.length - count <= 3 ? 3 : 5;
    groups.push(group);
    count += group;
  }
  const offsets = new Int32Array(count);
  const values = new Float64Array(count);
  kept.forEach((index, tap) => {
    offsets[tap] = offsetOf(index);
    values[tap] = weights[index];
  });
  return { offsets, weights: values, groups };
}

/** `sums[i] = Σ weight · data[at + offset + i]` for whole numbers; the sums must fit 32 bits at every step. */
export function sumTapsInt32(sums: Int32Array, data: Samples | Int32Array, at: number, taps: Taps): void {
  sums.fill(0);
  let first = 0;
  for (const group of taps.groups) {
    if (group === 5) addFiveInt32(sums, data, at, taps, first);
    else addThreeInt32(sums, data, at, taps, first);
    first += group;
  }
}

/** The same in double precision, added in the order of the taps, so that the sum is that of the definition to the last bit. */
export function sumTaps(sums: Float64Array, data: Samples | Float64Array, at: number, taps: Taps): void {
  sums.fill(0);
  let first = 0;
  for (const group of taps.groups) {
    if (group === 5) addFive(sums, data, at, taps, first);
    else addThree(sums, data, at, taps, first);
    first += group;
  }
}

function addFiveInt32(
  sums: Int32Array,
  data: Samples | Int32Array,
  at: number,
  { offsets, weights }: Taps,
  tap: number,
): void {
  const count = sums.length;
  const a = at + offsets[tap];
  const b = at + offsets[tap + 1];
  const c = at + offsets[tap + 2];
  const d = at + offsets[tap + 3];
  const e = at + offsets[tap + 4];
  const ofA = weights[tap] | 0;
  const ofB = weights[tap + 1] | 0;
  const ofC = weights[tap + 2] | 0;
  const ofD = weights[tap + 3] | 0;
  const ofE = weights[tap + 4] | 0;
  for (let i = 0; i < count; i++) {
    let sum = (sums[i] + Math.imul(ofA, data[a + i])) | 0;
    sum = (sum + Math.imul(ofB, data[b + i])) | 0;
    sum = (sum + Math.imul(ofC, data[c + i])) | 0;
    sum = (sum + Math.imul(ofD, data[d + i])) | 0;
    sums[i] = (sum + Math.imul(ofE, data[e + i])) | 0;
  }
}

function addThreeInt32(
  sums: Int32Array,
  data: Samples | Int32Array,
  at: number,
  { offsets, weights }: Taps,
  tap: number,
): void {
  const count = sums.length;
  const a = at + offsets[tap];
  const b = at + offsets[tap + 1];
  const c = at + offsets[tap + 2];
  const ofA = weights[tap] | 0;
  const ofB = weights[tap + 1] | 0;
  const ofC = weights[tap + 2] | 0;
  for (let i = 0; i < count; i++) {
    let sum = (sums[i] + Math.imul(ofA, data[a + i])) | 0;
    sum = (sum + Math.imul(ofB, data[b + i])) | 0;
    sums[i] = (sum + Math.imul(ofC, data[c + i])) | 0;
  }
}

function addFive(
  sums: Float64Array,
  data: Samples | Float64Array,
  at: number,
  { offsets, weights }: Taps,
  tap: number,
): void {
  const count = sums.length;
  const a = at + offsets[tap];
  const b = at + offsets[tap + 1];
  const c = at + offsets[tap + 2];
  const d = at + offsets[tap + 3];
  const e = at + offsets[tap + 4];
  const ofA = weights[tap];
  const ofB = weights[tap + 1];
  const ofC = weights[tap + 2];
  const ofD = weights[tap + 3];
  const ofE = weights[tap + 4];
  for (let i = 0; i < count; i++) {
    let sum = sums[i] + ofA * data[a + i];
    sum += ofB * data[b + i];
    sum += ofC * data[c + i];
    sum += ofD * data[d + i];
    sums[i] = sum + ofE * data[e + i];
  }
}

function addThree(
  sums: Float64Array,
  data: Samples | Float64Array,
  at: number,
  { offsets, weights }: Taps,
  tap: number,
): void {
  const count = sums.length;
  const a = at + offsets[tap];
  const b = at + offsets[tap + 1];
  const c = at + offsets[tap + 2];
  const ofA = weights[tap];
  const ofB = weights[tap + 1];
  const ofC = weights[tap + 2];
  for (let i = 0; i < count; i++) {
    let sum = sums[i] + ofA * data[a + i];
    sum += ofB * data[b + i];
    sums[i] = sum + ofC * data[c + i];
  }
}
