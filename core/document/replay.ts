/**
 * From entries to documents, by replaying commands. Documents share what they have in common, but a stack of ten thousand steps
 * is still a list of ten thousand; so only some are kept: those most recently asked for, and every sixty-fourth on the way.
 * Neighbours therefore cost one command, any other entry at most sixty-four.
 *
 * What is kept belongs to the log's first entry, which all versions of a log share, and goes when the log goes.
 */

import { sentence } from '../raster/fault';
import { openDocument } from './commands/document';
import type { Document } from './document';
import type { Entry } from './log';
import { carryOut } from './reduce';

/** Commands between two documents that stay. */
const INTERVAL = 64;
/** Documents kept besides those: enough to walk back through several intervals. */
const RECENT = 256;

class Memory {
  private readonly lasting = new WeakMap<Entry, Document>();
  /** In order of use, the latest last. */
  private readonly recent = new Map<Entry, Document>();
  /** How many commands an entry is after the last document that stays. */
  private readonly distance = new WeakMap<Entry, number>();

  find(entry: Entry): Document | undefined {
    const lasting = this.lasting.get(entry);
    if (lasting) return lasting;
    const recent = this.recent.get(entry);
    if (recent) {
      this.recent.delete(entry);
      this.recent.set(entry, recent);
    }
    return recent;
  }

  keep(entry: Entry, parent: Entry | null, document: Document): void {
    const distance = parent === null ? 0 : ((this.distance.get(parent) ?? 0) + 1) % INTERVAL;
    this.distance.set(entry, distance);
    if (distance === 0) {
      this.lasting.set(entry, document);
      return;
    }
    this.recent.set(entry, document);
    if (this.recent.size <= RECENT) return;
    const [oldest] = this.recent.keys();
    this.recent.delete(oldest);
  }
}

const memories = new WeakMap<Entry, Memory>();

function memoryOf(entries: readonly Entry[]): Memory {
  const known = memories.get(entries[0]);
  if (known) return known;
  const memory = new Memory();
  memories.set(entries[0], memory);
  return memory;
}

function parentOf(entries: readonly Entry[], entry: Entry): Entry | null {
  return entry.parent === null ? null : entries[entry.parent];
}

/** Notes the document of a new entry, so that it need not be made again. `entries` may lack the entry itself. */
export function remember(entries: readonly Entry[], entry: Entry, document: Document): void {
  memoryOf(entries).keep(entry, parentOf(entries, entry), document);
}

/** The document right after an entry of the log. Throws where a logged command no longer applies, which would be a bug. */
export function documentOf(entries: readonly Entry[], entry: Entry): Document {
  const memory = memoryOf(entries);
  const missing: Entry[] = [];
  let document: Document | undefined;
  for (let at: Entry | null = entry; at !== null; at = parentOf(entries, at)) {
    document = memory.find(at);
    if (document) break;
    missing.push(at);
  }
  for (const next of missing.reverse()) {
    document = after(document, next);
    memory.keep(next, parentOf(entries, next), document);
  }
  if (!document) throw new Error('a log without an opening');
  return document;
}

function after(before: Document | undefined, entry: Entry): Document {
  if (entry.command.type === 'document.open') return openDocument(entry.command);
  if (!before) throw new Error('a log without an opening');
  const result = carryOut(before, entry.command);
  if (!result.ok)
    throw new Error(`entry ${entry.id} of the log no longer applies: ${sentence(result.fault)}`);
  return result.value;
}
