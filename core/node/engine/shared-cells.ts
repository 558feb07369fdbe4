/** Numbers in shared memory, one a piece of work under way: what the main thread says of it, and what workers tell each other. */

const CELLS = 1024;

export class SharedCells {
  readonly buffer = new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT);
  readonly #cells = new Int32Array(this.buffer);
  readonly #free = Array.from({ length: CELLS }, (_, index) => CELLS - 1 - index);

  /** A cell that holds 0. Give it back when no thread will look at it any more. */
  take(): number {
    const cell = this.#free.pop();
    if (cell === undefined) throw new Error(`more than ${CELLS} pieces of work at once`);
    this.store(cell, 0);
    return cell;
  }

  store(cell: number, value: number): void {
    Atomics.store(this.#cells, cell, value);
  }

  load(cell: number): number {
    return Atomics.load(this.#cells, cell);
  }

  giveBack(cell: number): void {
    this.#free.push(cell);
  }
}
