/** What the main process made for the user: a file that it wrote already, or a download that the page begins. */

import type { Handed } from '../../core/protocol/replay-calls';
import type { PageConnection } from './page-connection';

/** Begins the download, where there is one. False where the user thought better of it. */
export function take(connection: PageConnection, { name, download }: Handed): boolean {
  if (name !== null && download !== null) fetchFile(connection.resource(download), name);
  return name !== null;
}

export function fetchFile(href: string, name: string): void {
  const link = window.document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
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
