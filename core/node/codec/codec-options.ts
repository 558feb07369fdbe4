/** What the codec does for the rest of the program, and how it can be started. */

import type { Result } from '../../raster/fault';
import type { Raster, Shape } from '../../raster/raster';
import type { BytesElsewhere } from '../files/bytes-elsewhere';
import type { FilePlace } from '../files/open-file';
import type { EarlyChild } from './early-child';
import type { ForkChild } from './fork';
import type { CodecLimits } from './limits';
import type { DecodedPicture, DecodeOptions, EncodeOptions, PictureInfo, PictureMetadata } from './picture';
import type { RegionPicture } from './region-picture';
import type { CodecBuild } from './sharp-module';
import type { StripedPicture } from './striped-picture';

/** A file by its bytes, or by where it lies: then it stays there as it is for as long as the codec works on it. */
export type PictureFile = Uint8Array | FilePlace;

/** The bytes of a file that was written, in a private place until it is closed. */
export interface EncodedFile extends BytesElsewhere {
  close(): void;
}

/** The same, for whoever opens it himself. */
export interface KeptFile extends EncodedFile, FilePlace {}

export interface Codec {
  /** What the header of a file says. Rejects with `Cancelled` when the signal aborts; so do the others. */
  info(file: PictureFile, signal?: AbortSignal): Promise<Result<PictureInfo>>;
  decode(file: PictureFile, options?: DecodeOptions): Promise<Result<DecodedPicture>>;
  /**
   * A picture that is so large that it should stay in its file, which lies at an absolute path, and be decoded a part at a time; null
   * where it is smaller, or its format does not allow for that. The file has to stay as it is meanwhile.
   */
  regions(path: string, signal?: AbortSignal): Promise<Result<RegionPicture | null>>;
  /** Whether it is worth asking for these bytes as a file, by what they say of themselves. */
  mayStay(bytes: Uint8Array): Promise<boolean>;
  /**
   * The bytes of a file. `metadata` is what the source had, or null. What the strips of a picture throw is thrown
   * again; so it is where they end too early.
   */
  encode(
    picture: Raster | StripedPicture,
    metadata: PictureMetadata | null,
    options: EncodeOptions,
    signal?: AbortSignal,
  ): Promise<Result<Uint8Array>>;
  /** The same for what is too large to be held: the file lies where the child wrote it until it is closed. */
  encodeToFile(
    picture: Raster | StripedPicture,
    metadata: PictureMetadata | null,
    options: EncodeOptions,
    signal?: AbortSignal,
  ): Promise<Result<EncodedFile>>;
  /**
   * Lays bytes that somebody else makes where the encoded files lie: about so many, by which their place is chosen; Infinity is
   * always on the disk. The fault is that of the disk, or what they throw as a `FaultError`.
   */
  keep(
    content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    bytes: number,
    signal?: AbortSignal,
  ): Promise<Result<KeptFile>>;
  /** Starts one child now, which the first job would have to wait for. */
  prepare(): void;
  /** Ends the children and removes the private folder; jobs under way end as faults. */
  close(): Promise<void>;
}

export interface CodecOptions {
  /** How many pictures are worked on at once; default 2, or 1 on one core. */
  readonly processes?: number;
  readonly limits?: Partial<CodecLimits>;
  /** The first of the children, which was started before; it is the codec's from then on, if it is as the codec would have it. */
  readonly early?: EarlyChild | null;
  /** Called whenever a child that reads pictures has been given a job, and this process is about to wait. */
  readonly begun?: () => void;
  /** The built `codec.cjs`. */
  readonly childPath?: string;
  /** Electron's main process hands in its own. */
  readonly fork?: ForkChild;
  /** Native sharp or WebAssembly; by default each child decides by where it runs. */
  readonly build?: CodecBuild;
  /** Makes the raster for a decoded picture: where an engine is to have it, its `createPicture`. */
  readonly createRaster?: (shape: Shape) => Raster | Promise<Raster>;
}
