/** Exported files that wait to be fetched by the page. Only the last few: a download begins at once or not at all. */

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

export class Downloads {
  readonly #waiting = new Map<string, Download>();

  /** The id under which it can be fetched, any number of times until newer ones push it out. */
  add(download: Download): string {
    const id = randomBytes(16).toString('base64url');
    this.#waiting.set(id, download);
    const [oldest] = this.#waiting;
    if (this.#waiting.size > MOST) this.#forget(...oldest);
    return id;
  }

  #forget(id: string, download: Download): void {
    this.#waiting.delete(id);
    if ('file' in download) rmSync(download.file, { force: true });
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
