/**
 * The contract between the page and the main process: every call once, with its types and its run-time check. Both shells
 * (Electron's IPC, the loopback server's WebSocket) speak exactly this, through the one gate in `gate.ts`.
 *
 * What crosses: commands, documents, and the names of frames. Pixels are fetched by name (resource paths below).
 *
 * Every call that changes what is to be seen carries the page's `generation`, a number that only grows. A frame event says the
 * newest generation it includes, so the page knows when the exact frame of its newest state has been drawn.
 */

import * as v from 'valibot';
import type { DocumentChange } from './document-change';
import { commandSchema } from './command-schema';
import { exportOptionsSchema, handle, identifier, type ExportOptions } from './common-schemas';
import { learningCalls, type LearningAnswers } from './learning-calls';
import { readingCalls, type ReadingAnswers } from './reading-calls';
import { replayCalls, type ReplayAnswers } from './replay-calls';
import type { Document, DocumentId, Source, StepId } from '../document/document';
import type { Command } from '../document/command';
import type { Reported } from '../operation/operation';
import type { Key } from '../plan/key';
import type { SentLook } from '../plan/held';
import type { Fault } from '../raster/fault';
import type { ChannelCount, Depth } from '../raster/raster';
import type { Rectangle, Size } from '../raster/rectangle';

const generation = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const coordinate = v.pipe(v.number(), v.finite(), v.minValue(-1e7), v.maxValue(1e7));
const entry = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** What part of the picture the page shows. */
export const viewSchema = v.strictObject({
  document: identifier,
  generation,
  /** Size of the canvas element in device pixels. */
  width: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16384)),
  height: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16384)),
  /** Device pixels a picture pixel. */
  zoom: v.pipe(v.number(), v.finite(), v.minValue(0.0005), v.maxValue(256)),
  /** The picture coordinates of the element's top left corner. */
  x: coordinate,
  y: coordinate,
  /** Frames wanted: the edited picture, the untouched one, or both (split). */
  show: v.picklist(['after', 'before', 'both']),
});
export type View = v.InferOutput<typeof viewSchema>;

const calls = {
  'app.hello': v.strictObject({}),
  /** Native dialog; only where `hello.nativeDialogs`. */
  'files.choose': v.strictObject({ several: v.boolean() }),
  'recents.open': v.strictObject({ recent: identifier }),
  'document.open': v.strictObject({ file: handle }),
  'document.close': v.strictObject({ document: identifier }),
  /**
   * Writes the document with its history as a project file. `as` asks where to; otherwise it goes to where it lies already. A
   * `small` one is a copy without the rendered parts: the document's own file stays the one that it was.
   */
  'document.save': v.strictObject({
    document: identifier,
    as: v.boolean(),
    small: v.optional(v.boolean()),
    /** The user knows that the file has changed on the disk, which otherwise is the fault `changed`. */
    overwrite: v.optional(v.boolean()),
  }),
  'document.cancelSave': v.strictObject({ document: identifier }),
  /** Decodes a file and makes it known, for a new layer or the second picture of a step. */
  'source.open': v.strictObject({ document: identifier, file: handle }),
  'edit.commit': v.strictObject({ document: identifier, generation, command: commandSchema }),
  /** `drawn`: the page draws the preview itself, and wants no frame before the hand rests. */
  'edit.preview': v.strictObject({
    document: identifier,
    generation,
    command: commandSchema,
    drawn: v.optional(v.boolean()),
  }),
  'edit.abandon': v.strictObject({ document: identifier, generation }),
  /** The step whose controls are on the page: what lies beneath it is made ready, and sent where that helps (`held.ready`). */
  'edit.hold': v.strictObject({ document: identifier, step: v.nullable(identifier) }),
  'history.undo': v.strictObject({ document: identifier, generation }),
  'history.redo': v.strictObject({ document: identifier, generation }),
  'history.goTo': v.strictObject({ document: identifier, generation, entry }),
  'view.set': viewSchema,
  /** Stops the work under way for a document; the next change starts it again. */
  'work.cancel': v.strictObject({ document: identifier }),
  ...readingCalls,
  'export.estimate': v.strictObject({ document: identifier, options: exportOptionsSchema }),
  'export.save': v.strictObject({ document: identifier, options: exportOptionsSchema }),
  'export.cancel': v.strictObject({ document: identifier }),
  ...replayCalls,
  ...learningCalls,
} as const;

