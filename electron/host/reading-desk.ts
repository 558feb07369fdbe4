/** Answers what pages ask about the samples of the picture that they show. */

import { explainPixel } from '../../core/node/pixels/pixel-story';
import type { Engine } from '../../core/node/engine/engine';
import { readSpectrum, type SpectrumChannel } from '../../core/node/pixels/read-spectrum';
import { readHistogram } from '../../core/node/pixels/read-histogram';
import { stepPlanes } from '../../core/node/pixels/step-planes';
import { standingStep } from '../../core/node/pixels/step-stage';
import { readProfile } from '../../core/node/pixels/read-profile';
import { stepInput, stepTrial, type StepPicture, type StepWish } from '../../core/node/pixels/step-pictures';
import { stepTransfer } from '../../core/node/pixels/step-transfer';
import { withoutStacks, type Document, type StackOwner, type StepId } from '../../core/document/document';
import { canvasShape } from '../../core/document/stack-check';
import type { Line } from '../../core/derive/line-profile';
import type { Pixel } from '../../core/derive/pixel-story';
import { shownStory } from '../../core/derive/shown-story';
import type { PictureAt, PixelBlock, ReadingAnswers } from '../../core/protocol/reading-calls';
import { resultOf, succeed, type Result } from '../../core/raster/fault';
import { intersect, isEmpty, wholeOf, type Rectangle } from '../../core/raster/rectangle';
import type { SelectedArea } from '../../core/raster/selection';
import type { GivenValues } from '../../core/operation/parameter';
import type { Client } from './client';
import type { DocumentSession } from './document-session';
import type { FrameShelf } from './frame-shelf';
import { Newest } from './newest';

interface StepPlace {
  readonly owner: StackOwner;
  readonly step: StepId;
}

export class ReadingDesk {
  readonly #engine: Pick<Engine, 'render' | 'look' | 'seen'>;
  readonly #shelf: FrameShelf;
  /** By the page that asked. */
  readonly #spectra = new Newest<object>();
  readonly #awaited = new Newest<object>();

  /** Pictures for pages to fetch are put on the shelf. */
  constructor(engine: Pick<Engine, 'render' | 'look' | 'seen'>, shelf: FrameShelf) {
    this.#engine = engine;
    this.#shelf = shelf;
  }

  /** The stored levels of the exact picture, the draft included; null outside it. */
  async read({ shown }: DocumentSession, { x, y }: Pixel): Promise<Result<ReadingAnswers['pixel.read']>> {
    const shape = canvasShape(shown);
    if (!shape.ok) return shape;
    const { channels, depth } = shape.value;
    const read = await this.#part(shown, { x, y, width: 1, height: 1 });
    if (!read.ok) return read;
    if (read.value === null) return succeed({ levels: null, channels, depth });
    return succeed({ levels: read.value.levels, channels: read.value.channels, depth: read.value.depth });
  }

  /** The stored levels of what lies in the picture of a rectangle, the draft included. */
  async readBlock(
    { shown }: DocumentSession,
    { which, x, y, width, height }: Rectangle & { readonly which: 'after' | 'before' },
  ): Promise<Result<ReadingAnswers['pixels.read']>> {
    const document = which === 'after' ? shown : withoutStacks(shown);
    const read = await this.#part(document, { x, y, width, height });
    return read.ok ? succeed({ block: read.value }) : read;
  }

