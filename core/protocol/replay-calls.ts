/**
 * Calls about an edit that goes elsewhere: to another picture as a recipe, to many files, out of the program as a Python script.
 *
 * A batch is led by the page: it begins one, hands over a file at a time (by a handle, in the browser shell by an upload just
 * before), and ends it. So no more files are at hand than are being worked on, and a page that is gone ends its batch.
 */

import * as v from 'valibot';
import type { StepId } from '../document/document';
import type { Application } from '../document/step-check';
import type { Kept } from '../operation/operation';
import { stepSchema } from './command-schema';
import { exportOptionsSchema, handle, identifier, shownText } from './common-schemas';
import { PICTURE_FORMATS } from './format-choices';

/** More files than this are split over machines by the command line's jobs file. */
export const MOST_FILES = 100_000;
const MOST_STEPS = 10_000;

const ids = v.pipe(v.array(identifier), v.maxLength(MOST_STEPS));

/** The chosen steps of a layer's stack and of the canvas. */
const chosenSteps = { document: identifier, layer: identifier, steps: ids } as const;
/** Whether measured numbers go along, or are measured anew on the picture that the steps come to. */
const keep = v.boolean();

export const batchOptionsSchema = v.strictObject({
  ...exportOptionsSchema.entries,
  /** `same`: each file's own, PNG where that cannot be written. */
  format: v.picklist(['same', ...PICTURE_FORMATS]),
});
export type BatchOptions = v.InferOutput<typeof batchOptionsSchema>;

export const replayCalls = {
  /** The text of the recipe's file. */
  'recipe.text': v.strictObject({ ...chosenSteps, keep }),
  'recipe.save': v.strictObject({ ...chosenSteps, keep, name: shownText }),
  /** What these steps measured, as numbers to keep. */
  'recipe.measured': v.strictObject(chosenSteps),
  /** Native dialog; only where `hello.nativeDialogs`. */
  'recipe.choose': v.strictObject({}),
  'recipe.read': v.strictObject({ file: handle }),
  /** Native dialogs; only where `hello.nativeDialogs`. The pictures of a folder, and a folder for results. */
  'batch.chooseInputs': v.strictObject({}),
  'batch.chooseTarget': v.strictObject({}),
  'batch.begin': v.strictObject({
    /** Second pictures are sources that are open. */
    steps: v.pipe(v.array(stepSchema), v.maxLength(MOST_STEPS)),
    /** `file` null: it is handed over when its turn comes. */
    inputs: v.pipe(
      v.array(v.strictObject({ name: shownText, file: v.nullable(handle) })),
      v.maxLength(MOST_FILES),
    ),
    options: batchOptionsSchema,
    /** The name of a result, as on the command line: `{name}-edited.{ext}`. */
    template: v.pipe(v.string(), v.maxLength(255)),
    /** A folder that `batch.chooseTarget` gave; null: the results come as one download. */
    folder: v.nullable(handle),
    replace: v.boolean(),
  }),
  'batch.file': v.strictObject({
    batch: identifier,
    index: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_FILES)),
    file: handle,
  }),
  /** Gives the download, where the results come as one. A batch that is ended early is cancelled. */
  'batch.end': v.strictObject({ batch: identifier }),
  'script.make': v.strictObject({ document: identifier }),
  'script.save': v.strictObject({ document: identifier }),
  /** Runs the script and compares its picture with the exact one. */
  'script.verify': v.strictObject({ document: identifier }),
  'script.cancel': v.strictObject({ document: identifier }),
} as const;

/** A file that was written by a native dialog, or waits at the resource path `download`. `name` null: the user cancelled. */
export interface Handed {
  readonly name: string | null;
  readonly download: string | null;
}

export interface FoundFile {
  readonly handle: string;
  readonly name: string;
}

export interface ScriptText {
  readonly text: string;
  /** As the file is named: `harbour.py`. */
  readonly name: string;
  /** Pictures that the script names by their file names alone, because nobody knows where they lie. */
  readonly nameless: readonly string[];
}

/** What a run of the script showed. */
export type ScriptVerdict =
  | {
      readonly kind: 'identical';
      readonly samples: number;
      /** By how much the result is off where Pillow decodes the files; null where it is not. */
      readonly decoding: { readonly samples: number; readonly largest: number } | null;
    }
  | {
      readonly kind: 'differs';
      readonly samples: number;
      readonly of: number;
      readonly largest: number;
      /** The form of the script's picture, where it is another one. */
      readonly form?: string;
    }
  | { readonly kind: 'unverified'; readonly reason: string };

export interface ReplayAnswers {
  'recipe.text': { readonly text: string };
  'recipe.save': Handed;
  'recipe.measured': { readonly measured: Readonly<Record<StepId, Kept>> };
  'recipe.choose': { readonly file: FoundFile | null };
  'recipe.read': { readonly name: string; readonly operations: readonly Application[] };
  'batch.chooseInputs': { readonly files: readonly FoundFile[] };
  'batch.chooseTarget': { readonly folder: FoundFile | null };
  'batch.begin': { readonly batch: string };
  'batch.file': { readonly name: string; readonly notices: readonly string[] };
  'batch.end': Handed;
  'script.make': ScriptText;
  'script.save': Handed;
  'script.verify': ScriptVerdict;
  'script.cancel': Record<string, never>;
}
