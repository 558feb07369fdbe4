/**
 * Exporting one document: an estimate of the size that is never out of date, and the export itself, which the user may stop.
 */

import type { Answers, ExportOptions } from '../../core/protocol/contract';
import { FORMAT_CHOICES, type FormatChoices } from '../../core/protocol/format-choices';
import { fetchFile } from './fetch-file';
import type { Fault } from '../../core/raster/fault';
import type { Messages } from './messages.svelte';
import type { OpenDocument } from './open-document.svelte';
import type { PageConnection } from './page-connection';
import type { ExportChoice, Format } from './preferences.svelte';

/** Milliseconds after the last change until the size is worked out. */
const REST = 250;

export type Estimate = Answers['export.estimate'];

export const formatNames: Readonly<Record<Format, string>> = {
  jpeg: 'JPEG',
  png: 'PNG',
  webp: 'WebP',
  tiff: 'TIFF',
  avif: 'AVIF',
  ora: 'OpenRaster',
};

/** What is chosen, as far as there is a choice; where nothing is, the usual is left to whoever writes the file. */
export function optionsOf(
  format: Format,
  choice: ExportChoice,
  has: FormatChoices = FORMAT_CHOICES[format],
): ExportOptions {
  const { quality, metadata, profile, effort, subsampling } = choice;
  const lossless = has.lossless && choice.lossless;
  return {
    format,
    metadata,
    profile,
    ...(has.quality !== null && !lossless && { quality }),
    ...(lossless && { lossless }),
    ...(has.effort !== null && effort !== null && { effort }),
    ...(has.subsampling && !lossless && subsampling !== null && { chromaSubsampling: subsampling }),
  };
}

export class ExportJob {
  /** Of what is chosen now; null while it is not known. */
  estimate = $state.raw<Estimate | null>(null);
  /** Why there is no estimate. */
  fault = $state.raw<Fault | null>(null);
  readonly #connection: PageConnection;
  readonly #document: OpenDocument;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: PageConnection, document: OpenDocument) {
    this.#connection = connection;
    this.#document = document;
  }

  /** Something was chosen: forgets the estimate, and works it out once the choices rest. */
  choose(options: ExportOptions): void {
    this.estimate = null;
    this.fault = null;
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    this.#timer = setTimeout(() => void this.#ask(options, asked), REST);
  }

  async #ask(options: ExportOptions, asked: number): Promise<void> {
    const answer = await this.#connection.call('export.estimate', { document: this.#document.id, options });
    if (asked !== this.#asked) return;
    if (answer.ok) this.estimate = answer.value;
    else this.fault = answer.fault;
  }

  /** Nobody looks at the estimate any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#asked++;
  }
}

/** Exports a document; the file comes as a download where there was no dialog for its place. */
export async function exportDocument(
  connection: PageConnection,
  messages: Messages,
  document: OpenDocument,
  options: ExportOptions,
): Promise<void> {
  document.exporting = true;
  const answer = await connection.call('export.save', { document: document.id, options });
  document.exporting = false;
  if (!answer.ok) {
    if (answer.fault.message !== 'cancelled') messages.alert(answer.fault, document.name);
    return;
  }
  const { name, download, bytes } = answer.value;
  if (name === null) return;
  if (download !== null) fetchFile(connection.resource(download), name);
  messages.notice(`Exported ${name}, ${sizeText(bytes)}`);
}

/** "3.4 MB", as file managers say it: a thousand bytes are a kilobyte. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const units = ['kB', 'MB', 'GB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${units[power - 1]}`;
}
