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

/** Names by their texts, the newest: of a stack that is dragged, all that lies beneath the step is named again with every movement. */
const known = new Map<string, Key>();
const MOST_KNOWN = 4096;
/** Characters. A longer text is that of a table or of a shape, and seldom comes again. */
const LONGEST_KNOWN = 512;

export function keyOf(...parts: readonly unknown[]): Key {
  const text = canonical(parts);
  const before = known.get(text);
  if (before !== undefined) return before;
  const key = bytesToHex(sha256(utf8ToBytes(text))).slice(0, 32);
  if (text.length > LONGEST_KNOWN) return key;
  known.set(text, key);
  if (known.size > MOST_KNOWN) {
    const [oldest] = known.keys();
    known.delete(oldest);
  }
  return key;
}
