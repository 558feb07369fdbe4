/**
 * The run-time check of commands that cross the process line. What passes has exactly the form of `Command`: no field is
 * missing or added, every number is finite, every text and list bounded, every id one that a host could have given. Whether
 * it makes sense for a document (the layer exists, the value is in its range) is for `reduce` to say.
 */

import * as v from 'valibot';
import { BLEND_MODES } from '../colour/blend-mode';
import { LONGEST_NAME } from '../document/change';
import type { Command, OpenedLayers, Opening } from '../document/command';
import type {
  DocumentId,
  Layer,
  LayerId,
  Source,
  SourceId,
  StackOwner,
  Step,
  StepId,
} from '../document/document';
import { STEP_CHANNELS } from '../document/document';
import { isPlainObject, jsonProblem, type JsonLimits } from '../document/json';
import type { LogRecord } from '../document/log-records';
import { isMask, type Mask } from '../document/mask';
import { isKept } from '../operation/kept';
import type { Kept } from '../operation/operation';
import type { GivenValues } from '../operation/parameter';

/** A recipe of a few dozen steps with 101 × 101 kernels fits; a message that is meant to exhaust memory does not. */
const LIMITS: JsonLimits = { depth: 12, values: 500_000, text: 4096 };

const MOST_STEPS = 10_000;
const MOST_LAYERS = 100_000;
const LARGEST_SIDE = 1_000_000;

const IDENTIFIER = /^[A-Za-z0-9_-]{1,64}$/;
const SHA_256 = /^[0-9a-f]{64}$/;

function identifier<Id extends string>() {
  return v.custom<Id>((value) => typeof value === 'string' && IDENTIFIER.test(value), 'expected an id');
}

const layerId = identifier<LayerId>();
const stepId = identifier<StepId>();
const documentId = identifier<DocumentId>();
const owner = identifier<StackOwner>();
const sourceId = v.custom<SourceId>(
  (value) => typeof value === 'string' && SHA_256.test(value),
  'expected a SHA-256',
);

const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const index = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_LAYERS));
const opacity = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const name = v.pipe(v.string(), v.maxLength(LONGEST_NAME));
const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LARGEST_SIDE));
const depth = v.picklist([8, 16]);
const channels = v.picklist(STEP_CHANNELS);
const mask = v.nullable(v.custom<Mask>(isMask, 'expected a mask'));
const measured = v.nullable(v.custom<Kept>(isKept, 'expected measured numbers'));
const given = v.custom<GivenValues>(isPlainObject, 'expected an object of parameters');

function listOf<const Item extends v.GenericSchema>(item: Item) {
  return v.pipe(v.array(item), v.maxLength(MOST_STEPS), v.readonly());
}

export const sourceSchema = v.pipe(
  v.strictObject({
    id: sourceId,
    name: v.pipe(v.string(), v.maxLength(1024)),
    format: v.pipe(v.string(), v.maxLength(32)),
    profile: v.nullable(v.pipe(v.string(), v.maxLength(1024))),
    width: side,
    height: side,
    channels: v.picklist([1, 2, 3, 4]),
    depth,
  }),
  v.readonly(),
) satisfies v.GenericSchema<unknown, Source>;

export const stepSchema = v.pipe(
  v.strictObject({
    id: stepId,
    operation: v.pipe(v.string(), v.regex(IDENTIFIER)),
    params: given,
    enabled: v.boolean(),
    channels,
    opacity,
    // Steps of older histories have neither.
    mask: v.exactOptional(mask, null),
    measured: v.exactOptional(measured, null),
  }),
  v.readonly(),
) satisfies v.GenericSchema<unknown, Step>;

const layerCommands = [
  v.strictObject({ type: v.literal('layer.add'), time, layer: layerId, source: sourceSchema, name, index }),
  v.strictObject({
    type: v.literal('layer.duplicate'),
    time,
    layer: layerId,
    copy: layerId,
    steps: listOf(stepId),
  }),
  v.strictObject({ type: v.literal('layer.remove'), time, layer: layerId }),
  v.strictObject({ type: v.literal('layer.move'), time, layer: layerId, index }),
  v.strictObject({ type: v.literal('layer.rename'), time, layer: layerId, name }),
  v.strictObject({ type: v.literal('layer.show'), time, layer: layerId, visible: v.boolean() }),
  v.strictObject({ type: v.literal('layer.opacity'), time, layer: layerId, opacity }),
  v.strictObject({ type: v.literal('layer.mode'), time, layer: layerId, mode: v.picklist(BLEND_MODES) }),
] as const;

