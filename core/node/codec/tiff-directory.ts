/**
 * The directories of a TIFF file, read out of the file where it lies, without its pixels. Values stay the bytes that they are, in the
 * file's own byte order. The file is foreign: every count is bounded before anything is allocated for it.
 */

import type { ReadAt } from '../files/bytes-elsewhere';

export interface TiffField {
  readonly tag: number;
  /** TIFF field type, 1 … 13, and 16 … 18 in BigTIFF. */
  readonly type: number;
  readonly count: number;
  /** In the file's byte order. */
  readonly value: Uint8Array;
}

export interface TiffDirectory {
  readonly little: boolean;
  /** BigTIFF: counts and addresses of 64 bits. */
  readonly big: boolean;
  /** By tag. */
  readonly fields: ReadonlyMap<number, TiffField>;
  /** The directories in the file's chain but those of smaller copies: its pages. */
  readonly pages: number;
}

/** What a directory is of, in bits: a smaller copy of a picture; a mask. */
export const KIND = 254;
export const REDUCED = 1;
export const MASK = 4;

const SHORT = 3;
/** The type of 32-bit numbers. */
export const LONG = 4;
/** Bytes of a value by field type; 0 for types that nobody knows. */
const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
const MOST_FIELDS = 1_000;
/** Bytes of one value: the addresses of two million blocks. */
const LARGEST_VALUE = 2 ** 24;
/** Bytes of all values of a directory: two such lists, and what else there is. */
const LARGEST_DIRECTORY = 3 * LARGEST_VALUE;
/** Smaller copies of a picture that are looked at. */
const MOST_REDUCED = 32;
/** Further pictures, of which the smaller copies may be some. */
const SUBDIRECTORIES = 330;
/** More directories than this no picture has that is opened. */
const MOST_PAGES = 10_000;

class Reader {
  readonly #read: ReadAt;
  readonly little: boolean;
  /** BigTIFF: counts and addresses of 64 bits. */
  readonly big: boolean;

  constructor(read: ReadAt, little: boolean, big: boolean) {
    this.#read = read;
    this.little = little;
    this.big = big;
  }

  async bytes(position: number, length: number): Promise<DataView | null> {
    const bytes = await this.#read(position, length);
    return bytes === null ? null : new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** A count or an address. */
  long(view: DataView, at: number): number {
    return this.big ? Number(view.getBigUint64(at, this.little)) : view.getUint32(at, this.little);
  }

  /** How many entries the directory has, and where they begin. */
  async head(position: number): Promise<{ readonly count: number; readonly entries: number } | null> {
    const length = this.big ? 8 : 2;
    const view = await this.bytes(position, length);
    if (view === null) return null;
    const count = this.big ? this.long(view, 0) : view.getUint16(0, this.little);
    return count === 0 || count > MOST_FIELDS ? null : { count, entries: position + length };
  }

  get entrySize(): number {
    return this.big ? 20 : 12;
  }

  async fields(position: number): Promise<Map<number, TiffField> | null> {
    const head = await this.head(position);
    if (head === null) return null;
    const view = await this.bytes(head.entries, head.count * this.entrySize);
    if (view === null) return null;
    const fields = new Map<number, TiffField>();
    let left = LARGEST_DIRECTORY;
    for (let index = 0; index < head.count; index++) {
      const field = await this.#field(view, index * this.entrySize, Math.min(left, LARGEST_VALUE));
      if (field === null) continue;
      fields.set(field.tag, field);
      left -= field.value.length;
    }
    return fields;
  }

  /** Null where its value is not there or is larger than any that matters. */
  async #field(view: DataView, at: number, most: number): Promise<TiffField | null> {
    const tag = view.getUint16(at, this.little);
    const type = view.getUint16(at + 2, this.little);
    const count = this.long(view, at + 4);
    const length = count * (SIZES[type] ?? 0);
    if (length === 0 || length > most) return null;
    const inline = this.big ? 8 : 4;
    const place = at + (this.big ? 12 : 8);
    const found = length <= inline ? view : await this.bytes(this.long(view, place), length);
    if (found === null) return null;
    const from = found.byteOffset + (found === view ? place : 0);
    return { tag, type, count, value: new Uint8Array(found.buffer, from, length).slice() };
  }

