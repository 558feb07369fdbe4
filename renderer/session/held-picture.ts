/**
 * What lies beneath the step whose controls are open, kept in the page: while only tables lie over it, a preview of that step
 * is made here, in the task of the input event, and nothing has to cross. Its pixels are those that the main process would send.
 */

import type { Document } from '../../core/document/document';
import { drawTree, treeOver, type HeldSamples } from '../../core/plan/held-preview';
import { receivedLooks } from '../../core/plan/held';
import type { Frame, Held } from '../../core/protocol/contract';
import { byteLength, sampleCount, samplesOver, type Shape } from '../../core/raster/raster';
import type { DrawnFrame } from './frame-store';
import type { FrameLoader } from './frame-loader';

export class HeldPicture {
  readonly #loader: Pick<FrameLoader, 'samples'>;
  #held: Held | null = null;
  #samples: HeldSamples | null = null;
  #loading: AbortController | null = null;
  /** Drawn over by every preview: the next one is shown only after this one. */
  #surface: Surface | null = null;

  constructor(loader: Pick<FrameLoader, 'samples'>) {
    this.#loader = loader;
  }

  /** Fetches what the main process has made ready; what was here before goes. */
  async receive(held: Held): Promise<void> {
    if (held.key === this.#held?.key && (this.#samples !== null || this.#loading !== null)) return;
    this.forget();
    this.#held = held;
    const abort = new AbortController();
    this.#loading = abort;
    const { width, height } = held.region;
    const shape: Shape = { width, height, channels: held.channels, depth: held.depth };
    try {
      const buffer = await this.#loader.samples(held.key, byteLength(shape), abort.signal);
      const data = samplesOver(buffer, shape.depth, 0, sampleCount(shape));
      this.#samples = {
        node: held.node,
        level: held.level,
        region: { raster: { ...shape, data }, rectangle: held.region },
        known: receivedLooks(held.looked),
      };
    } catch {
      // Overtaken, or no longer there: previews come from the main process, as they do without it.
      if (this.#held === held) this.forget();
    } finally {
      if (this.#loading === abort) this.#loading = null;
    }
  }

  forget(): void {
    this.#loading?.abort();
    this.#loading = null;
    this.#held = null;
    this.#samples = null;
  }

  /** The picture of this document; null where it takes more than what is here. */
  frameOf(
    document: Document,
    stands: Pick<Frame, 'document' | 'generation' | 'revision'>,
  ): DrawnFrame | null {
    const held = this.#held;
    const samples = this.#samples;
    if (held === null || samples === null) return null;
    const tree = treeOver(document, samples);
    if (tree === null) return null;
    const { level, region, whole, full } = held;
    const { canvas, image } = this.#surfaceOf(region.width, region.height);
    drawTree(tree, samples, image.data);
    canvas.getContext('2d')?.putImageData(image, 0, 0);
    const frame = { ...stands, which: 'after', key: '', level, region, whole, full, exact: false } as const;
    return { frame, picture: { image: canvas, bytes: image.data.byteLength } };
  }

  #surfaceOf(width: number, height: number): Surface {
    const { image } = this.#surface ?? {};
    if (this.#surface === null || image?.width !== width || image.height !== height) {
      this.#surface = { canvas: new OffscreenCanvas(width, height), image: new ImageData(width, height) };
    }
    return this.#surface;
  }
}

interface Surface {
  readonly canvas: OffscreenCanvas;
  readonly image: ImageData;
}
