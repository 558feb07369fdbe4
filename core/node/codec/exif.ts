/**
 * EXIF blocks as lists of entries, so that single entries can be left out and the rest written again (CIPA
 * DC-008; the structure is TIFF's). Values are kept as bytes in little-endian order, so a block can be laid
 * down at any place, in a file of its own or at the end of a TIFF file, without knowing what each entry
 * means.
 *
 * Three kinds of entry are never carried on: what describes the storage of pixels in the old file; the
 * thumbnail, which shows the picture before it was edited; and the maker's private notes, whose inner
 * addresses do not survive a move and which may hide a position.
 */

export interface ExifEntry {
  readonly tag: number;
  /** TIFF field type, 1 … 13. */
  readonly type: number;
  readonly count: number;
  /** Little-endian, `count` × the size of the type. */
  readonly value: Uint8Array;
}

export interface Exif {
  /** About the picture and the camera (IFD0). */
  readonly main: readonly ExifEntry[];
  /** About the exposure (Exif IFD). */
  readonly exposure: readonly ExifEntry[];
  /** Where it was taken (GPS IFD). */
  readonly position: readonly ExifEntry[];
}

export const TAG = {
  orientation: 0x0112,
  artist: 0x013b,
  iptc: 0x83bb,
  copyright: 0x8298,
  exposurePointer: 0x8769,
  positionPointer: 0x8825,
  makerNote: 0x927c,
  interoperabilityPointer: 0xa005,
} as const;

/** Entries of IFD0 that speak of the picture and not of how its samples are stored. */
const descriptive: ReadonlySet<number> = new Set([
  0x010d, 0x010e, 0x010f, 0x0110, 0x0112, 0x011a, 0x011b, 0x0128, 0x0131, 0x0132, 0x013b, 0x013c, 0x4746,
  0x4749, 0x8298, 0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f, 0xc614,
]);

/**
 * Bytes of a value, by field type: byte, ASCII, short, long, rational, signed ones, undefined, float, double,
 * IFD.
 */
const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];
/** Bytes that turn around together. */
const words = [0, 1, 1, 2, 4, 4, 1, 1, 2, 4, 4, 4, 8, 4];

const MOST_ENTRIES = 1_000;
const LARGEST_VALUE = 32_768;

function turned(bytes: Uint8Array, word: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let at = 0; at + word <= copy.length; at += word) copy.subarray(at, at + word).reverse();
  return copy;
}

class Block {
  readonly #view: DataView;
  readonly little: boolean;

  constructor(private readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.little = bytes[0] === 0x49;
  }

  get first(): number {
    return this.#view.getUint32(4, this.little);
  }

  /** The entries of the directory at `at`; those that reach beyond the end are left out. */
  directory(at: number): ExifEntry[] {
    if (at < 8 || at + 2 > this.bytes.length) return [];
    const count = Math.min(this.#view.getUint16(at, this.little), MOST_ENTRIES);
    const entries: ExifEntry[] = [];
    for (let i = 0; i < count && at + 2 + 12 * (i + 1) <= this.bytes.length; i++) {
      const entry = this.#entry(at + 2 + 12 * i);
      if (entry !== null) entries.push(entry);
    }
    return entries;
  }

  #entry(at: number): ExifEntry | null {
    const tag = this.#view.getUint16(at, this.little);
    const type = this.#view.getUint16(at + 2, this.little);
    const count = this.#view.getUint32(at + 4, this.little);
    const length = count * (sizes[type] ?? 0);
    if (length === 0 || length > LARGEST_VALUE) return null;
    const start = length <= 4 ? at + 8 : this.#view.getUint32(at + 8, this.little);
    if (start + length > this.bytes.length) return null;
    const raw = this.bytes.subarray(start, start + length);
    return { tag, type, count, value: this.little ? Uint8Array.from(raw) : turned(raw, words[type] ?? 1) };
  }
}

