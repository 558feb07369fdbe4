/**
 * Searching commands by what is typed: an exact title comes first, then titles that begin with it, then words that do, then
 * whatever is like it. The order is the same every time, so fingers can learn it.
 */

import uFuzzy from '@leeoniya/ufuzzy';

/** What can be searched. */
export interface Findable {
  readonly title: string;
  readonly keywords?: readonly string[];
}

const fuzzy = new uFuzzy({ intraMode: 1 });

/** The items that fit, best first; all of them, as they stand, for an empty search. */
export function find<T extends Findable>(items: readonly T[], typed: string): readonly T[] {
  const wanted = plain(typed);
  if (wanted === '') return items;
  const like = likeness(
    items.map((item) => plain([item.title, ...(item.keywords ?? [])].join(' '))),
    wanted,
  );
  return items
    .map((item, at) => ({
      item,
      at,
      tier: tierOf(item, wanted) ?? (like.has(at) ? 5 : null),
      like: like.get(at) ?? 0,
    }))
    .filter(({ tier }) => tier !== null)
    .sort(
      (a, b) =>
        (a.tier ?? 0) - (b.tier ?? 0) ||
        lengthUnder(a.tier, a.item, b.item) ||
        a.like - b.like ||
        a.at - b.at,
    )
    .map(({ item }) => item);
}

/** Among titles that begin alike, the shorter is nearer to what was typed. */
function lengthUnder(tier: number | null, a: Findable, b: Findable): number {
  return tier === 1 ? a.title.length - b.title.length : 0;
}

function tierOf(item: Findable, wanted: string): number | null {
  const title = plain(item.title);
  if (title === wanted) return 0;
  if (title.startsWith(wanted)) return 1;
  if (title.includes(` ${wanted}`)) return 2;
  if (item.keywords?.some((word) => plain(word) === wanted)) return 3;
  if (title.includes(wanted) || item.keywords?.some((word) => plain(word).startsWith(wanted))) return 4;
  return null;
}

/** The place of everything that is like it, best first. */
function likeness(texts: string[], wanted: string): ReadonlyMap<number, number> {
  const [found, info, order] = fuzzy.search(texts, wanted);
  if (found === null) return new Map();
  const ranked = info === null || order === null ? found : order.map((at) => info.idx[at]);
  return new Map(ranked.map((at, place) => [at, place]));
}

/** Case and accents make no difference; nor does how two things are joined: "hue and saturation", "hue/saturation", "hue saturation". */
function plain(text: string): string {
  const simple = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim().replace(/\s+/g, ' ');
  return simple
    .replace(/ (?:and|&)(?= |$)|[/-]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