const stackCommands = [
  v.strictObject({
    type: v.literal('step.add'),
    time,
    owner,
    step: stepSchema,
    index,
    source: v.exactOptional(sourceSchema),
  }),
  v.strictObject({ type: v.literal('step.remove'), time, owner, step: stepId }),
  v.strictObject({ type: v.literal('step.move'), time, owner, step: stepId, index }),
  v.strictObject({
    type: v.literal('step.set'),
    time,
    owner,
    step: stepId,
    params: given,
    source: v.exactOptional(sourceSchema),
  }),
  v.strictObject({ type: v.literal('step.enable'), time, owner, step: stepId, enabled: v.boolean() }),
  v.strictObject({
    type: v.literal('step.limit'),
    time,
    owner,
    step: stepId,
    channels: v.exactOptional(channels),
    opacity: v.exactOptional(opacity),
    mask: v.exactOptional(mask),
  }),
  v.strictObject({ type: v.literal('step.keep'), time, owner, step: stepId, measured }),
  v.strictObject({
    type: v.literal('recipe.apply'),
    time,
    owner,
    name,
    steps: listOf(stepSchema),
    index,
    sources: listOf(sourceSchema),
  }),
] as const;

const documentCommands = [v.strictObject({ type: v.literal('document.depth'), time, depth })] as const;

/** Refuses what is not plain JSON within the limits, before anything looks at its fields. */
const plainJson = v.rawCheck<unknown>(({ dataset, addIssue }) => {
  const problem = dataset.typed ? jsonProblem(dataset.value, LIMITS) : null;
  if (problem !== null)
    addIssue({ message: `${problem.path === '' ? '' : `${problem.path}: `}${problem.message}` });
});

export const commandSchema = v.pipe(
  v.unknown(),
  plainJson,
  v.variant('type', [...layerCommands, ...stackCommands, ...documentCommands]),
  v.readonly(),
) satisfies v.GenericSchema<unknown, Command>;

const layerSchema = v.pipe(
  v.strictObject({
    id: layerId,
    name,
    source: sourceId,
    visible: v.boolean(),
    opacity,
    mode: v.picklist(BLEND_MODES),
    stack: listOf(stepSchema),
  }),
  v.readonly(),
) satisfies v.GenericSchema<unknown, Layer>;

const layeredSchema = v.pipe(
  v.strictObject({
    name: v.pipe(v.string(), v.maxLength(1024)),
    frame: v.pipe(v.strictObject({ width: side, height: side }), v.readonly()),
    depth,
    layers: v.pipe(listOf(layerSchema), v.minLength(1)),
    sources: listOf(sourceSchema),
  }),
  v.readonly(),
) satisfies v.GenericSchema<unknown, OpenedLayers>;

export const openingSchema = v.pipe(
  v.unknown(),
  plainJson,
  v.strictObject({
    type: v.literal('document.open'),
    time,
    document: documentId,
    layer: layerId,
    source: sourceSchema,
    layered: v.exactOptional(layeredSchema),
  }),
  v.readonly(),
) satisfies v.GenericSchema<unknown, Opening>;

const entryId = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const told = v.pipe(v.string(), v.maxLength(LIMITS.text));

/** One line of a journal or of a project's history. */
export const logRecordSchema = v.union([
  v.pipe(
    v.strictObject({
      entry: entryId,
      parent: v.nullable(entryId),
      joined: v.exactOptional(v.literal(true)),
      text: told,
      action: told,
      command: v.union([commandSchema, openingSchema]),
    }),
    v.readonly(),
  ),
  v.pipe(v.strictObject({ current: entryId, tip: entryId }), v.readonly()),
]) satisfies v.GenericSchema<unknown, LogRecord>;