function pointer(entries: readonly ExifEntry[], tag: number): number {
  const value = entries.find((entry) => entry.tag === tag)?.value;
  return value?.length === 4 ? new DataView(value.buffer).getUint32(0, true) : 0;
}

/**
 * The entries of an EXIF block or of a whole TIFF file (beginning with `II` or `MM`); null where it is
 * neither. What is damaged in it is left out.
 */
export function readExif(bytes: Uint8Array): Exif | null {
  const order = String.fromCharCode(...bytes.subarray(0, 4));
  if (bytes.length < 14 || (order !== 'II*\0' && order !== 'MM\0*')) return null;
  const block = new Block(bytes);
  const all = block.directory(block.first);
  return {
    main: all.filter((entry) => descriptive.has(entry.tag)),
    exposure: block
      .directory(pointer(all, TAG.exposurePointer))
      .filter((entry) => entry.tag !== TAG.makerNote && entry.tag !== TAG.interoperabilityPointer),
    position: block.directory(pointer(all, TAG.positionPointer)),
  };
}

export function shortEntry(tag: number, value: number): ExifEntry {
  return { tag, type: 3, count: 1, value: Uint8Array.of(value & 255, value >> 8) };
}

function longEntry(tag: number, value: number): ExifEntry {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return { tag, type: 4, count: 1, value: bytes };
}

/** Text, as UTF-8: the standard says ASCII, and every reader takes UTF-8. */
export function textEntry(tag: number, text: string): ExifEntry {
  const value = new TextEncoder().encode(`${text}\0`);
  return { tag, type: 2, count: value.length, value };
}

const even = (length: number): number => length + (length & 1);

/** A directory laid down at `start`: its entries by tag, then the values that do not fit into them. */
function layDirectory(entries: readonly ExifEntry[], start: number): Uint8Array {
  const head = even(2 + 12 * entries.length + 4);
  const length = entries.reduce((sum, { value }) => sum + (value.length > 4 ? even(value.length) : 0), head);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, entries.length, true);
  let free = head;
  [...entries]
    .sort((a, b) => a.tag - b.tag)
    .forEach((entry, i) => {
      const at = 2 + 12 * i;
      view.setUint16(at, entry.tag, true);
      view.setUint16(at + 2, entry.type, true);
      view.setUint32(at + 4, entry.count, true);
      if (entry.value.length <= 4) {
        bytes.set(entry.value, at + 8);
        return;
      }
      view.setUint32(at + 8, start + free, true);
      bytes.set(entry.value, free);
      free += even(entry.value.length);
    });
  return bytes;
}

/**
 * The directories laid down from `start` (an even offset) in a little-endian TIFF structure, IFD0 first;
 * `besides` are further entries of IFD0, which go before ours where both have a tag.
 */
export function layExif(exif: Exif, start: number, besides: readonly ExifEntry[] = []): Uint8Array {
  const taken = new Set(besides.map(({ tag }) => tag));
  const main = [...besides, ...exif.main.filter(({ tag }) => !taken.has(tag))];
  const parts = [
    { pointer: TAG.exposurePointer, entries: exif.exposure },
    { pointer: TAG.positionPointer, entries: exif.position },
  ].filter(({ entries }) => entries.length > 0);
  // The pointers change no length, so a first laying tells where the others go.
  const placeholder = [...main, ...parts.map((part) => longEntry(part.pointer, 0))];
  const laid: Uint8Array[] = [];
  const pointers: ExifEntry[] = [];
  let at = start + layDirectory(placeholder, start).length;
  for (const part of parts) {
    const bytes = layDirectory(part.entries, at);
    pointers.push(longEntry(part.pointer, at));
    laid.push(bytes);
    at += bytes.length;
  }
  return Buffer.concat([layDirectory([...main, ...pointers], start), ...laid]);
}

/** A block of its own, beginning with `II`. */
export function writeExif(exif: Exif): Uint8Array {
  const header = Uint8Array.of(0x49, 0x49, 0x2a, 0, 8, 0, 0, 0);
  return Buffer.concat([header, layExif(exif, header.length)]);
}
