/** Reads pictures of a single step from the main process: what it meets, as levels, and what it would make with other values, to be drawn. */

import type { DocumentId, StackOwner, StepId } from '../../core/document/document';
import type { GivenValues } from '../../core/operation/parameter';
import { fail, succeed, type Result } from '../../core/raster/fault';
import { byteLength, sampleCount, samplesOver, type Region } from '../../core/raster/raster';
import type { Rectangle } from '../../core/raster/rectangle';
import type { FrameLoader } from './frame-loader';
import type { PageConnection } from './page-connection';

export interface StepPlace {
  readonly document: DocumentId;
  readonly owner: StackOwner;
  readonly step: StepId;
}

/** A picture to draw, `width` × `height` pixels. */
export interface Drawable {
  readonly image: CanvasImageSource;
  readonly width: number;
  readonly height: number;
}

const gone = fail('not-found', 'there is nothing of the picture here', 'choose another part');

export class StepPictures {
  readonly #connection: Pick<PageConnection, 'call'>;
  readonly #loader: Pick<FrameLoader, 'load' | 'samples'>;

  constructor(connection: Pick<PageConnection, 'call'>, loader: Pick<FrameLoader, 'load' | 'samples'>) {
    this.#connection = connection;
    this.#loader = loader;
  }

  /** The exact levels of a part of what the step meets, halved `level` times; of its luma where it works on that. */
  async input(place: StepPlace, level: number, region: Rectangle): Promise<Result<Region>> {
    const answer = await this.#connection.call('step.input', { ...place, level, region });
    if (!answer.ok) return answer;
    const { input } = answer.value;
    if (input === null) return gone;
    const { channels, depth } = input;
    const shape = { width: input.region.width, height: input.region.height, channels, depth };
    const { signal } = new AbortController();
    const buffer = await orNull(this.#loader.samples(input.key, byteLength(shape), signal));
    if (buffer === null) return lost;
    const data = samplesOver(buffer, depth, 0, sampleCount(shape));
    return succeed({ raster: { ...shape, data }, rectangle: input.region });
  }

  /** What the step would make with these values; exact at level 0, a preview below. */
  async trial(
    place: StepPlace,
    params: GivenValues,
    level: number,
    region: Rectangle,
  ): Promise<Result<Drawable>> {
    const answer = await this.#connection.call('step.trial', { ...place, params, level, region });
    if (!answer.ok) return answer;
    const { trial } = answer.value;
    if (trial === null) return gone;
    const picture = await orNull(this.#loader.load(trial, new AbortController().signal));
    if (picture === null) return lost;
    const { width, height } = trial.region;
    return succeed({ image: picture.image, width, height });
  }
}

const lost = fail('not-found', 'the picture did not arrive', 'change something to ask again');

/** What could not be fetched was thrown away meanwhile, or the line is down. */
async function orNull<T>(fetched: Promise<T>): Promise<T | null> {
  try {
    return await fetched;
  } catch {
    return null;
  }
}
