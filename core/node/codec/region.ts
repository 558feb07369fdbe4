/**
 * Pictures that stay in their files: told of by the header alone, and decoded a part at a time. A part is cut out of the file
 * (tiff-cut.ts) and decoded as any small file is, so it has the levels that the whole picture would have there. Nothing is
 * kept between two parts but what the header said.
 */

import { open, type FileHandle } from 'node:fs/promises';
import { FaultError } from '../../raster/fault';
import type { Rectangle, Size } from '../../raster/rectangle';
import { readerOf } from '../files/open-file';
import { systemCode } from '../files/system-fault';
import { concernsSamples, faultOf } from './complaint';
import { describe, metadataOf } from './describe';
import { finish, headerNotices, layBlocks, pipelineOf, shapeIn } from './decode';
import type { ChildFault, FileStamp, OpenedRegions, ReadLimits, RegionDecoded } from './messages';
import { openFile, type Opened } from './read';
import { isTransposed, shownPart, storedPart, transposed } from './region-orientation';
import type { SharpModule } from './sharp-module';
import { blocksAround, blocksOf, type TiffBlocks } from './tiff-blocks';
import { cutOut, headerOf } from './tiff-cut';
import { readDirectory, type TiffDirectory } from './tiff-directory';
import { readVipsHeader } from './vips-file';

/** What is known of a file once its header was read. */
interface Header {
  readonly stamp: FileStamp;
  readonly directory: TiffDirectory;
  readonly blocks: TiffBlocks;
  readonly opened: Opened;
  readonly orientation: number;
  /** What there is to say of the header. */
  readonly notice: string | null;
}

/** The headers that the last parts were of; a process serves few files at a time. */
const MOST_HEADERS = 8;

/** About so many pixels are decoded at a time: much less and the way there and back costs as much as the work. */
const PART: Size = { width: 2048, height: 512 };

const changed: ChildFault = {
  code: 'changed',
  message: 'the file is no longer what it was when it was opened',
  remedy: 'open it again',
};

const partDamaged: ChildFault = {
  code: 'damaged',
  message: 'a part of the TIFF file is damaged and cannot be read',
  remedy: 'fetch or export it again',
};

async function stampOf(file: FileHandle): Promise<FileStamp> {
  const { size, mtimeMs, ino } = await file.stat();
  return { size, changed: mtimeMs, inode: ino };
}

function sameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.changed === b.changed && a.inode === b.inode;
}

/** Whole blocks, about as many as make a part, in the picture as it is shown. */
function partSize({ block, size }: TiffBlocks, orientation: number): Size {
  const most = PART.width * PART.height;
  const width = Math.min(size.width, block.width * Math.max(1, Math.floor(PART.width / block.width)));
  // Blocks that are wider than a part make it as much lower.
  const height = width > PART.width ? Math.floor(most / width) : PART.height;
  const stored: Size = {
    width,
    height: Math.min(size.height, block.height * Math.max(1, Math.floor(height / block.height))),
  };
  return isTransposed(orientation) ? transposed(stored) : stored;
}

/**
 * Reads strictly, or where only a note is odd leniently: what could be read of damaged samples is not shown, because nobody would be
 * told. Throws a `FaultError`.
 */
async function wholly<T>(read: (failOn: 'warning' | 'error') => Promise<T>): Promise<T> {
  const refuse = (error: unknown): never => {
    const fault = faultOf(complaintOf(error), 'TIFF');
    throw new FaultError(fault.code === 'damaged' ? partDamaged : fault);
  };
  try {
    return await read('warning');
  } catch (error) {
    return concernsSamples(complaintOf(error)) ? refuse(error) : read('error').catch(refuse);
  }
}

function complaintOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export class RegionReader {
  readonly #sharp: SharpModule;
  /** By path. */
  readonly #headers = new Map<string, Header>();

  constructor(sharp: SharpModule) {
    this.#sharp = sharp;
  }

  /**
   * What is known of the picture in a file without its pixels; null where the file's form does not allow for parts, or it has
   * fewer than `least` pixels, or the first part is damaged: then what can be read of it all is for a reading of the whole to tell.
   * Throws a `FaultError` where the picture may not or cannot be opened.
   */
  async open(
    path: string,
    targets: { readonly pixels: string; readonly blocks: string },
    limits: ReadLimits,
    least: number,
  ): Promise<OpenedRegions | null> {
    const file = await open(path, 'r');
    try {
      const header = await this.#readHeader(file, limits, least);
      if (header === null) return null;
      this.#remember(path, header);
      const { opened, orientation, notice, stamp, blocks } = header;
      const kept = metadataOf(opened.metadata, opened.bytes, opened.format);
      const info = await describe(opened.metadata, opened.plan, kept, opened.format);
      const part = partSize(blocks, orientation);
      const first: Rectangle = { x: 0, y: 0, ...part };
      const decoded = await this.#decode(file, header, first, targets.pixels).catch((error: unknown) => {
        if (error instanceof FaultError && error.fault === partDamaged) return null;
        throw error;
      });
      if (decoded === null) return null;
      const { width, height, channels, depth } = info;
      return {
        info,
        shape: { width, height, channels, depth },
        part,
        stamp,
        lengths: await layBlocks(targets.blocks, kept),
        notices: [
          ...(notice === null ? [] : [notice]),
          ...headerNotices(this.#sharp, opened),
          ...decoded.notices,
        ],
      };
    } finally {
      await file.close();
    }
  }

  /** Decodes a part of the picture in the file that had this stamp when it was opened. Throws a `FaultError`. */
  async decode(
    path: string,
    stamp: FileStamp,
    part: Rectangle,
    pixels: string,
    limits: ReadLimits,
  ): Promise<RegionDecoded> {
    const file = await open(path, 'r').catch((error: unknown) => {
      throw systemCode(error) === undefined ? error : new FaultError(changed);
    });
    try {
      if (!sameStamp(await stampOf(file), stamp)) throw new FaultError(changed);
      const known = this.#headers.get(path);
      const header =
        known !== undefined && sameStamp(known.stamp, stamp)
          ? known
          : await this.#readHeader(file, limits, 0);
      if (header === null) throw new FaultError(changed);
      this.#remember(path, header);
      return await this.#decode(file, header, part, pixels);
    } finally {
      await file.close();
    }
  }

  #remember(path: string, header: Header): void {
    this.#headers.delete(path);
    this.#headers.set(path, header);
    const [oldest] = this.#headers.keys();
    if (this.#headers.size > MOST_HEADERS) this.#headers.delete(oldest);
  }

  async #readHeader(file: FileHandle, limits: ReadLimits, least: number): Promise<Header | null> {
    const stamp = await stampOf(file);
    const read = readerOf(file, stamp.size);
    const directory = await readDirectory(read);
    const blocks = directory === null ? null : blocksOf(directory, stamp.size);
    if (directory === null || blocks === null || blocks.size.width * blocks.size.height < least) return null;
    const { value, notice } = await openFile(this.#sharp, await headerOf(read, directory, blocks), limits, {
      pages: directory.pages,
    });
    const { orientation = 1 } = value.metadata;
    return { stamp, directory, blocks, opened: value, orientation, notice };
  }

  async #decode(
    file: FileHandle,
    { stamp, directory, blocks, opened, orientation }: Header,
    part: Rectangle,
    pixels: string,
  ): Promise<RegionDecoded> {
    const cut = blocksAround(blocks, storedPart(part, blocks.size, orientation));
    const bytes = await cutOut(readerOf(file, stamp.size), directory, blocks, cut);
    if (bytes === null) throw new FaultError(changed);
    const shown = shownPart(cut, blocks.size, orientation);
    const whole = shown.width === part.width && shown.height === part.height;
    const small: Opened = { ...opened, bytes };
    const stored = await wholly(async (failOn) => {
      const pipeline = pipelineOf(this.#sharp, small, failOn);
      if (!whole) {
        const { width, height } = part;
        pipeline.extract({ left: part.x - shown.x, top: part.y - shown.y, width, height });
      }
      await pipeline.toFile(pixels);
      return readVipsHeader(pixels);
    });
    const shape = shapeIn(stored, small);
    const { offset, notices } = await finish(pixels, stored, small, shape);
    return { shape, offset, notices: [...notices] };
  }
}
