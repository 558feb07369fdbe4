/**
 * What is seen by looking at whole pictures, remembered by their names: where it follows from what another picture showed it is not looked
 * at again, and what is counted while a picture is made for the screen is not made a second time to be counted.
 */

import type { Measurement } from '../../operation/operation';
import type { Key } from '../../plan/key';
import { asHistogram, withLooked, type Known, type Look, type Looked } from '../../plan/look';
import { lookThrough } from '../../plan/look-through';
import type { Node } from '../../plan/node';
import { lookKey, type Missing } from '../../plan/step-node';
import type { Program } from '../../plan/program';
import { colourChannelsOf } from '../../raster/raster';
import { sameRectangle, wholeOf, type Rectangle } from '../../raster/rectangle';
import type { Errand } from './errand';
import type { RenderRequest } from './render-request';
import { Seen } from './seen';

/** Makes as much of a node as is looked at, and looks at that. */
type LookAt = (node: Node, look: Look, errand: Errand) => Promise<Looked>;

export class Looks {
  readonly #seen = new Seen();
  readonly #lookAt: LookAt;

  constructor(lookAt: LookAt) {
    this.#lookAt = lookAt;
  }

  /** What has been seen, with a note of all that is asked for and found. */
  notedIn(used: Map<Key, Looked>): Known {
    return this.#seen.notedIn(used);
  }

  /** What has been seen already. */
  find(node: Node, look: Look): Looked | undefined {
    return this.#seen.get(lookKey(node, look));
  }

  clear(): void {
    this.#seen.clear();
  }

  /** What is seen by looking at a node. */
  async look({ node, look }: Missing, errand: Errand): Promise<Looked> {
    const known = this.find(node, look);
    if (known !== undefined) return known;
    const through = lookThrough(node, look);
    if (through !== null) return this.#remember(node, look, through.follow(await this.look(through, errand)));
    if (look !== 'histogramWithAlpha' || colourChannelsOf(node.shape) === 1)
      return this.#remember(node, look, await this.#lookAt(node, look, errand));
    // Whoever shows the one shows the other: making the picture twice would cost far more than counting twice.
    return this.#rememberBoth(node, await this.#lookAt(node, 'histogramWithLuma', errand));
  }

  /**
   * What has to be counted in a picture for its histograms; null where all is known, or follows from what is, and of an opened picture,
   * whose levels are made once for all that is seen of it.
   */
  missingCounts(node: Node): Measurement | null {
    if (node.kind === 'picture') return null;
    const colours = this.#isKnown(node, 'histogramWithAlpha');
    if (colourChannelsOf(node.shape) === 1) return colours ? null : 'histogramWithAlpha';
    if (!colours) return 'histogramWithLuma';
    return this.#isKnown(node, 'lumaHistogram') ? null : 'lumaHistogram';
  }

  /**
   * Counts an exact picture while `make` makes something of all of it: of the node that it is given, telling `saw` what is seen. Parts that
   * were there already, or that others made, are not counted: then nothing is known.
   */
  async counting<T>(
    node: Node,
    look: Measurement,
    make: (picture: Node, saw: (looked: Looked) => void) => Promise<T>,
  ): Promise<T> {
    const { key, shape } = node;
    let sum: Looked | null = null;
    const made = await make({ kind: 'looked', key, shape, step: null, look, input: node }, (looked) => {
      sum = withLooked(sum, looked);
    });
    if (sum !== null && asHistogram(sum).count === shape.width * shape.height) {
      if (look === 'histogramWithLuma') this.#rememberBoth(node, sum);
      else this.#remember(node, look, sum);
    }
    return made;
  }

  #remember(node: Node, look: Look, looked: Looked): Looked {
    return this.#seen.remember(lookKey(node, look), looked);
  }

  /** Counts of luma come after those of the channels. Answers the channels'. */
  #rememberBoth(node: Node, looked: Looked): Looked {
    const { bins, ...counted } = asHistogram(looked);
    const seen = (own: typeof bins): Looked => ({ kind: 'histogram', histogram: { ...counted, bins: own } });
    this.#remember(node, 'lumaHistogram', seen(bins.slice(-1)));
    return this.#remember(node, 'histogramWithAlpha', seen(bins.slice(0, -1)));
  }

  #isKnown(node: Node, look: Look): boolean {
    if (this.find(node, look) !== undefined) return true;
    const through = lookThrough(node, look);
    return through !== null && this.#isKnown(through.node, through.look);
  }
}

/** Whether all of an exact picture is seen, made of all its pixels, so that they may be counted on the way. */
export function countsWanted(
  { counts, exact, level, format }: RenderRequest,
  { shape, streams }: Program,
  region: Rectangle,
): boolean {
  if (counts !== true || !exact || level === 0 || format !== 'display' || streams) return false;
  return sameRectangle(region, wholeOf(shape));
}
