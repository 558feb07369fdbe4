/**
 * Memory that threads share is given back once no thread refers to it, which each finds out when it collects its garbage. V8
 * does not count shared memory when it decides when to do that: a process whose heap is small keeps gigabytes of dead
 * pictures. So the engine counts what it shares, and tells every thread to collect after so many bytes.
 */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** A collection takes some milliseconds; this many bytes of dead memory are what it is worth waiting for. */
const COLLECT_AFTER = 72 * 2 ** 20;

let collect: (() => void) | null = null;

function exposed(): () => void {
  setFlagsFromString('--expose-gc');
  const found: unknown = runInNewContext('gc');
  return typeof found === 'function' ? () => void Reflect.apply(found, undefined, []) : () => undefined;
}

/** Collects the garbage of this thread. */
export function collectGarbage(): void {
  collect ??= exposed();
  collect();
}

export class SharedGarbage {
  #shared = 0;

  /** `collectAll` has every thread collect. */
  constructor(private readonly collectAll: () => void) {}

  /** To be told of all memory that is newly shared. */
  share(bytes: number): void {
    this.#shared += bytes;
    if (this.#shared < COLLECT_AFTER) return;
    this.#shared = 0;
    this.collectAll();
  }
}
