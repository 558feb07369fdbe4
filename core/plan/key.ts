/**
 * Names of pixels: SHA-256 over a canonical text of everything they were made from, cut to 128 bits, which keeps accidental
 * collisions out of reach (2^-64 for four thousand million tiles).
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export type Key = string & { readonly __names?: 'pixels' };

/** JSON with sorted keys, so that equal values have equal texts. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, part]) => part !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => `${JSON.stringify(name)}:${canonical(part)}`);
    return `{${entries.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

export function keyOf(...parts: readonly unknown[]): Key {
  return bytesToHex(sha256(utf8ToBytes(canonical(parts)))).slice(0, 32);
}
