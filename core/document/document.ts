/**
 * A document is a value: layers, each with a stack of operations, each an id and parameter values. A few kilobytes, no pixels.
 * Nothing in it is ever mutated; commands make one document from another.
 */

import type { BlendMode } from '../colour/blend-mode';
import type { Kept } from '../operation/operation';
import type { GivenValues } from '../operation/parameter';
import type { ChannelCount, Depth, Shape } from '../raster/raster';
import type { Size } from '../raster/rectangle';
import type { Mask } from './mask';

/** A string that says what it names; the mark exists for the compiler alone. */
type Branded<Name extends string> = string & { readonly __names?: Name };

/** SHA-256 of the file's bytes, in hexadecimal: a source is named by what it is. */
export type SourceId = Branded<'SourceId'>;
export type DocumentId = Branded<'DocumentId'>;
export type LayerId = Branded<'LayerId'>;
export type StepId = Branded<'StepId'>;

/** An opened picture, without its pixels. */
export interface Source extends Shape {
  readonly id: SourceId;
  /** File name without folders. */
  readonly name: string;
  /** "JPEG", "PNG", … */
  readonly format: string;
  /** Description of the embedded colour profile, null where there was none. Pixels are sRGB already. */
  readonly profile: string | null;
}

/** Limits what a step does (OPERATIONS.md 2.6). */
export type StepChannels = 'rgb' | 'r' | 'g' | 'b' | 'luma';
export const STEP_CHANNELS: readonly StepChannels[] = ['rgb', 'r', 'g', 'b', 'luma'];

/** One operation in a stack. */
export interface Step {
  readonly id: StepId;
  /** Id of an operation, as in OPERATIONS.md. */
  readonly operation: string;
  /** Values as given; defaults may be left out. */
  readonly params: GivenValues;
  readonly enabled: boolean;
  readonly channels: StepChannels;
  /** 0 … 1. */
  readonly opacity: number;
  /** Where it shows; null for everywhere. */
  readonly mask: Mask | null;
  /** Numbers that are used instead of being measured; null where they are measured on the picture that the step meets. */
  readonly measured: Kept | null;
}

/** What a step says besides its operation and values, unless something else is said. */
export const PLAIN_STEP = {
  enabled: true,
  channels: 'rgb',
  opacity: 1,
  mask: null,
  measured: null,
} as const satisfies Partial<Step>;

/** Whether channels, opacity or a mask hold the step back. */
export function isLimited({ channels, opacity, mask }: Pick<Step, 'channels' | 'opacity' | 'mask'>): boolean {
  return channels !== 'rgb' || opacity !== 1 || mask !== null;
}

export interface Layer {
  readonly id: LayerId;
  readonly name: string;
  readonly source: SourceId;
  readonly visible: boolean;
  /** 0 … 1. */
  readonly opacity: number;
  readonly mode: BlendMode;
  /** In order of application. */
  readonly stack: readonly Step[];
}

export interface Document {
  readonly id: DocumentId;
  /** The first picture's file name. */
  readonly name: string;
  readonly depth: Depth;
  /** Layout of the first picture; the composite is RGB as soon as one visible layer has colour (OPERATIONS.md 11.1). */
  readonly channels: ChannelCount;
  /** Every picture that a layer or a blend step of this document ever used. */
  readonly sources: Readonly<Record<SourceId, Source>>;
  /**
   * The canvas below its own stack. Null while a single layer's result *is* the canvas (OPERATIONS.md 12a); fixed at that result's
   * size when a second layer comes, so that nothing jumps; null again when one layer is left.
   */
  readonly frame: Size | null;
  /** From the bottom up. */
  readonly layers: readonly Layer[];
  /** Operations on the composite, above all layers (OPERATIONS.md 12a). */
  readonly canvas: readonly Step[];
}

/** Where a step lives. */
export type StackOwner = LayerId | 'canvas';

export function layerOf(document: Document, id: LayerId): Layer | undefined {
  return document.layers.find((layer) => layer.id === id);
}

export function stackOf(document: Document, owner: StackOwner): readonly Step[] {
  return owner === 'canvas' ? document.canvas : (layerOf(document, owner)?.stack ?? []);
}

/** The picture as it was opened: every layer, nothing applied. */
export function withoutStacks(document: Document): Document {
  return { ...document, canvas: [], layers: document.layers.map((layer) => ({ ...layer, stack: [] })) };
}
