/**
 * Pictures in and out of files: the one door to the codec. The work is done by sharp in child processes
 * (native code that meets foreign files can crash), pixels pass through files in memory, and
 * everything that can go wrong with a file comes back as a value. Messages do not name the file: whoever
 * reports them puts its name in front.
 */

import { availableParallelism } from 'node:os';
import { FaultError, fail, succeed, type Result } from '../../raster/fault';
import { createSharedRaster, type Raster, type Shape } from '../../raster/raster';
import { builtFile } from '../engine/built-file';
import { readerOver, sizeOf } from '../files/bytes-elsewhere';
import { systemCode, writingFault } from '../files/system-fault';
import { checked, CodecProcess } from './codec-process';
import { emptyFile } from './complaint';
import { decodeFrom, type DecodeMeans } from './decode-from';
import { encodeInto, type EncodeMeans } from './encode-into';
import type { Codec, CodecOptions, EncodedFile, KeptFile, PictureFile } from './codec-options';
import { forkWithNode } from './fork';
import { formatOf, LONGEST_PREAMBLE } from './format';
import { JobQueue } from './job-queue';
import { keptFile, whileWanted } from './kept-file';
import { defaultLimits, encodeSeconds, inWords, type CodecLimits } from './limits';
import { answerSchemas, type Job, type ReadLimits } from './messages';
import type { DecodedPicture, DecodeOptions, EncodeOptions, PictureInfo, PictureMetadata } from './picture';
import { environmentOf, threadsOf } from './settings';
import { BUILD_VARIABLE } from './sharp-module';
import { mayStay, openRegions, type RegionMeans, type RegionPicture } from './region-picture';
import type { StripedPicture } from './striped-picture';
import { Workspace } from './workspace';

/** What is decoded whole although it is very large takes its time: seconds a megapixel. */
const LARGE_SECONDS = 0.2;

class ChildCodec implements Codec {
  readonly #limits: CodecLimits;
  readonly #createRaster: (shape: Shape) => Raster | Promise<Raster>;
  readonly #workspace: Workspace;
  readonly #processes: readonly CodecProcess[];
  readonly #pictures: JobQueue;
  readonly #drawings: JobQueue;

  constructor(options: CodecOptions) {
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#createRaster = options.createRaster ?? createSharedRaster;
    const { early = null } = options;
    this.#workspace = early?.workspace ?? new Workspace();
    const cores = availableParallelism();
    const count = options.processes ?? Math.min(2, cores);
    const start = (reads: 'pictures' | 'drawings') => () => {
      const environment = {
        ...environmentOf({
          folder: this.#workspace.folder,
          reads,
          threads: reads === 'pictures' ? threadsOf(count, cores) : 1,
        }),
        ...(options.build === undefined ? {} : { [BUILD_VARIABLE]: options.build }),
      };
      const started = early?.take(environment) ?? null;
      return (
        started ?? (options.fork ?? forkWithNode)(options.childPath ?? builtFile('codec.cjs'), environment)
      );
    };
    const pictures = Array.from(
      { length: count },
      () => new CodecProcess(start('pictures'), { begun: options.begun }),
    );
    const drawings = [new CodecProcess(start('drawings'))];
    this.#processes = [...pictures, ...drawings];
    this.#pictures = new JobQueue(pictures);
    this.#drawings = new JobQueue(drawings);
  }

  async info(file: PictureFile, signal?: AbortSignal): Promise<Result<PictureInfo>> {
    return this.#reading(file, async (input, queue) => {
      const job: Job = { kind: 'info', input, limits: this.#readLimits() };
      const outcome = await queue.run(job, this.#limits.infoSeconds, signal);
      return checked(answerSchemas.info, outcome);
    });
  }

  async decode(
    file: PictureFile,
    { signal, reducedTo }: DecodeOptions = {},
  ): Promise<Result<DecodedPicture>> {
    const pixels = `${this.#workspace.name()}.v`;
    const blocks = this.#workspace.name();
    const decoding = (input: string, queue: JobQueue): Promise<Result<DecodedPicture>> => {
      const means: DecodeMeans = {
        workspace: this.#workspace,
        limits: this.#readLimits(),
        createRaster: this.#createRaster,
        run: (job) => queue.run(job, this.#limits.decodeSeconds, signal),
      };
      return decodeFrom({ input, pixels, blocks }, reducedTo, means);
    };
    return this.#reading(file, decoding, [pixels, blocks]);
  }

  regions(path: string, signal?: AbortSignal): Promise<Result<RegionPicture | null>> {
    const means: RegionMeans = {
      workspace: this.#workspace,
      limits: this.#readLimits(),
      least: this.#least,
      run: (job, given) => this.#pictures.run(job, this.#secondsFor(job), given),
      inWorkspace: (files, work) => this.#inWorkspace(files, work),
    };
    return openRegions(path, means, signal);
  }

  #secondsFor({ kind }: Job): number {
    const { decodeSeconds, pixels } = this.#limits;
    return kind === 'decode' ? decodeSeconds + (LARGE_SECONDS * pixels) / 1e6 : decodeSeconds;
  }

