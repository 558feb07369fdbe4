/** Thresholds found in a histogram of one bin a level (OPERATIONS.md 6.4). A picture of one level has that level. */

export type ThresholdMethod = 'otsu' | 'li' | 'triangle' | 'mean';

/** In levels; what is greater is light. The histogram holds at least one sample. */
export function thresholdOf(method: ThresholdMethod, bins: Float64Array): number {
  const lowest = bins.findIndex((count) => count > 0);
  const highest = bins.findLastIndex((count) => count > 0);
  if (lowest === highest) return lowest;
  switch (method) {
    case 'otsu':
      return otsu(bins, highest);
    case 'li':
      return lowest + li(bins.subarray(lowest, highest + 1));
    case 'triangle':
      return lowest + triangle(bins.subarray(lowest, highest + 1));
    case 'mean':
      return meanOf(bins, 0, bins.length);
  }
}

/** The mean level of bins `from` … before `to`, 0 where they are empty. */
function meanOf(bins: Float64Array, from: number, to: number): number {
  let count = 0;
  let sum = 0;
  for (let level = from; level < to; level++) {
    count += bins[level];
    sum += bins[level] * level;
  }
  return count === 0 ? 0 : sum / count;
}

/** The smallest level that makes the variance between the two classes greatest. */
function otsu(bins: Float64Array, highest: number): number {
  const all = bins.reduce((sum, count) => sum + count, 0);
  const total = bins.reduce((sum, count, level) => sum + count * level, 0);
  let best = 0;
  let threshold = 0;
  let dark = 0;
  let sum = 0;
  for (let level = 0; level < highest; level++) {
    dark += bins[level];
    sum += bins[level] * level;
    if (dark === 0) continue;
    const light = all - dark;
    const variance = dark * light * (sum / dark - (total - sum) / light) ** 2;
    if (variance > best) {
      best = variance;
      threshold = level;
    }
  }
  return threshold;
}

/** Least cross-entropy, approached until it moves by half a level at most; the first bin is level 0. */
function li(bins: Float64Array): number {
  let threshold = meanOf(bins, 0, bins.length);
  for (;;) {
    const above = Math.floor(threshold) + 1;
    const light = meanOf(bins, above, bins.length);
    const dark = meanOf(bins, 0, above);
    const next = (dark - light) / (Math.log(dark) - Math.log(light));
    const change = Math.abs(next - threshold);
    threshold = next;
    if (change <= 0.5) return threshold;
  }
}

/** The bin farthest below the line from the histogram's longer end to its peak. */
function triangle(bins: Float64Array): number {
  const last = bins.length - 1;
  const first = bins.indexOf(bins.reduce((most, count) => Math.max(most, count), 0));
  const mirrored = first < last - first;
  const counts = mirrored ? bins.toReversed() : bins;
  const peak = mirrored ? last - first : first;
  let best = -Infinity;
  let threshold = 0;
  for (let x = 0; x < peak; x++) {
    const distance = counts[peak] * x - peak * counts[x];
    if (distance > best) {
      best = distance;
      threshold = x;
    }
  }
  return mirrored ? last - threshold : threshold;
}
