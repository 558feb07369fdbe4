/**
 * A command makes one document from another. It carries every id and the time, so that replaying a log is exact.
 * One file per noun in `commands/` says how each is reduced and how it is told in the history.
 */

import type { BlendMode } from '../colour/blend-mode';
import type { Kept } from '../operation/operation';
import type { GivenValues } from '../operation/parameter';
import type { Depth } from '../raster/raster';
import type { Size } from '../raster/rectangle';
import type { DocumentId, Layer, LayerId, Source, StackOwner, Step, StepChannels, StepId } from './document';
import type { Mask } from './mask';

/** Milliseconds since 1970, UTC. */
export type Time = number;

export type LayerCommand =
  | {
      readonly type: 'layer.add';
      readonly time: Time;
      readonly layer: LayerId;
      readonly source: Source;
      readonly name: string;
      readonly index: number;
    }
  | {
      readonly type: 'layer.duplicate';
      readonly time: Time;
      readonly layer: LayerId;
      readonly copy: LayerId;
      readonly steps: readonly StepId[];
    }
  | { readonly type: 'layer.remove'; readonly time: Time; readonly layer: LayerId }
  | { readonly type: 'layer.move'; readonly time: Time; readonly layer: LayerId; readonly index: number }
  | { readonly type: 'layer.rename'; readonly time: Time; readonly layer: LayerId; readonly name: string }
  | { readonly type: 'layer.show'; readonly time: Time; readonly layer: LayerId; readonly visible: boolean }
  | { readonly type: 'layer.opacity'; readonly time: Time; readonly layer: LayerId; readonly opacity: number }
  | { readonly type: 'layer.mode'; readonly time: Time; readonly layer: LayerId; readonly mode: BlendMode };

/** `step.set` names the parameters that change; the others stay. `source` is a picture that the document did not know before. */
export type StackCommand =
  | {
      readonly type: 'step.add';
      readonly time: Time;
      readonly owner: StackOwner;
      readonly step: Step;
      readonly index: number;
      readonly source?: Source;
    }
  | { readonly type: 'step.remove'; readonly time: Time; readonly owner: StackOwner; readonly step: StepId }
  | {
      readonly type: 'step.move';
      readonly time: Time;
      readonly owner: StackOwner;
      readonly step: StepId;
      readonly index: number;
    }
  | {
      readonly type: 'step.set';
      readonly time: Time;
      readonly owner: StackOwner;
      readonly step: StepId;
      readonly params: GivenValues;
      readonly source?: Source;
    }
  | {
      readonly type: 'step.enable';
      readonly time: Time;
      readonly owner: StackOwner;
      readonly step: StepId;
      readonly enabled: boolean;
    }
  | {
      readonly type: 'step.limit';
      readonly time: Time;
      readonly owner: StackOwner;
      readonly step: StepId;
      readonly channels?: StepChannels;
      readonly opacity?: number;
      readonly mask?: Mask | null;
    }
  /** Keeps measured numbers, or has them measured again. */
  | {
      readonly type: 'step.keep';
      readonly time: Time;
      readonly owner: StackOwner;
      readonly step: StepId;
      readonly measured: Kept | null;
    }
  /** Several steps at once, in one entry of the history. `name` is the recipe's, empty where it has none. */
  | {
      readonly type: 'recipe.apply';
      readonly time: Time;
      readonly owner: StackOwner;
      readonly name: string;
      readonly steps: readonly Step[];
      readonly index: number;
      readonly sources: readonly Source[];
    };

export type DocumentCommand = { readonly type: 'document.depth'; readonly time: Time; readonly depth: Depth };

/** What a picture with several layers opens as. */
export interface OpenedLayers {
  /** Of its file. */
  readonly name: string;
  readonly frame: Size;
  readonly depth: Depth;
  /** From the bottom up. */
  readonly layers: readonly Layer[];
  /** Their pictures. */
  readonly sources: readonly Source[];
}

/**
 * What a log begins with. It is no `Command`, because it makes a document from a picture and not from a document; so the page
 * cannot send it.
 */
export interface Opening {
  readonly type: 'document.open';
  readonly time: Time;
  readonly document: DocumentId;
  readonly layer: LayerId;
  readonly source: Source;
  /** Present where the file has layers of its own; `layer` and `source` are those of the lowest. */
  readonly layered?: OpenedLayers;
}

export type Command = LayerCommand | StackCommand | DocumentCommand;
export type CommandType = Command['type'];