  mayStay(bytes: Uint8Array): Promise<boolean> {
    return mayStay(readerOver(bytes), this.#least);
  }

  /** Pixels from which on a picture stays in its file. */
  get #least(): number {
    return this.#limits.wholePixels + 1;
  }

  async encode(
    picture: Raster | StripedPicture,
    metadata: PictureMetadata | null,
    options: EncodeOptions,
    signal?: AbortSignal,
  ): Promise<Result<Uint8Array>> {
    const output = this.#workspace.name();
    return this.#inWorkspace([output], async () => {
      const done = await this.#encodeInto(output, picture, metadata, options, signal);
      return done.ok ? succeed(await this.#workspace.read(output)) : done;
    });
  }

  async encodeToFile(
    picture: Raster | StripedPicture,
    metadata: PictureMetadata | null,
    options: EncodeOptions,
    signal?: AbortSignal,
  ): Promise<Result<EncodedFile>> {
    return keptFile(this.#workspace, (name) => this.#encodeInto(name, picture, metadata, options, signal));
  }

  async keep(
    content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    bytes: number,
    signal?: AbortSignal,
  ): Promise<Result<KeptFile>> {
    const wanted = whileWanted(content, signal);
    return keptFile(this.#workspace, (name) =>
      this.#inWorkspace([], async () => succeed(await this.#workspace.write(name, wanted, bytes))),
    );
  }

  #encodeInto(
    output: string,
    picture: Raster | StripedPicture,
    metadata: PictureMetadata | null,
    options: EncodeOptions,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    const seconds = encodeSeconds(this.#limits, picture.width * picture.height);
    const means: EncodeMeans = {
      workspace: this.#workspace,
      run: (job) => this.#pictures.run(job, seconds, signal),
      inWorkspace: (files, work) => this.#inWorkspace(files, work),
    };
    return encodeInto(output, picture, metadata, options, means);
  }

  prepare(): void {
    this.#processes[0].prepare();
  }

  async close(): Promise<void> {
    for (const process of this.#processes) process.close();
    await this.#workspace.close();
  }

  #readLimits(): ReadLimits {
    const { pixels, frames, decodedBytes, memoryBytes } = this.#limits;
    return { pixels, frames, decodedBytes, memoryBytes };
  }

  /** Lays the file into the workspace and hands on its name there and the queue of those that read its kind. */
  async #reading<T>(
    file: PictureFile,
    read: (input: string, queue: JobQueue) => Promise<Result<T>>,
    files: readonly string[] = [],
  ): Promise<Result<T>> {
    const length = sizeOf(file);
    if (length === 0) return { ok: false, fault: emptyFile };
    const most = this.#limits.fileBytes;
    if (length > most) {
      const size = `the file has ${inWords(length)} bytes`;
      return fail('too-large', `${size}; Burnish opens up to ${inWords(most)}`, 'open a smaller copy');
    }
    const input = this.#workspace.name();
    return this.#inWorkspace([input, ...files], async () => {
      if (file instanceof Uint8Array) await this.#workspace.write(input, [file]);
      else await this.#workspace.link(input, file.path);
      const first = file instanceof Uint8Array ? file : await this.#workspace.head(input, LONGEST_PREAMBLE);
      return read(input, formatOf(first) === 'SVG' ? this.#drawings : this.#pictures);
    });
  }

  /** Does something with files of these names and removes them afterwards. */
  async #inWorkspace<T>(files: readonly string[], work: () => Promise<Result<T>>): Promise<Result<T>> {
    let left = files;
    try {
      const result = await work();
      if (result.ok) {
        // Giving back what a picture lay in takes the system as long as a step takes us, so the caller goes on meanwhile.
        this.#workspace.removeMeanwhile(files);
        left = [];
      }
      return result;
    } catch (error) {
      if (error instanceof FaultError) return { ok: false, fault: error.fault };
      if (systemCode(error) === undefined) throw error;
      return {
        ok: false,
        fault: { ...writingFault(error), message: `the temporary folder: ${writingFault(error).message}` },
      };
    } finally {
      await this.#workspace.remove(left);
    }
  }
}

/** A codec; its children are started when they are first needed. Close it when it is no longer. */
export function startCodec(options: CodecOptions = {}): Codec {
  return new ChildCodec(options);
}

export type {
  DecodedPicture,
  DecodeOptions,
  EncodeOptions,
  ExportFormat,
  MetadataPolicy,
  PictureInfo,
  PictureMetadata,
  ProfileChoice,
} from './picture';
export { EXPORT_FORMATS, METADATA_POLICIES, PROFILE_CHOICES } from './picture';
export type { Codec, CodecOptions, EncodedFile, KeptFile, PictureFile } from './codec-options';
export type { RegionPicture } from './region-picture';
export type { StripedPicture } from './striped-picture';
export type { CodecLimits } from './limits';
export type { ChildHandle, ForkChild } from './fork';
