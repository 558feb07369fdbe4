/**
 * Archives, the same bytes for the same parts: in the order given, without times, users or anything else of this machine. What is
 * compressed already is stored; text is deflated, unless it shrinks so far that a careful reader would take it for a bomb.
 */

import {
  configure,
  TextReader,
  Uint8ArrayReader,
  Uint8ArrayWriter,
  ZipWriter,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { deflateRawSync } from 'node:zlib';
import { defaultProjectLimits } from './limits';

configure({ useWebWorkers: false });

export interface ArchivePart {
  readonly name: string;
  /** Text is deflated, bytes are stored. */
  readonly content: string | Uint8Array;
}

/** The first day that archives know, by the clock on the wall: they hold no time zone. */
const NO_DATE = new Date(1980, 0, 1);

function deflates(text: string): boolean {
  const bytes = Buffer.from(text);
  return bytes.length <= deflateRawSync(bytes).length * defaultProjectLimits.ratio;
}

/** The archive's bytes. */
export async function writeArchive(parts: readonly ArchivePart[]): Promise<Uint8Array> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    keepOrder: true,
    // A header without any extra is what programs look at to tell the format by its first bytes.
    extendedTimestamp: false,
    dataDescriptor: false,
    lastModDate: NO_DATE,
  });
  for (const { name, content } of parts) {
    const isText = typeof content === 'string';
    const reader = isText ? new TextReader(content) : new Uint8ArrayReader(content);
    await writer.add(name, reader, { level: isText && deflates(content) ? 6 : 0 });
  }
  return writer.close();
}
