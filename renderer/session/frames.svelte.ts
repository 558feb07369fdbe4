/**
 * The frames of one document on the canvas: the edited picture, and the untouched one where it is shown. A frame that has
 * come is drawn at once, in the task in which it is complete; until then the one before stays, so nothing flickers.
 */

import type { Frame } from '../../core/protocol/contract';
import type { DrawnFrame, FrameStore } from './frame-store';
import type { FrameLoader } from './frame-loader';

export type Which = Frame['which'];

export class Frames {
  after = $state.raw<DrawnFrame | null>(null);
  before = $state.raw<DrawnFrame | null>(null);
  /** How often the edited picture became another one. The exact frame after a preview shows the same. */
  changes = $state(0);
  /** A frame of the whole picture in the same state, coarser perhaps: what panning uncovers until the new frame is there. */
  backing = $state.raw<DrawnFrame | null>(null);
  readonly #store: FrameStore;
  readonly #loader: Pick<FrameLoader, 'load'>;
  readonly #loading: Partial<Record<Which | 'backing', AbortController>> = {};
  readonly #drawn: (frame: Frame) => void;
  readonly #missing: () => void;

  /** `drawn` draws and takes note; `missing` is called when a frame could not be had. */
  constructor(
    store: FrameStore,
    loader: Pick<FrameLoader, 'load'>,
    drawn: (frame: Frame) => void,
    missing: () => void,
  ) {
    this.#store = store;
    this.#loader = loader;
    this.#drawn = drawn;
    this.#missing = missing;
  }

  /** Shows a frame as soon as its pixels are here: at once where they were on the canvas lately. */
  async receive(frame: Frame): Promise<void> {
    const slot = this.#isBackground(frame) ? 'backing' : frame.which;
    this.#loading[slot]?.abort();
    delete this.#loading[slot];
    const kept = this.#store.get(frame.key);
    if (kept) return this.#show({ frame, picture: kept });
    const abort = new AbortController();
    this.#loading[slot] = abort;
    try {
      const picture = await this.#loader.load(frame, abort.signal);
      this.#store.put(frame.key, picture);
      if (abort.signal.aborted) return;
      delete this.#loading[slot];
      this.#show({ frame, picture });
    } catch {
      // Aborted means overtaken. Anything else: the frame is gone, and asking again brings a new one.
      if (!abort.signal.aborted) this.#missing();
    }
  }

  /** It comes after the exact frame of the same state, to lie behind it. */
  #isBackground({ which, generation, exact }: Frame): boolean {
    const present = this[which]?.frame;
    return present?.generation === generation && present.exact && !exact;
  }

  /** Stands until the first frame of the document comes: what was seen of the picture while it was being opened. */
  begin(first: DrawnFrame): void {
    this.after ??= first;
    // It is of the whole picture.
    this.backing ??= first;
  }

  /** Shows a frame that was made in the page. */
  show(drawn: DrawnFrame): void {
    this.#loading[drawn.frame.which]?.abort();
    delete this.#loading[drawn.frame.which];
    this.#show(drawn);
  }

  #show(drawn: DrawnFrame): void {
    const { frame } = drawn;
    const present = this[frame.which]?.frame;
    const older = present && frame.generation < present.generation;
    const worse = this.#isBackground(frame);
    if (older) return;
    if (frame.which === 'after') {
      if (isWhole(frame)) this.backing = drawn;
      else if (this.backing?.frame.revision !== frame.revision) this.backing = null;
    }
    if (worse) return;
    if (frame.which === 'after' && !isExactOf(frame, present)) this.changes++;
    this[frame.which] = drawn;
    this.#drawn(frame);
  }
}

/** It shows exactly what a preview shows already. */
function isExactOf(frame: Frame, preview: Frame | undefined): boolean {
  if (preview === undefined || preview.exact || !frame.exact) return false;
  return frame.generation === preview.generation && frame.revision === preview.revision;
}

function isWhole({ region, whole }: Frame): boolean {
  return region.width === whole.width && region.height === whole.height;
}
