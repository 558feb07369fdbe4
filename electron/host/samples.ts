/**
 * The sample pictures that come with the program, as the build wrote them: files like any other, which nobody has to find first. Where the
 * build lacks them there are none, and nothing else suffers.
 */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isPlainObject } from '../../core/document/json';
import type { SourceId } from '../../core/document/document';
import type { Sample } from '../../core/protocol/learning-calls';
import { fail, succeed, type Result } from '../../core/raster/fault';
import type { FileContent } from './files';

function sampleOf(value: unknown): Sample | null {
  if (!isPlainObject(value)) return null;
  const { id, name, about, width, height } = value;
  if (typeof id !== 'string' || !/^[a-z0-9-]{1,64}$/.test(id)) return null;
  if (typeof name !== 'string' || typeof about !== 'string') return null;
  return typeof width === 'number' && typeof height === 'number' ? { id, name, about, width, height } : null;
}

export class Samples {
  readonly #folder: string;
  #list: Promise<readonly Sample[]> | null = null;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** In the order in which they are offered. */
  list(): Promise<readonly Sample[]> {
    this.#list ??= this.#read();
    return this.#list;
  }

  async #read(): Promise<readonly Sample[]> {
    try {
      const list: unknown = JSON.parse(await readFile(join(this.#folder, 'samples.json'), 'utf8'));
      return Array.isArray(list) ? list.map(sampleOf).filter((sample) => sample !== null) : [];
    } catch {
      return [];
    }
  }

  /** The file of a sample, called as people call it. */
  async open(id: string): Promise<Result<FileContent & { readonly bytes: Uint8Array }>> {
    const sample = (await this.list()).find((each) => each.id === id);
    const bytes = sample && (await readFile(join(this.#folder, `${sample.id}.png`)).catch(() => null));
    if (!sample || !bytes) return fail('not-found', `there is no sample picture "${id}"`);
    return succeed({ name: `${sample.name}.png`, bytes, path: null, stamp: null, sample: true });
  }

  /** What an opened sample is known by in a document. */
  async source(id: string): Promise<Result<SourceId>> {
    const content = await this.open(id);
    if (!content.ok) return content;
    return succeed(createHash('sha256').update(content.value.bytes).digest('hex'));
  }

  /** WebP; null where there is no such sample. */
  async thumbnail(id: string): Promise<Uint8Array | null> {
    const sample = (await this.list()).find((each) => each.id === id);
    return sample ? readFile(join(this.#folder, `${sample.id}.webp`)).catch(() => null) : null;
  }
}
