/** A worker thread: evaluates programs for rectangles of shared memory until it is ended. */

import { parentPort, workerData } from 'node:worker_threads';
import { evaluate, withEvaluated, type Leaves } from '../../plan/evaluate';
import { spectrumOf } from '../../kernels/spectrum';
import { isSelected, needsWhole, withLooked, type Look, type Looked } from '../../plan/look';
import { wholeOperation } from '../../plan/registered';
import type { Node } from '../../plan/node';
import { isOpaque } from '../../kernels/extremes';
import { measure } from '../../operation/measure';
import { measureSelected } from '../../operation/measure-selected';
import {
  byteLength,
  sampleCount,
  samplesOver,
  type Raster,
  type Region,
  type Shape,
} from '../../raster/raster';
import type { Rectangle } from '../../raster/rectangle';
import { Cancelled, type Signal } from '../../raster/signal';
import type { FromWorker, Part, Place, SharedRegion, ToWorker } from './messages';
import { RowsFile } from './rows-file';
import { startKernels, type ThreadKernels } from './kernel-module';
import { collectGarbage } from './shared-garbage';

if (parentPort === null) throw new Error('this file runs as a worker thread');
const port = parentPort;
const pictures = new Map<string, Raster>();
const files = new Map<string, RowsFile>();
const programs = new Map<number, Node>();
let flags: Int32Array = new Int32Array(1);
let counters: Int32Array = new Int32Array(1);
let urgencies: Int32Array = new Int32Array(1);
let own = 0;
const pool = startKernels(workerData as ThreadKernels | null);

function regionOf({ rectangle, shape, place }: SharedRegion): Region {
  return { rectangle, raster: rasterAt(shape, place) };
}

function rasterAt(shape: Shape, { buffer, byteOffset }: Place): Raster {
  const memory = buffer ?? pool?.to(byteOffset + byteLength(shape));
  if (memory === undefined) throw new Error('this thread has no pool');
  return { ...shape, data: samplesOver(memory, shape.depth, byteOffset, sampleCount(shape)) };
}

function look(root: Node, kind: Look, rectangle: Rectangle, leaves: Leaves, signal: Signal): Looked {
  return withEvaluated(root, rectangle, leaves, signal, ({ raster }) => {
    if (needsWhole(kind)) {
      if ('spectrum' in kind)
        return { kind: 'spectrum', spectrum: spectrumOf(raster, kind.spectrum, signal) };
      const { values } = kind;
      const operation = wholeOperation(kind.study);
      const study =
        kind.detail === undefined
          ? operation.study?.(values, raster, signal)
          : operation.detail?.of(values, raster, kind.detail, signal);
      if (study === undefined) throw new Error(`${kind.study} needs no study`);
      return { kind: 'study', study };
    }
    if (isSelected(kind)) return measureSelected(kind.counted, raster, rectangle, kind.area);
    return kind === 'opaque' ? { kind, opaque: isOpaque(raster) } : measure(kind, raster);
  });
}

type Job = Extract<ToWorker, { readonly type: 'job' }>;

function runPart(root: Node, { output, leaves }: Part, signal: Signal): Looked | null {
  const tiles = leaves.map((regions) => regions.map(regionOf));
  let seen: Looked | null = null;
  const found: Leaves = {
    saw: (measured) => (seen = withLooked(seen, measured)),
    picture: (source) => {
      const picture = pictures.get(source);
      if (picture === undefined) throw new Error(`picture ${source} is not known here`);
      return picture;
    },
    read: (source, region) => {
      const rows = files.get(source);
      rows?.read(region);
      return rows !== undefined;
    },
    stored: (slot) => tiles[slot],
  };
  if ('look' in output) return look(root, output.look, output.rectangle, found, signal);
  evaluate(root, regionOf(output), found, signal);
  return seen;
}

/** Takes part after part, until there is none left or something more urgent waits. */
function runJob(message: Job): FromWorker {
  const { job, program, root: given, dropped, flag, priority, counter, parts } = message;
  for (const old of dropped) programs.delete(old);
  if (given !== null) programs.set(program, given);
  const root = programs.get(program);
  if (root === undefined) throw new Error(`program ${program} is not known here`);
  const signal: Signal = {
    get aborted() {
      return Atomics.load(flags, flag) !== 0;
    },
  };
  const done: number[] = [];
  let looked: Looked | null = null;
  while (Atomics.load(urgencies, own) >= priority) {
    const next = counter === null ? done.length : Atomics.add(counters, counter, 1);
    if (next >= parts.length) break;
    looked = withLooked(looked, runPart(root, parts[next], signal));
    done.push(next);
  }
  return { job, outcome: 'done', done, looked };
}

port.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'begin':
      flags = new Int32Array(message.flags);
      counters = new Int32Array(message.counters);
      urgencies = new Int32Array(message.urgencies);
      own = message.own;
      return;
    case 'picture':
      pictures.set(message.source, rasterAt(message.shape, message.place));
      return;
    case 'rows':
      files.set(message.source, new RowsFile(message));
      return;
    case 'dropPicture':
      files.get(message.source)?.close();
      files.delete(message.source);
      pictures.delete(message.source);
      return;
    case 'collect':
      collectGarbage();
      return;
    case 'job': {
      let answer: FromWorker;
      try {
        answer = runJob(message);
      } catch (error) {
        answer =
          error instanceof Cancelled
            ? { job: message.job, outcome: 'cancelled' }
            : {
                job: message.job,
                outcome: 'failed',
                error: error instanceof Error ? (error.stack ?? error.message) : String(error),
              };
      }
      port.postMessage(answer);
    }
  }
});