  async #part(document: Document, wanted: Rectangle): Promise<Result<PixelBlock | null>> {
    const shape = canvasShape(document);
    if (!shape.ok) return shape;
    const region = intersect(wanted, wholeOf(shape.value));
    if (isEmpty(region)) return succeed(null);
    const rendered = await this.#engine.render({ document, level: 0, exact: true, region, format: 'export' });
    if (!rendered.ok) return rendered;
    const { channels, depth, data } = rendered.value.raster;
    return succeed({ ...region, channels, depth, levels: [...data] });
  }

  /** The exact histograms of the picture, the draft included, or of the untouched one; of a selection where there is one. */
  histogram(
    page: Client,
    session: DocumentSession,
    { which, selection }: { readonly which: 'after' | 'before'; readonly selection: SelectedArea | null },
  ): Promise<Result<ReadingAnswers['histogram.read']>> {
    return resultOf(async () => {
      // Those of all that is shown are counted with the exact frame.
      if (which === 'after' && selection === null) await session.counted(page);
      const document = which === 'after' ? session.shown : withoutStacks(session.shown);
      return { histogram: await readHistogram({ engine: this.#engine }, document, selection) };
    });
  }

  /** The stored levels along a line, the draft included; null where an end lies outside the picture. */
  async profile(
    { shown }: DocumentSession,
    { which, ...line }: Line & { readonly which: 'after' | 'before' },
  ): Promise<Result<ReadingAnswers['profile.read']>> {
    const document = which === 'after' ? shown : withoutStacks(shown);
    const shape = canvasShape(document);
    if (!shape.ok) return shape;
    if (!isInside(line.from, shape.value) || !isInside(line.to, shape.value))
      return succeed({ profile: null });
    return resultOf(async () => ({ profile: await readProfile({ engine: this.#engine }, document, line) }));
  }

  /** The transfer curve of a step, the draft included. */
  transfer(
    { shown }: DocumentSession,
    { owner, step }: StepPlace,
  ): Promise<Result<ReadingAnswers['step.transfer']>> {
    return resultOf(async () => ({
      transfer: await stepTransfer({ engine: this.#engine }, shown, owner, step),
    }));
  }

  /**
   * The frequencies of what a step meets, or of the picture, the draft included. A newer question of the page, or its word that it
   * does not want to know any more, ends this one: a refusal.
   */
  spectrum(
    page: object,
    { shown }: DocumentSession,
    { channel, step: place }: { readonly channel: SpectrumChannel; readonly step: StepPlace | null },
  ): Promise<Result<ReadingAnswers['spectrum.read']>> {
    const read = async (signal: AbortSignal): Promise<ReadingAnswers['spectrum.read']> => {
      const scene = { engine: this.#engine, signal };
      if (place === null) return { spectrum: await readSpectrum(scene, shown, channel) };
      const standing = await standingStep(scene, shown, place.owner, place.step);
      if (standing === null) return { spectrum: null };
      const met = standing.scene.after(standing.stage.beneath);
      return { spectrum: await readSpectrum(scene, met, channel) };
    };
    return this.#spectra.alone(page, (signal) => resultOf(() => read(signal)));
  }

  cancelSpectrum(page: object): void {
    this.#spectra.cancel(page);
  }

  /** The exact histograms of what a step meets, the draft included. */
  stepHistogram(
    { shown }: DocumentSession,
    { owner, step }: StepPlace,
  ): Promise<Result<ReadingAnswers['step.histogram']>> {
    const scene = { engine: this.#engine };
    return resultOf(async () => {
      const standing = await standingStep(scene, shown, owner, step);
      if (standing === null) return { histogram: null };
      return { histogram: await readHistogram(scene, standing.scene.after(standing.stage.beneath)) };
    });
  }

  /** The bit planes of what a step meets, the draft included. */
  planes(
    { shown }: DocumentSession,
    { owner, step }: StepPlace,
  ): Promise<Result<ReadingAnswers['step.planes']>> {
    return resultOf(async () => ({
      planes: await stepPlanes({ engine: this.#engine }, shown, owner, step),
    }));
  }

  /** The levels that a step meets, the draft included. */
  input({ shown }: DocumentSession, wish: StepWish): Promise<Result<ReadingAnswers['step.input']>> {
    return resultOf(async () => {
      const made = await stepInput({ engine: this.#engine }, shown, wish);
      if (made === null) return { input: null };
      const { channels, depth } = made.raster;
      return { input: { ...this.#shelve('levels', made, wish.level), channels, depth } };
    });
  }

  /** What a step would make with other values, the rest as it is, the draft included. */
  trial(
    { shown }: DocumentSession,
    { params, ...wish }: StepWish & { readonly params: GivenValues },
  ): Promise<Result<ReadingAnswers['step.trial']>> {
    return resultOf(async () => {
      const made = await stepTrial({ engine: this.#engine }, shown, wish, params);
      return { trial: made === null ? null : this.#shelve('trial', made, wish.level) };
    });
  }

  #shelve(kind: string, made: StepPicture, level: number): PictureAt {
    const { raster, region, whole } = made;
    const key = `${kind}-${made.key}`;
    const kept = { level, region, whole, full: whole, exact: level === 0, reported: {}, pixels: raster.data };
    this.#shelf.put(key, { key, ...kept });
    return { key, region, whole };
  }

  /** How a pixel of the exact picture came about, the draft included, as far as that is soon told; null outside it. */
  async explain({ shown }: DocumentSession, pixel: Pixel): Promise<Result<ReadingAnswers['pixel.explain']>> {
    const shape = canvasShape(shown);
    if (!shape.ok) return shape;
    if (!isInside(pixel, shape.value)) return succeed({ story: null });
    const scene = { engine: this.#engine, known: this.#engine, brief: true };
    return resultOf(async () => ({ story: shownStory(await explainPixel(scene, shown, pixel)) }));
  }

  /** Makes known what takes long in the story of a pixel. A newer question of the page ends this one: a refusal. */
  awaited(
    page: object,
    { shown }: DocumentSession,
    pixel: Pixel,
  ): Promise<Result<ReadingAnswers['pixel.await']>> {
    return this.#awaited.alone(page, (signal) =>
      resultOf(async () => {
        await explainPixel({ engine: this.#engine, signal, brief: true }, shown, pixel);
        return {};
      }),
    );
  }
}

function isInside(
  { x, y }: Pixel,
  { width, height }: { readonly width: number; readonly height: number },
): boolean {
  return x >= 0 && y >= 0 && x < width && y < height;
}
