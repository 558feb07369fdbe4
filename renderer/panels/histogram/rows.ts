/** The table beneath the histogram: what the counts say, a row a statistic and a column a channel, to read and to copy. Pure. */

import {
  levelStatistics,
  shareBetween,
  type LevelStatistics,
} from '../../../core/derive/histogram-statistics';
import type { SelectedArea } from '../../../core/raster/selection';
import { areaText } from '../../session/selection.svelte';
import { percent, type LevelRange, type PlotChannel } from './plot';

export interface StatisticsRow {
  readonly name: string;
  /** A number a channel, in full. */
  readonly values: readonly number[];
  /** As they are shown. */
  readonly cells: readonly string[];
}

const STATISTICS: readonly (readonly [
  name: string,
  value: (all: LevelStatistics) => number,
  show: (value: number) => string,
])[] = [
  ['Mean', ({ mean }) => mean, (value) => value.toFixed(2)],
  ['Deviation', ({ deviation }) => deviation, (value) => value.toFixed(2)],
  ['Minimum', ({ smallest }) => smallest, String],
  ['Median', ({ median }) => median, String],
  ['Maximum', ({ largest }) => largest, String],
  ['Entropy, bits', ({ entropy }) => entropy, (value) => value.toFixed(2)],
  ['Clipped low %', ({ black }) => black, percent],
  ['Clipped high %', ({ white }) => white, percent],
];

/** `range` null: no row for the share of a range. */
export function statisticsRows(
  channels: readonly PlotChannel[],
  range: LevelRange | null,
): readonly StatisticsRow[] {
  const all = channels.map(({ counts }) => levelStatistics(counts));
  const rows = STATISTICS.map(([name, value, show]): StatisticsRow => {
    const values = all.map(value);
    return { name, values, cells: values.map(show) };
  });
  if (range === null) return rows;
  const shares = channels.map(({ counts }) => shareBetween(counts, range.from, range.to));
  return [...rows, { name: `${range.from}–${range.to} %`, values: shares, cells: shares.map(percent) }];
}

/** What was counted. */
export interface Counted {
  readonly picture: string;
  /** Null: the whole picture. */
  readonly area: SelectedArea | null;
  readonly pixels: number;
}

/**
 * As text with tabs, which spreadsheets take: what was counted, then the table, with numbers in full; shares in percent, as the names of
 * their rows say.
 */
export function statisticsText(
  { picture, area, pixels }: Counted,
  channels: readonly PlotChannel[],
  rows: readonly StatisticsRow[],
): string {
  const lines = [
    ['Picture', picture],
    ['Counted', area === null ? 'Whole picture' : areaText(area)],
    ['Pixels', String(pixels)],
    ['Statistic', ...channels.map(({ name }) => name)],
    ...rows.map(({ name, values }) => [
      name,
      ...values.map((value) => String(name.endsWith('%') ? value * 100 : value)),
    ]),
  ];
  return `${lines.map((line) => line.map(plain).join('\t')).join('\n')}\n`;
}

/** A name may hold anything; a tab in it would move the columns. */
function plain(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ');
}
