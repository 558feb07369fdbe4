/** What the main process made for the user: a file that it wrote already, or a download that the page begins. */

import type { Handed } from '../../core/protocol/replay-calls';
import { fetchFile } from './fetch-file';
import type { PageConnection } from './page-connection';

/** Begins the download, where there is one. False where the user thought better of it. */
export function take(connection: PageConnection, { name, download }: Handed): boolean {
  if (name !== null && download !== null) fetchFile(connection.resource(download), name);
  return name !== null;
}

/** Puts a text on the clipboard; false where the browser does not let it. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
