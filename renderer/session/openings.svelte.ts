/**
 * Pictures on their way into the editor: chosen, dropped, pasted, recent, or named on the command line. Each is shown as
 * a tab with its name at once; when it is open its document takes the tab's place, when it cannot be opened an error says so.
 */

import type { DocumentId, Source } from '../../core/document/document';
import type { OpeningFrame, Recent } from '../../core/protocol/contract';
import type { Sample } from '../../core/protocol/learning-calls';
import type { Result } from '../../core/raster/fault';
import type { FrameLoader } from './frame-loader';
import type { DrawnFrame } from './frame-store';
import { measure } from './measures';
import type { Messages } from './messages.svelte';
import type { PageConnection } from './page-connection';

export interface Opening {
  readonly key: string;
  readonly name: string;
  /** The moment of the request. */
  readonly at: number;
}

/** A file by its handle, or its bytes still to be handed over. */
export type Incoming =
  { readonly name: string; readonly bytes: Blob } | { readonly name: string; readonly handle: string };

interface Parts {
  readonly connection: PageConnection;
  readonly messages: Messages;
  readonly loader: Pick<FrameLoader, 'load'>;
  /** The document of an opening is there. */
  readonly opened: (opening: Opening, document: DocumentId) => void;
  /** There is something to see of a document of which nothing was seen while it was being opened. */
  readonly seen: (document: DocumentId, first: DrawnFrame) => void;
  /** An opening is over, whatever became of it. */
  readonly ended: () => void;
  readonly begun: (opening: Opening) => void;
}

export class Openings {
  list = $state.raw<readonly Opening[]>([]);
  /** What there is to see of them before they are open, by the opening's key. */
  first = $state.raw<Readonly<Record<string, DrawnFrame | undefined>>>({});
  /** The keys of those that were on the canvas. */
  #seen: readonly string[] = [];
  /** The openings whose first pixels are on their way, by key, and the documents that they have become meanwhile. */
  readonly #arriving: Record<string, DocumentId | null> = {};
  readonly #parts: Parts;
  #last = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Opens each file as a document of its own. */
  async open(files: readonly Incoming[], at: number): Promise<void> {
    await Promise.all(
      files.map((file) =>
        this.#open(file.name, at, async () => {
          const handle = await this.hand(file);
          return handle.ok ? this.#parts.connection.call('document.open', { file: handle.value }) : handle;
        }),
      ),
    );
  }

  async openRecent(recent: Recent, at: number): Promise<void> {
    await this.#open(recent.name, at, () =>
      this.#parts.connection.call('recents.open', { recent: recent.id }),
    );
  }

  /** Opens a sample picture. Resolves to its document, null where it could not be opened; an alert has said so. */
  openSample({ id, name }: Sample, at: number): Promise<DocumentId | null> {
    return this.#open(name, at, () => this.#parts.connection.call('sample.open', { sample: id }));
  }

  /** Decodes a file for a document that is open already. Null where it could not be read; an alert has said so. */
  async source(document: DocumentId, file: Incoming): Promise<Source | null> {
    const handle = await this.hand(file);
    const answer = handle.ok
      ? await this.#parts.connection.call('source.open', { document, file: handle.value })
      : handle;
    if (!answer.ok) {
      this.#parts.messages.alert(answer.fault, file.name);
      return null;
    }
    for (const notice of answer.value.notices) this.#parts.messages.notice(`${file.name}: ${notice}`);
    return answer.value.source;
  }

  /** The main process opens a file that the page did not ask for. */
  announced(name: string): void {
    if (!this.list.some((opening) => opening.name === name)) this.#begin(name, performance.now());
  }

  /** There is something to see of a file that is still being opened. */
  async receive({ name, ...shown }: OpeningFrame): Promise<void> {
    const opening = this.list.find((each) => each.name === name);
    if (!opening) return;
    const standing = { document: '', generation: 0, which: 'after', exact: false, revision: -1 } as const;
    const frame = { ...shown, ...standing };
    this.#arriving[opening.key] = null;
    try {
      const picture = await this.#parts.loader.load(frame, new AbortController().signal);
      const document = this.#arriving[opening.key];
      if (this.list.includes(opening)) this.first = { ...this.first, [opening.key]: { frame, picture } };
      else if (document !== null) this.#parts.seen(document, { frame, picture });
    } catch {
      // It is gone from the shelf, so the picture itself is about to come.
    } finally {
      delete this.#arriving[opening.key];
    }
  }

  /** The drawing calls of an opening's first frame have returned. */
  drawn({ key, at }: Opening, { frame }: DrawnFrame): void {
    if (this.#seen.includes(key)) return;
    this.#seen = [...this.#seen, key];
    const { level, region, exact } = frame;
    const detail = { level, width: region.width, height: region.height, exact };
    measure('burnish:frame', { at, operation: null }, detail);
  }

  /** Whether something of it was on the canvas. */
  wasSeen({ key }: Opening): boolean {
    return this.#seen.includes(key);
  }

  /** The main process has opened it, or given up (then it sent an alert). */
  finished(name: string, document: DocumentId | null): void {
    const opening = this.list.find((each) => each.name === name);
    if (opening) this.#end(opening, document);
  }

  /** The handle of a file, which the main process knows it by. */
  async hand(file: Incoming): Promise<Result<string>> {
    if ('handle' in file) return { ok: true, value: file.handle };
    const answer = await this.#parts.connection.upload(file.bytes, file.name);
    return answer.ok ? { ok: true, value: answer.value.handle } : answer;
  }

  async #open(
    name: string,
    at: number,
    ask: () => Promise<Result<{ readonly document: DocumentId; readonly notices?: readonly string[] }>>,
  ): Promise<DocumentId | null> {
    const opening = this.#begin(name, at);
    const answer = await ask();
    this.#end(opening, answer.ok ? answer.value.document : null);
    if (!answer.ok) this.#parts.messages.alert(answer.fault, name);
    else for (const notice of answer.value.notices ?? []) this.#parts.messages.notice(`${name}: ${notice}`);
    return answer.ok ? answer.value.document : null;
  }

  #begin(name: string, at: number): Opening {
    const opening = { key: `opening-${++this.#last}`, name, at };
    this.list = [...this.list, opening];
    this.#parts.begun(opening);
    return opening;
  }

  #end(opening: Opening, document: DocumentId | null): void {
    if (!this.list.includes(opening)) return;
    this.list = this.list.filter((each) => each !== opening);
    if (document !== null) {
      if (opening.key in this.#arriving) this.#arriving[opening.key] = document;
      this.#parts.opened(opening, document);
    }
    this.first = { ...this.first, [opening.key]: undefined };
    this.#parts.ended();
  }
}

/** Files of a chooser, a drop or a paste. */
export function incoming(files: Iterable<File>): readonly Incoming[] {
  return Array.from(files, (file) => ({ name: file.name || 'Pasted picture.png', bytes: file }));
}
