/**
 * What the window remembers for itself: sizes of panels, and the choices of the export dialog for each format. Kept in the
 * browser's own store; whatever lies there that does not fit is passed over.
 */

import { LESSON_PANELS, type LessonPanel } from '../../core/derive/lesson/lesson';
import { FORMAT_CHOICES, PICTURE_FORMATS, SUBSAMPLINGS } from '../../core/protocol/format-choices';
import type { ExportOptions } from '../../core/protocol/contract';
import { THEMES, type Theme } from '../theme/theme';

/** What one works with: the column at the window's edge. */
export const EDITING_PANELS = ['Layers', 'Stack', 'Properties', 'History'] as const;
/** What shows how the picture comes about: a column of its own, which is there while one of them is open. */
export const MATHEMATICS_PANELS = ['Histogram', 'Profile', 'Formula', 'Pixels', 'Fourier'] as const;
export type PanelName = (typeof EDITING_PANELS)[number] | (typeof MATHEMATICS_PANELS)[number];
export const PANELS: readonly PanelName[] = [...EDITING_PANELS, ...MATHEMATICS_PANELS];

export interface PanelShape {
  readonly open: boolean;
  /** Its part of the column's height, beside the parts of the other open panels. */
  readonly share: number;
}

/** A page of a lesson, on a document that is open. */
export interface LessonPlace {
  readonly lesson: string;
  readonly document: string;
  readonly page: number;
  /** Of the panels that lessons open and close, those that were open before this one. */
  readonly openBefore: readonly LessonPanel[];
}

export type Format = ExportOptions['format'];
export const FORMATS: readonly Format[] = [...PICTURE_FORMATS, 'ora'];

/** What is chosen for one format. */
export interface ExportChoice {
  readonly quality: number;
  readonly metadata: NonNullable<ExportOptions['metadata']>;
  readonly profile: NonNullable<ExportOptions['profile']>;
  /** Null: the usual one. */
  readonly effort: number | null;
  readonly lossless: boolean;
  /** Null: the usual one at that quality. */
  readonly subsampling: (typeof SUBSAMPLINGS)[number] | null;
}

export const NARROWEST = 256;
export const WIDEST = 480;
export const FLATTEST_LESSON = 144;
export const TALLEST_LESSON = 480;
const KEY = 'burnish.preferences';

/** The width nearest to this one that a column of panels may have. */
export function panelWidthNear(width: number): number {
  return Math.min(WIDEST, Math.max(NARROWEST, width));
}

/** The height nearest to this one that a lesson may take. */
export function lessonHeightNear(height: number): number {
  return Math.min(TALLEST_LESSON, Math.max(FLATTEST_LESSON, height));
}

const usualPanels: Readonly<Record<PanelName, PanelShape>> = {
  Layers: { open: true, share: 18 },
  Stack: { open: true, share: 20 },
  Properties: { open: true, share: 42 },
  History: { open: true, share: 20 },
  Histogram: { open: false, share: 54 },
  Profile: { open: false, share: 44 },
  Formula: { open: true, share: 48 },
  Pixels: { open: true, share: 36 },
  Fourier: { open: false, share: 60 },
};

const usualChoice = {
  metadata: 'all',
  profile: 'srgb',
  effort: null,
  lossless: false,
  subsampling: null,
} as const;

export class Preferences {
  panelWidth = $state(304);
  mathematicsWidth = $state(288);
  panels = $state.raw(usualPanels);
  panelsHidden = $state(false);
  format = $state<Format>('jpeg');
  #theme = $state<Theme>('dark');
  /** What the lesson under way takes of the window, in CSS pixels. */
  lessonHeight = $state(252);
  /** Ids of lessons whose task was done. */
  lessonsDone = $state.raw<readonly string[]>([]);
  /** The page that is being read, so that loading the window anew does not lose the place. */
  lessonPlace = $state.raw<LessonPlace | null>(null);
  #choices = $state.raw<Readonly<Partial<Record<Format, ExportChoice>>>>({});
  readonly #store: Pick<Storage, 'getItem' | 'setItem'> | null;

  constructor(store: Pick<Storage, 'getItem' | 'setItem'> | null) {
    this.#store = store;
    this.#read();
  }

  get theme(): Theme {
    return this.#theme;
  }

  set theme(theme: Theme) {
    this.#theme = theme;
    this.keep();
  }

  setPanel(name: PanelName, change: Partial<PanelShape>): void {
    this.panels = { ...this.panels, [name]: { ...this.panels[name], ...change } };
    this.keep();
  }

  /** What the columns that are to be seen take of the window. */
  get columnsWidth(): number {
    const mathematics = MATHEMATICS_PANELS.some((name) => this.panels[name].open);
    return this.panelWidth + (mathematics ? this.mathematicsWidth : 0);
  }

