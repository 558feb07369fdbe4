/** A picture in a file of plain rows, as a worker reads it: only what it is asked for, straight into shared memory. */

import { closeSync, openSync, readSync } from 'node:fs';
import { byteLength, type Region, type Shape } from '../../raster/raster';

export class RowsFile {
  readonly #shape: Shape;
  readonly #path: string;
  readonly #offset: number;
  #file: number | null = null;

  /** It is opened when it is first read. `offset`: bytes before the rows. */
  constructor({
    shape,
    path,
    offset,
  }: {
    readonly shape: Shape;
    readonly path: string;
    readonly offset: number;
  }) {
    this.#shape = shape;
    this.#path = path;
    this.#offset = offset;
  }

  /** Throws where the file is not there or is too short. */
  read({ raster, rectangle }: Region): void {
    this.#file ??= openSync(this.#path, 'r');
    const pixel = byteLength({ ...this.#shape, width: 1, height: 1 });
    const whole = rectangle.width === this.#shape.width;
    // Whole rows lie end to end.
    const runs = whole ? 1 : rectangle.height;
    const length = (rectangle.width * pixel * rectangle.height) / runs;
    const { buffer, byteOffset } = raster.data;
    for (let run = 0; run < runs; run++) {
      const from = ((rectangle.y + run) * this.#shape.width + rectangle.x) * pixel + this.#offset;
      fill(this.#file, new Uint8Array(buffer, byteOffset + run * length, length), from);
    }
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}

function fill(file: number, bytes: Uint8Array, position: number): void {
  for (let at = 0; at < bytes.length;) {
    const read = readSync(file, bytes, at, bytes.length - at, position + at);
    if (read === 0) throw new Error('a file of pixels is shorter than it should be');
    at += read;
  }
}