  /** What the directory says that it is of, as bits; 0 where it says nothing. */
  async kind(position: number): Promise<number> {
    const head = await this.head(position);
    const view = head && (await this.bytes(head.entries, head.count * this.entrySize));
    if (head === null || view === null) return 0;
    for (let at = 0; at < view.byteLength; at += this.entrySize) {
      if (view.getUint16(at, this.little) === KIND) return this.#small(view, at);
    }
    return 0;
  }

  /** A number that stands in its entry. */
  #small(view: DataView, at: number): number {
    const place = at + (this.big ? 12 : 8);
    const type = view.getUint16(at + 2, this.little);
    if (type === LONG) return view.getUint32(place, this.little);
    return type === SHORT ? view.getUint16(place, this.little) : 0;
  }

  /** The directory after the one at `position`; 0 where it is the last. */
  async next(position: number): Promise<number> {
    const head = await this.head(position);
    if (head === null) return 0;
    const view = await this.bytes(head.entries + head.count * this.entrySize, this.big ? 8 : 4);
    return view === null ? 0 : this.long(view, 0);
  }
}

interface Begun {
  readonly reader: Reader;
  /** Where the first directory lies. */
  readonly first: number;
}

/** Null where the file is no TIFF file. */
async function begin(read: ReadAt): Promise<Begun | null> {
  const header = await read(0, 16);
  if (header === null) return null;
  const order = String.fromCharCode(header[0], header[1]);
  if (order !== 'II' && order !== 'MM') return null;
  const little = order === 'II';
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const kind = view.getUint16(2, little);
  if (kind !== 42 && kind !== 43) return null;
  const reader = new Reader(read, little, kind === 43);
  return { reader, first: reader.long(view, reader.big ? 8 : 4) };
}

/** The first directory; null where the file is no TIFF file, or not one that can be read so. */
export async function readDirectory(read: ReadAt): Promise<TiffDirectory | null> {
  const begun = await begin(read);
  if (begun === null) return null;
  const { reader, first } = begun;
  const { little, big } = reader;
  const fields = await reader.fields(first);
  if (fields === null) return null;
  const seen = new Set<number>();
  let copies = 0;
  for (let at = first; at !== 0 && !seen.has(at) && seen.size < MOST_PAGES; at = await reader.next(at)) {
    seen.add(at);
    if (at !== first && ((await reader.kind(at)) & REDUCED) !== 0) copies++;
  }
  return { little, big, fields, pages: seen.size - copies };
}

/** What else a file with this first directory holds: what lies beneath it, and the next ones of its chain. The first few of them. */
export async function furtherDirectories(
  read: ReadAt,
  { little, fields }: TiffDirectory,
): Promise<readonly TiffDirectory[]> {
  const begun = await begin(read);
  if (begun === null) return [];
  const { reader, first } = begun;
  const beneath = fields.get(SUBDIRECTORIES);
  const places = new Set(beneath === undefined ? [] : (numbersOf(beneath, little) ?? []));
  const inChain = async (): Promise<void> => {
    let at = await reader.next(first);
    while (at !== 0 && at !== first && !places.has(at) && places.size < MOST_REDUCED) {
      places.add(at);
      at = await reader.next(at);
    }
  };
  await inChain();
  const found: TiffDirectory[] = [];
  for (const place of [...places].slice(0, MOST_REDUCED)) {
    const inside = await reader.fields(place);
    if (inside !== null) found.push({ little, big: reader.big, fields: inside, pages: 1 });
  }
  return found;
}

/** The entries of a directory to which an entry of this tag points; none where there is no such entry. */
export async function readSubdirectory(
  read: ReadAt,
  { little, big, fields }: TiffDirectory,
  tag: number,
): Promise<readonly TiffField[]> {
  const pointer = fields.get(tag);
  if (pointer === undefined) return [];
  const [at] = numbersOf(pointer, little) ?? [];
  if (at === undefined) return [];
  const inside = await new Reader(read, little, big).fields(at);
  return [...(inside?.values() ?? [])];
}

/** Whole numbers of a field; null for other types. */
export function numbersOf({ type, count, value }: TiffField, little: boolean): readonly number[] | null {
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  const at = (index: number): number => {
    switch (type) {
      case 1:
        return view.getUint8(index);
      case 3:
        return view.getUint16(2 * index, little);
      case LONG:
      case 13:
        return view.getUint32(4 * index, little);
      default:
        return Number(view.getBigUint64(8 * index, little));
    }
  };
  if (![1, 3, LONG, 13, 16, 18].includes(type)) return null;
  return Array.from({ length: count }, (_, index) => at(index));
}