/** The run-time check of every call's payload. */
export const callSchemas = calls;
export type CallName = keyof typeof calls;
export type Payload<N extends CallName> = v.InferOutput<(typeof calls)[N]>;

export interface Recent {
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Resource path of the thumbnail. */
  readonly thumbnail: string;
  /** Milliseconds since 1970. */
  readonly opened: number;
}

export interface Hello {
  readonly shell: 'electron' | 'browser';
  readonly version: string;
  readonly nativeDialogs: boolean;
  /** False for a second window on the same host: it may look, not edit; `reason` says why. */
  readonly writable: boolean;
  readonly reason: string;
  readonly documents: readonly DocumentState[];
  readonly recents: readonly Recent[];
  /** Files named on the command line, still being opened. */
  readonly opening: readonly string[];
  /** What there is to see of them already. */
  readonly openingFrames: readonly OpeningFrame[];
}

export interface HistoryEntry {
  readonly id: number;
  readonly text: string;
  readonly time: number;
  /** `later` entries follow the current one and are dimmed; `discarded` ones lie on another branch. */
  readonly state: 'done' | 'current' | 'later' | 'discarded';
}

/** All that the page knows of a document. */
export interface DocumentState {
  readonly document: Document;
  /** What it is called: as its project file, where it has one, else as its first picture. */
  readonly name: string;
  readonly history: readonly HistoryEntry[];
  /** It has changes that are in no project file. An export is a picture of it, not the work. */
  readonly dirty: boolean;
  /** What Undo and Redo will do, null where there is nothing. */
  readonly undo: string | null;
  readonly redo: string | null;
  /** Width and height of the picture after the canvas stack. */
  readonly size: Size;
  /** Constants that steps measured (OPERATIONS.md: "reported"), once known. */
  readonly reported: Readonly<Record<StepId, Reported>>;
  /** Grows with every change of this state. */
  readonly revision: number;
}

/**
 * Where a file went. A native dialog was used (`name` is the path's last part), or the bytes wait at the resource path
 * `download`. `name` null: the user cancelled.
 */
export interface Delivered {
  readonly name: string | null;
  readonly download: string | null;
  readonly bytes: number;
}

export interface Answers extends ReadingAnswers, ReplayAnswers, LearningAnswers {
  'app.hello': Hello;
  'files.choose': { readonly files: readonly { readonly handle: string; readonly name: string }[] };
  'recents.open': { readonly document: DocumentId };
  'document.open': { readonly document: DocumentId; readonly notices: readonly string[] };
  'document.close': Record<string, never>;
  'document.save': Delivered;
  'document.cancelSave': Record<string, never>;
  'source.open': { readonly source: Source; readonly notices: readonly string[] };
  'edit.commit': Record<string, never>;
  'edit.preview': Record<string, never>;
  'edit.abandon': Record<string, never>;
  'edit.hold': Record<string, never>;
  'history.undo': Record<string, never>;
  'history.redo': Record<string, never>;
  'history.goTo': Record<string, never>;
  'view.set': Record<string, never>;
  'work.cancel': Record<string, never>;
  'export.estimate': { readonly bytes: number; readonly share: number | null; readonly ms: number };
  'export.save': Delivered;
  'export.cancel': Record<string, never>;
}

/** A picture on its way to the canvas: its pixels are at `frames/KEY`, RGBA, 8 bit, straight alpha, row by row. */
export interface Frame {
  readonly document: DocumentId;
  readonly generation: number;
  readonly which: 'after' | 'before';
  readonly key: string;
  /** The picture is halved this many times. */
  readonly level: number;
  /** In pixels of that level; `width × height × 4` bytes. */
  readonly region: Rectangle;
  /** The whole picture's size at that level, and at full resolution. */
  readonly whole: Size;
  readonly full: Size;
  /** Computed from full resolution; otherwise it is a preview, marked "≈". */
  readonly exact: boolean;
  readonly revision: number;
  /** There is only the upper part yet of what is to be seen: a large file is being read, and more will come. Never exact. */
  readonly growing?: true;
}

