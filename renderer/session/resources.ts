/** What crosses by HTTP in both shells: addresses of pixels, and the bytes of files that the user brings. */

import { fail, type Fault, type Result } from '../../core/raster/fault';

/** The URL of a resource path, relative to the page's own address without its fragment. */
export function resourceUrl(page: string, path: string): string {
  return new URL(path, page).href;
}

/** Posts the bytes of a file; the answer is the handle by which calls name it. */
export async function uploadFile(
  page: string,
  file: Blob,
  name: string,
): Promise<Result<{ readonly handle: string }>> {
  const unreachable = fail(
    'unreadable',
    `${name} could not be handed over`,
    'is Burnish still running? Then try again',
  );
  try {
    const response = await fetch(resourceUrl(page, `uploads?name=${encodeURIComponent(name)}`), {
      method: 'POST',
      body: file,
    });
    return uploadAnswer(await response.json()) ?? unreachable;
  } catch {
    return unreachable;
  }
}

function uploadAnswer(answer: unknown): Result<{ readonly handle: string }> | null {
  if (!isFields(answer)) return null;
  const { ok, value, fault } = answer;
  if (ok === true && isFields(value) && typeof value.handle === 'string')
    return { ok, value: { handle: value.handle } };
  return ok === false && isFault(fault) ? { ok, fault } : null;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isFault(value: unknown): value is Fault {
  return isFields(value) && typeof value.message === 'string' && typeof value.remedy === 'string';
}
