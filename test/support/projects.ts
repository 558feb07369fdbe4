/** Projects for tests: random histories over small pictures whose files exist, with everything that a project keeps of them. */

import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Command } from '../../core/document/command';
import type { Document, Source, SourceId } from '../../core/document/document';
import { append, current, goTo, openLog, redo, undo, type Log } from '../../core/document/log';
import {
  writeProject,
  type ProjectContent,
  type Rendering,
  type SourceFile,
} from '../../core/node/project/project-file';
import type { StripedPicture } from '../../core/node/codec/striped-picture';
import type { Rendered } from '../../core/node/engine/render-request';
import { createRaster, shapeOf, type Raster, type Shape } from '../../core/raster/raster';
import { succeed, type Result } from '../../core/raster/fault';
import { commandFor, type Dice } from '../core/document/commands-arbitrary';
import { valueOf } from '../core/document/sample';
import { sharedNoise } from './documents';
import { plainLevel, plainPicture } from './plain-picture';

const SHAPES: Readonly<Record<string, Shape>> = {
  a: { width: 40, height: 25, channels: 3, depth: 8 },
  b: { width: 24, height: 30, channels: 4, depth: 8 },
  c: { width: 31, height: 17, channels: 1, depth: 8 },
  d: { width: 22, height: 19, channels: 3, depth: 16 },
};

export interface TestPicture {
  readonly source: Source;
  readonly file: SourceFile;
  readonly raster: Raster;
}

/** A PNG of this picture, as the codec writes it. */
export async function pngOf(raster: Raster): Promise<Uint8Array> {
  const { width, height, channels, depth } = raster;
  const copy = createRaster(raster).data;
  copy.set(raster.data);
  const space = { 8: ['b-w', 'srgb'], 16: ['grey16', 'rgb16'] }[depth][channels <= 2 ? 0 : 1];
  return sharp(copy, { raw: { width, height, channels } }).toColourspace(space).png().toBuffer();
}

/** A project's bytes. */
export async function projectBytes(
  content: ProjectContent,
  rendering: Rendering | null = null,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of valueOf(await writeProject(content, rendering))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** For a `Rendering`. */
export async function encodePng(picture: Raster | StripedPicture): Promise<Result<Uint8Array>> {
  return succeed(await pngOf('strips' in picture ? await collected(picture) : picture));
}

async function collected(picture: StripedPicture): Promise<Raster> {
  const raster = createRaster(picture);
  let at = 0;
  for await (const strip of picture.strips) {
    raster.data.set(strip, at);
    at += strip.length;
  }
  return raster;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function pictureOf(letter: string, shape: Shape): Promise<TestPicture> {
  const raster = sharedNoise(shape, letter.charCodeAt(0));
  const bytes = await pngOf(raster);
  const name = `${letter}.png`;
  const source = { ...shapeOf(shape), id: sha256(bytes), name, format: 'PNG', profile: null };
  return { source, file: { name, bytes }, raster };
}

/** The pictures that the random commands of `commandFor` name by a letter. */
export class TestPictures {
  private constructor(readonly byLetter: Readonly<Record<string, TestPicture>>) {}

  static async make(): Promise<TestPictures> {
    const made = Object.entries(SHAPES).map(async ([letter, shape]) => [
      letter,
      await pictureOf(letter, shape),
    ]);
    return new TestPictures(Object.fromEntries(await Promise.all(made)));
  }

  /** By id, for `plainPicture`. */
  get rasters(): Readonly<Record<SourceId, Raster>> {
    return Object.fromEntries(Object.values(this.byLetter).map(({ source, raster }) => [source.id, raster]));
  }

  /** By id, for `writeProject`; those that a log does not use are left out there. */
  get files(): ReadonlyMap<SourceId, SourceFile> {
    return new Map(Object.values(this.byLetter).map(({ source, file }) => [source.id, file]));
  }

  /** Renders the plain way, in this process. */
  get rendering(): Rendering {
    const rendered = (document: Document, level: number): Rendered => {
      const raster = plainLevel(plainPicture(document, this.rasters), level);
      const key = sha256(Uint8Array.from(raster.data)) + JSON.stringify(shapeOf(raster));
      return { raster, key, whole: shapeOf(raster), reported: {} };
    };
    return {
      render: async ({ document, level }) => succeed(rendered(document, level)),
      strips: async (document) => {
        const { raster, key, whole, reported } = rendered(document, 0);
        const strips = (async function* () {
          yield raster.data;
        })();
        return succeed({ ...whole, key, reported, strips });
      },
      encodePng,
    };
  }

  /** The command with our pictures in place of those of 64 times the same letter. */
  private adapted(command: Command): Command {
    const ours = (_: string, value: unknown): unknown => {
      if (typeof value === 'string' && /^([a-d])\1{63}$/.test(value))
        return this.byLetter[value[0]].source.id;
      const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : null;
      const picture = Object.values(this.byLetter).find(({ source }) => source.id === id);
      return picture === undefined ? value : picture.source;
    };
    return JSON.parse(JSON.stringify(command), ours);
  }

  /** A log of these commands, as far as they are taken, with undos, redos and returns to discarded steps in between. */
  log(rolls: readonly Dice[]): Log {
    const { source } = this.byLetter['a'];
    let log = openLog({ type: 'document.open', time: 0, document: 'd', layer: 'l', source });
    for (const [number, roll] of rolls.entries()) {
      const next = append(log, this.adapted(commandFor(current(log), number + 1, roll)));
      if (next.ok) log = next.value;
      const [kind, where] = [roll[7], roll[6]];
      if (kind < 0.15) log = undo(undo(log));
      else if (kind < 0.2) log = redo(log);
      else if (kind < 0.25) {
        const moved = goTo(log, Math.floor(where * log.entries.length));
        if (moved.ok) log = moved.value;
      }
    }
    return log;
  }
}
