/** "Did you mean …?": the known name that a misspelt one most likely stands for. */

import { distance } from 'fastest-levenshtein';

/** The nearest of `names`, letter case aside; null where none is near enough to be what was meant. */
export function nearestName(word: string, names: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  let best: string | null = null;
  let fewest = Infinity;
  for (const name of names) {
    const edits = distance(wanted, name.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      best = name;
    }
  }
  // A third of the letters may be wrong, in short words one.
  const allowed = Math.max(1, Math.ceil(wanted.length / 3));
  return fewest <= allowed ? best : null;
}
