/** Runs the command line in this process, as a person at a shell would see it, and makes the pictures that it is given. */

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import sharp from 'sharp';
import { runCommandLine, type OpenRequest } from '../../core/node/cli/main';
import type { EarlyChild } from '../../core/node/codec/early-child';
import { samplesOver, type Raster } from '../../core/raster/raster';

export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly bytes: Buffer;
  readonly stderr: string;
  /** What the editor was asked to open. */
  readonly opened: readonly OpenRequest[];
}

class Collected extends Writable {
  readonly chunks: Buffer[] = [];
  constructor(readonly isTTY: boolean) {
    super();
  }
  override _write(chunk: Buffer | string, _: BufferEncoding, done: () => void): void {
    this.chunks.push(Buffer.from(chunk));
    done();
  }
  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

export interface Setting {
  readonly stdin?: Uint8Array;
  /** Whether stderr and stdout are terminals. */
  readonly terminal?: boolean;
  /** A child of the codec that was started before. */
  readonly early?: EarlyChild;
}

/** The status and all that was written. */
export async function burnish(words: readonly string[], setting: Setting = {}): Promise<Ended> {
  const stdout = new Collected(setting.terminal ?? false);
  const stderr = new Collected(setting.terminal ?? false);
  const opened: OpenRequest[] = [];
  const status = await runCommandLine(words, {
    stdin: Readable.from(setting.stdin === undefined ? [] : [setting.stdin]),
    stdout,
    stderr,
    version: '1.2.3',
    early: setting.early ?? null,
    openEditor: async (request) => {
      opened.push(request);
      return Promise.resolve(0);
    },
  });
  return {
    status,
    stdout: stdout.bytes.toString(),
    bytes: stdout.bytes,
    stderr: stderr.bytes.toString(),
    opened,
  };
}

/** Every file and folder below `folder` with its size, to see what a command left. */
export function listing(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => {
      const entry = statSync(join(folder, name), { throwIfNoEntry: false });
      return entry?.isFile() === true ? `${name} ${entry.size}` : name;
    })
    .sort();
}

/** Writes a picture in the format of the path's ending, losslessly where the format can. */
export async function writePicture(path: string, raster: Raster): Promise<void> {
  const { width, height, channels, depth, data } = raster;
  const copy = samplesOver(new ArrayBuffer(data.byteLength), depth, 0, data.length);
  copy.set(data);
  const spaces = { 8: ['b-w', 'srgb'], 16: ['grey16', 'rgb16'] } as const;
  await sharp(copy, { raw: { width, height, channels } })
    .toColourspace(spaces[depth][channels <= 2 ? 0 : 1])
    .toFile(path);
}