/**
 * What lies beneath a step over which there are only tables: with it the page makes previews of that step itself. Its samples
 * are at `frames/KEY`, row by row, in the node's own layout and depth, 16-bit ones with the lower byte first.
 */
export interface Held {
  readonly document: DocumentId;
  readonly step: StepId;
  readonly key: string;
  /** The name of the node that the samples are a part of. */
  readonly node: Key;
  readonly channels: ChannelCount;
  readonly depth: Depth;
  readonly level: number;
  /** In pixels of that level. */
  readonly region: Rectangle;
  /** The whole picture's size at that level, and at full resolution. */
  readonly whole: Size;
  readonly full: Size;
  /** The measurements with which the graph is made. */
  readonly looked: readonly SentLook[];
}

/** A coarse picture of a file that is still being opened, by the file's name; never exact. */
export interface OpeningFrame extends Pick<Frame, 'key' | 'level' | 'region' | 'whole' | 'full'> {
  readonly name: string;
}

export interface Events {
  /** A document that is new to the page. */
  'document.changed': DocumentState;
  /** What became of one. Where it does not follow what the page knows, `app.hello` tells how it stands. */
  'document.edited': DocumentChange;
  'document.opening': { readonly name: string };
  'opening.frame': OpeningFrame;
  'document.opened': { readonly name: string; readonly document: DocumentId | null };
  'document.closed': { readonly document: DocumentId };
  'frame.ready': Frame;
  'held.ready': Held;
  /** Computing a frame went wrong, an alert says why: none will come for what was changed up to this generation. */
  'frame.failed': { readonly document: DocumentId; readonly generation: number };
  'recents.changed': readonly Recent[];
  /** `fraction` null: no end in sight yet. `label` empty: done. */
  progress: {
    readonly document: DocumentId | null;
    readonly label: string;
    readonly fraction: number | null;
    readonly cancellable: boolean;
  };
  alert: { readonly message: string; readonly remedy: string };
  notice: { readonly message: string };
  /** A menu command chosen in the native menu. */
  'menu.command': { readonly id: string };
  writable: { readonly writable: boolean; readonly reason: string };
}
export type EventName = keyof Events;
export type Event = { readonly [N in EventName]: { readonly event: N; readonly data: Events[N] } }[EventName];

/** What goes over a wire that has no calls of its own (WebSocket). */
export interface Request {
  readonly id: number;
  readonly call: string;
  readonly payload: unknown;
}
export type Reply<N extends CallName = CallName> =
  | { readonly id: number; readonly ok: true; readonly value: Answers[N] }
  | { readonly id: number; readonly ok: false; readonly fault: Fault };

/** One handler a call; a missing one does not compile. */
export type Handlers<Client> = {
  readonly [N in CallName]: (
    payload: Payload<N>,
    client: Client,
  ) => Promise<{ ok: true; value: Answers[N] } | { ok: false; fault: Fault }>;
};

/** What the page has of a chosen, dropped or pasted file: a Blob, by what this contract needs of one. */
export interface FileBytes {
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What the page uses, whichever shell it runs in. */
export interface Connection {
  call<N extends CallName>(
    name: N,
    payload: Payload<N>,
  ): Promise<{ ok: true; value: Answers[N] } | { ok: false; fault: Fault }>;
  /** Calls `listener` with every event until the returned function is called. */
  listen(listener: (event: Event) => void): () => void;
  /** The URL of a resource path (`frames/KEY`, `thumbnails/ID`, `samples/ID`, `downloads/ID`). */
  resource(path: string): string;
  /** Hands over the bytes of a file that came by chooser, drop or paste; the answer is a handle. */
  upload(
    file: FileBytes,
    name: string,
  ): Promise<{ ok: true; value: { readonly handle: string } } | { ok: false; fault: Fault }>;
}

export type { Command, ExportOptions };
