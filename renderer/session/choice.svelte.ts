/** Which layer and which operation the panels speak of. It belongs to the page alone: choosing is no step of the history. */

import {
  layerOf,
  stackOf,
  type Document,
  type Layer,
  type LayerId,
  type StackOwner,
  type Step,
  type StepId,
} from '../../core/document/document';

/** A step with the stack it stands in. */
export interface ChosenStep {
  readonly owner: StackOwner;
  readonly stack: readonly Step[];
  readonly step: Step;
}

export class Choice {
  readonly #document: () => Document;
  /** The layer whose name is being typed. */
  renaming = $state<LayerId | null>(null);
  #layer = $state<LayerId | null>(null);
  #step = $state.raw<{ readonly owner: StackOwner; readonly step: StepId } | null>(null);

  /** The chosen layer, else the top one. */
  readonly layer: Layer | null = $derived.by(() => {
    const document = this.#document();
    return (
      (this.#layer === null ? undefined : layerOf(document, this.#layer)) ?? document.layers.at(-1) ?? null
    );
  });

  /** The operation whose values are shown; null where none is chosen or it is gone (an undo brings it back). */
  readonly step: ChosenStep | null = $derived.by(() => {
    const chosen = this.#step;
    if (chosen === null) return null;
    const stack = stackOf(this.#document(), chosen.owner);
    const step = stack.find(({ id }) => id === chosen.step);
    return step ? { owner: chosen.owner, stack, step } : null;
  });

  constructor(document: () => Document) {
    this.#document = document;
  }

  chooseLayer(layer: LayerId): void {
    this.#layer = layer;
    if (this.#step?.owner !== layer) this.#step = null;
  }

  chooseStep(owner: StackOwner, step: StepId): void {
    if (owner !== 'canvas') this.#layer = owner;
    this.#step = { owner, step };
  }
}
