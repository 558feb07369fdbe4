/**
 * Exported and saved files that wait to be fetched by the page. Only the last few, and only so many bytes beside the newest: a
 * download begins at once or not at all.
 */

import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';

interface Named {
  readonly name: string;
  readonly type: string;
}

/** What is too large for memory lies in a file, which is removed when the download is pushed out. */
export type Download = Named &
  ({ readonly bytes: Uint8Array } | { readonly file: string; readonly size: number });

const MOST = 4;
const MOST_BYTES = 64_000_000;

export class Downloads {
  readonly #waiting = new Map<string, Download>();

  /** The id under which it can be fetched, any number of times until newer ones push it out. */
  add(download: Download): string {
    const id = randomBytes(16).toString('base64url');
    this.#waiting.set(id, download);
    while (this.#waiting.size > 1 && (this.#waiting.size > MOST || this.#bytes > MOST_BYTES)) {
      const [[oldest, old]] = this.#waiting;
      this.#waiting.delete(oldest);
      if ('file' in old) rmSync(old.file, { force: true });
    }
    return id;
  }

  /** In memory. */
  get #bytes(): number {
    return [...this.#waiting.values()].reduce(
      (sum, download) => sum + ('bytes' in download ? download.bytes.byteLength : 0),
      0,
    );
  }

  find(id: string): Download | undefined {
    return this.#waiting.get(id);
  }
}

/** The header that makes a browser save the file under this name, whatever characters it has (RFC 6266, RFC 8187). */
export function contentDisposition(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
