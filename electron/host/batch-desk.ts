/**
 * "Apply to files": many pictures through one list of steps. The page begins a batch, hands over a file at a time and ends it;
 * what goes wrong with a file is that file's answer and stops no other. Results go into a folder of the user's choice, each
 * whole or not at all, or, in the browser shell, into one archive that grows on disk.
 */

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Step } from '../../core/document/document';
import { faultOf } from '../../core/document/stack-check';
import { checkStep, stepSources } from '../../core/document/step-check';
import type { Source, SourceId } from '../../core/document/document';
import type { Codec, EncodedFile } from '../../core/node/codec/codec';
import type { Engine } from '../../core/node/engine/engine';
import { targetFault, writeAtomically } from '../../core/node/files/atomic-write';
import { systemCode, writingFault } from '../../core/node/files/system-fault';
import { editedStrips } from '../../core/node/jobs/edited';
import { Pictures, type OpenPicture } from '../../core/node/jobs/pictures';
import { startZip, type ZipFile } from '../../core/node/files/zip-file';
import type { Payload } from '../../core/protocol/contract';
import type { Handed, ReplayAnswers } from '../../core/protocol/replay-calls';
import { fail, succeed, type Fault, type Result } from '../../core/raster/fault';
import { Cancelled } from '../../core/raster/signal';
import { planBatch, type BatchPlan } from './batch-plan';
import type { Client } from './client';
import { makeProcessFolder } from './data-folder';
import type { Downloads } from './downloads';
import type { FileContent, Files } from './files';
import type { Sources } from './sources';

/** Files of one batch that are worked on at a time; a page asks for two. */
const MOST_AT_ONCE = 4;
/** What the archive of results is called. */
const ARCHIVE = 'burnish-results.zip';

export interface BatchParts {
  readonly codec: Pick<Codec, 'decode' | 'regions' | 'mayStay' | 'encodeToFile' | 'keep'>;
  readonly engine: Pick<Engine, 'strips' | 'addSource' | 'addFile' | 'dropSource'>;
  readonly files: Files;
  readonly sources: Sources;
  readonly downloads: Downloads;
  /** Archives grow below it. */
  readonly folder: string;
}

interface Batch {
  readonly id: string;
  readonly client: Client;
  readonly steps: readonly Step[];
  readonly seconds: ReadonlyMap<SourceId, Source>;
  readonly plan: BatchPlan;
  readonly stop: AbortController;
  readonly running: Set<Promise<unknown>>;
  readonly begun: Set<number>;
  /** Made with the first result; null where results are files of their own. */
  zip: Promise<ZipFile> | null;
}

export class BatchDesk {
  readonly #parts: BatchParts;
  readonly #pictures: Pictures;
  readonly #folder: string;
  readonly #batches = new Map<string, Batch>();

  constructor(parts: BatchParts) {
    this.#parts = parts;
    this.#pictures = new Pictures(parts.codec, parts.engine);
    this.#folder = makeProcessFolder(join(parts.folder, 'results'));
  }

