/** Several pieces of the arena at once, for a kernel that remembers more than one thing. */

import { withArena } from '../../raster/scratch';
import type { FastKernels } from './fast-kernels';

/** Bytes behind a part that vectors may read and write. */
const MARGIN = 64;

/** A part of the arena, its contents unknown, where any vector may begin. */
export interface Part {
  readonly buffer: ArrayBufferLike;
  readonly byteOffset: number;
  readonly address: number;
}

/** Lends parts of the arena with so many bytes each; false where it has no room for them, else what `use` says. */
export function withParts(
  fast: FastKernels,
  rooms: readonly number[],
  use: (parts: readonly Part[]) => boolean,
): boolean {
  const places = [0];
  for (const room of rooms) places.push(places[places.length - 1] + Math.ceil((room + MARGIN) / 16) * 16);
  return withArena(places[places.length - 1], (block) =>
    use(
      rooms.map((_, part) => ({
        buffer: block.buffer,
        byteOffset: block.byteOffset + places[part],
        address: fast.addressOf(block) + places[part],
      })),
    ),
  );
}

/** The same by names. */
export function withNamedParts<Name extends string>(
  fast: FastKernels,
  rooms: Readonly<Record<Name, number>>,
  use: (parts: Readonly<Record<Name, Part>>) => boolean,
): boolean {
  const names = Object.keys(rooms) as Name[];
  return withParts(
    fast,
    names.map((name) => rooms[name]),
    (parts) => use(Object.fromEntries(names.map((name, at) => [name, parts[at]])) as Record<Name, Part>),
  );
}

export function addressesOf<Name extends string>(
  parts: Readonly<Record<Name, Part>>,
): Readonly<Record<Name, number>> {
  const entries = Object.entries<Part>(parts).map(([name, { address }]) => [name, address] as const);
  return Object.fromEntries(entries) as Record<Name, number>;
}

/** So many bytes of a part. */
export function bytesOf({ buffer, byteOffset }: Part, bytes: number): Uint8Array {
  return new Uint8Array(buffer, byteOffset, bytes);
}

/** Writes numbers to the beginning of a part. */
export function fill(part: Part, { buffer, byteOffset, byteLength }: ArrayBufferView): void {
  bytesOf(part, byteLength).set(new Uint8Array(buffer, byteOffset, byteLength));
}
