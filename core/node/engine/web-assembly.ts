/**
 * The part of the WebAssembly interface that is used here, with its types: Node.js has it, its declarations have not.
 * https://webassembly.github.io/spec/js-api/
 */

/** Compiled code; can be posted to worker threads, which then need not compile it again. */
export interface Module {
  readonly [Symbol.toStringTag]?: string;
}

export interface Memory {
  /** All of the memory. A new object each time it has grown, over the same bytes. */
  readonly buffer: SharedArrayBuffer;
  /** Makes the memory larger by so many pages of 64 KiB; throws where it may not be. */
  grow(pages: number): number;
}

interface WebAssembly {
  readonly Module: new (bytes: Uint8Array) => Module;
  readonly Memory: new (limits: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => Memory;
  readonly Instance: new (
    module: Module,
    imports: { readonly env: { readonly memory: Memory } },
  ) => { readonly exports: unknown };
}

/** Throws where the platform has none. */
export function webAssembly(): WebAssembly {
  const found: unknown = Reflect.get(globalThis, 'WebAssembly');
  if (found === undefined) throw new Error('this platform has no WebAssembly');
  return found as WebAssembly;
}

export const PAGE = 65_536;