  /** Refuses what would be wrong for every file, before any is touched. */
  async begin(given: Payload<'batch.begin'>, client: Client): Promise<Result<ReplayAnswers['batch.begin']>> {
    const id = randomBytes(16).toString('base64url');
    for (const step of given.steps) {
      const checked = checkStep(step, null);
      if (!checked.ok) return faultOf(given.steps, step, checked.fault);
    }
    const plan = await planBatch(given, this.#parts.files);
    if (!plan.ok) return plan;
    const seconds = this.#take(given.steps, id);
    if (!seconds.ok) {
      this.#parts.sources.release(id);
      return seconds;
    }
    this.#batches.set(id, {
      id,
      client,
      steps: given.steps,
      seconds: seconds.value,
      plan: plan.value,
      stop: new AbortController(),
      running: new Set(),
      begun: new Set(),
      zip: null,
    });
    return succeed({ batch: id });
  }

  /** Keeps the second pictures open for as long as the batch lasts. */
  #take(steps: readonly Step[], user: string): Result<ReadonlyMap<SourceId, Source>> {
    const seconds = new Map<SourceId, Source>();
    for (const step of steps) {
      for (const id of stepSources(step)) {
        const picture = this.#parts.sources.use(id, user);
        if (picture === undefined) {
          const missing = fail('not-found', 'its second picture is not open', 'choose a file for it').fault;
          return faultOf(steps, step, missing);
        }
        seconds.set(id, picture.source);
      }
    }
    return succeed(seconds);
  }

  /** Does one file. The fault leaves out the file's name. */
  async file(
    { batch: id, index, file }: Payload<'batch.file'>,
    client: Client,
  ): Promise<Result<ReplayAnswers['batch.file']>> {
    const batch = this.#batches.get(id);
    if (batch === undefined || batch.client !== client)
      return fail('not-found', 'this batch has ended', 'begin it again');
    if (index >= batch.plan.names.length || batch.begun.has(index))
      return fail('bad-message', 'this batch has no such file left');
    if (batch.running.size >= MOST_AT_ONCE) return fail('busy', 'too many files at once', 'wait for one');
    batch.begun.add(index);
    const work = this.#doFile(batch, index, file);
    batch.running.add(work);
    try {
      return await work;
    } catch (error) {
      if (error instanceof Cancelled || batch.stop.signal.aborted) return fail('refused', 'cancelled');
      throw error;
    } finally {
      batch.running.delete(work);
    }
  }

  async #doFile(batch: Batch, index: number, file: string): Promise<Result<ReplayAnswers['batch.file']>> {
    return this.#parts.files.using(file, (content) => this.#doContent(batch, index, content));
  }

  async #doContent(
    batch: Batch,
    index: number,
    content: FileContent,
  ): Promise<Result<ReplayAnswers['batch.file']>> {
    const name = batch.plan.names[index];
    const refused = await refusal(batch.plan, name);
    if (refused !== null) return { ok: false, fault: refused };
    const made = await this.#make(batch, index, content);
    if (!made.ok) return made;
    const { result, notices } = made.value;
    const fault = await this.#deliver(batch, name, result).finally(() => result.close());
    return fault === null ? succeed({ name, notices }) : { ok: false, fault };
  }

  /** Null where it has been written. */
  async #deliver(batch: Batch, name: string, result: EncodedFile): Promise<Fault | null> {
    const { signal } = batch.stop;
    // Nothing that comes after a cancel is written.
    if (signal.aborted) throw new Cancelled();
    const { folder, replace } = batch.plan;
    if (folder === null) return this.#addToArchive(batch, name, result);
    const written = await writeAtomically(join(folder, name), result.chunks(), {
      overwrite: replace,
      signal,
    });
    return written.ok ? null : aboutTarget(name, written.fault);
  }

  /** A disk that is full is this file's fault, and the next one's; `end` tells that the archive is lost. */
  async #addToArchive(batch: Batch, name: string, result: EncodedFile): Promise<Fault | null> {
    try {
      batch.zip ??= startZip(join(this.#folder, `${batch.id}.zip`));
      await (await batch.zip).add(name, result);
      return null;
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      return writingFault(error);
    }
  }

  /** A large picture stays in its file. */
  async #open({ name, bytes }: FileContent, signal: AbortSignal): Promise<Result<OpenPicture>> {
    if (!(bytes instanceof Uint8Array)) {
      const inFile = await this.#pictures.openInFile(name, bytes.path, signal);
      if (!inFile.ok) return inFile;
      if (inFile.value !== null) return succeed(inFile.value);
    }
    return this.#pictures.open(name, bytes, signal);
  }

  async #make(
    { steps, seconds, plan, stop: { signal } }: Batch,
    index: number,
    content: FileContent,
  ): Promise<Result<{ readonly result: EncodedFile; readonly notices: readonly string[] }>> {
    const { codec, engine } = this.#parts;
    const opened = await this.#open(content, signal);
    if (!opened.ok) return opened;
    const picture = opened.value;
    try {
      const rendered = await editedStrips(engine, { source: picture.source, steps, seconds }, signal);
      if (!rendered.ok) return rendered;
      const options = plan.optionsFor(index);
      const encoded = await codec.encodeToFile(rendered.value, picture.metadata, options, signal);
      return encoded.ok ? succeed({ result: encoded.value, notices: picture.notices }) : encoded;
    } finally {
      this.#pictures.drop(picture);
    }
  }

  /** Ends a batch, early or not. What is not done by then is cancelled; what is done stays. */
  async end({ batch: id }: Payload<'batch.end'>, client: Client): Promise<Result<Handed>> {
    const batch = this.#batches.get(id);
    if (batch === undefined || batch.client !== client)
      return fail('not-found', 'this batch has ended', 'begin it again');
    const closed = await this.#close(batch);
    if (!closed.ok)
      return fail(closed.fault.code, `${ARCHIVE}: ${closed.fault.message}`, closed.fault.remedy);
    const file = closed.value;
    if (file === null) return succeed({ name: null, download: null });
    const download = this.#parts.downloads.add({ name: ARCHIVE, type: 'application/zip', ...file });
    return succeed({ name: ARCHIVE, download: `downloads/${download}` });
  }

  /** The archive, where there is one. */
  async #close(batch: Batch): Promise<Result<{ readonly file: string; readonly size: number } | null>> {
    this.#batches.delete(batch.id);
    batch.stop.abort();
    await Promise.allSettled(batch.running);
    this.#parts.sources.release(batch.id);
    if (batch.zip === null) return succeed(null);
    try {
      return succeed(await (await batch.zip).close());
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      return { ok: false, fault: writingFault(error) };
    }
  }

  /** A page is gone, and with it who would hand over the next file. */
  async leave(client: Client): Promise<void> {
    for (const batch of [...this.#batches.values()]) if (batch.client === client) await this.#close(batch);
  }

  async close(): Promise<void> {
    for (const batch of [...this.#batches.values()]) await this.#close(batch);
  }
}

function aboutTarget(name: string, { code, message, remedy }: Fault): Fault {
  const advice = code === 'exists' ? 'choose another name, or let existing files be replaced' : remedy;
  return fail(code, `${name} ${message}`, advice).fault;
}

/** What keeps the result from being written, found before any work is done for it. */
async function refusal({ folder, replace }: BatchPlan, name: string): Promise<Fault | null> {
  if (folder === null) return null;
  const fault = await targetFault(join(folder, name), { overwrite: replace });
  return fault === null ? null : aboutTarget(name, fault);
}