  /** Makes a panel be seen. */
  reveal(name: PanelName): void {
    this.panelsHidden = false;
    if (!this.panels[name].open) this.setPanel(name, { open: true });
  }

  setLessonDone(lesson: string): void {
    if (this.lessonsDone.includes(lesson)) return;
    this.lessonsDone = [...this.lessonsDone, lesson];
    this.keep();
  }

  setLessonPlace(place: LessonPlace | null): void {
    this.lessonPlace = place;
    this.keep();
  }

  /** No lesson is under way any more: the panels are as they were before it. */
  leaveLesson(): void {
    const place = this.lessonPlace;
    this.setLessonPlace(null);
    if (place === null) return;
    for (const name of LESSON_PANELS) this.setPanel(name, { open: place.openBefore.includes(name) });
  }

  /** Of the panels that lessons open and close, those that are open. */
  get openLessonPanels(): readonly LessonPanel[] {
    return LESSON_PANELS.filter((name) => this.panels[name].open);
  }

  choiceFor(format: Format): ExportChoice {
    return this.#choices[format] ?? { ...usualChoice, quality: FORMAT_CHOICES[format].quality ?? 90 };
  }

  setChoice(format: Format, change: Partial<ExportChoice>): void {
    this.#choices = { ...this.#choices, [format]: { ...this.choiceFor(format), ...change } };
    this.keep();
  }

  /** Writes everything down. */
  keep(): void {
    const { panelWidth, mathematicsWidth, lessonHeight } = this;
    const { panels, format, theme, lessonsDone, lessonPlace } = this;
    try {
      const sizes = { panelWidth, mathematicsWidth, lessonHeight };
      const kept = { ...sizes, panels, format, theme, lessonsDone, lessonPlace, choices: this.#choices };
      this.#store?.setItem(KEY, JSON.stringify(kept));
    } catch {
      // A full or forbidden store costs the memory of sizes, nothing else.
    }
  }

  #read(): void {
    const kept = fieldsOf(parsed(this.#store));
    if (typeof kept.panelWidth === 'number') this.panelWidth = panelWidthNear(kept.panelWidth);
    if (typeof kept.mathematicsWidth === 'number')
      this.mathematicsWidth = panelWidthNear(kept.mathematicsWidth);
    if (typeof kept.lessonHeight === 'number') this.lessonHeight = lessonHeightNear(kept.lessonHeight);
    if (Array.isArray(kept.lessonsDone))
      this.lessonsDone = kept.lessonsDone.filter((lesson) => typeof lesson === 'string');
    this.lessonPlace = lessonPlaceFrom(kept.lessonPlace);
    const panels = fieldsOf(kept.panels);
    for (const name of PANELS) {
      const { open, share } = fieldsOf(panels[name]);
      if (typeof open === 'boolean' && typeof share === 'number' && share > 0) {
        this.panels = { ...this.panels, [name]: { open, share } };
      }
    }
    this.format = FORMATS.find((format) => format === kept.format) ?? this.format;
    this.#theme = THEMES.find((theme) => theme === kept.theme) ?? this.#theme;
    const choices = fieldsOf(kept.choices);
    for (const format of FORMATS) {
      const choice = exportChoice(choices[format]);
      if (choice) this.#choices = { ...this.#choices, [format]: choice };
    }
  }
}

function parsed(store: Pick<Storage, 'getItem'> | null): unknown {
  try {
    return JSON.parse(store?.getItem(KEY) ?? 'null');
  } catch {
    return null;
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function lessonPlaceFrom(value: unknown): LessonPlace | null {
  const { lesson, document, page, openBefore } = fieldsOf(value);
  const wasOpen = (name: LessonPanel): boolean =>
    Array.isArray(openBefore) ? openBefore.includes(name) : usualPanels[name].open;
  const isPage = typeof page === 'number' && Number.isInteger(page) && page >= 0;
  return typeof lesson === 'string' && typeof document === 'string' && isPage
    ? { lesson, document, page, openBefore: LESSON_PANELS.filter(wasOpen) }
    : null;
}

export const METADATA = ['all', 'all+gps', 'copyright', 'none'] as const;
export const PROFILES = ['srgb', 'keep', 'none'] as const;

function exportChoice(value: unknown): ExportChoice | null {
  const { quality, metadata, profile, effort, lossless, subsampling } = fieldsOf(value);
  const knownMetadata = METADATA.find((each) => each === metadata);
  const knownProfile = PROFILES.find((each) => each === profile);
  if (typeof quality !== 'number' || !(quality >= 1 && quality <= 100) || !knownMetadata || !knownProfile)
    return null;
  return {
    quality: Math.round(quality),
    metadata: knownMetadata,
    profile: knownProfile,
    effort: typeof effort === 'number' && effort >= 0 && effort <= 9 ? Math.round(effort) : null,
    lossless: lossless === true,
    subsampling: SUBSAMPLINGS.find((each) => each === subsampling) ?? null,
  };
}
