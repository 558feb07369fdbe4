/**
 * `app://burnish/` — the page's own files, and what the host has for it. There is no `file://` and no network: whatever the
 * page asks for is answered here, by the same code as in the browser shell.
 */

import { protocol, type CustomScheme } from 'electron';
import { APP_ORIGIN } from '../../core/protocol/wire';
import { securityHeaders, type PageFiles } from '../host/page-files';
import type { Resources } from '../host/resources';

/** Has to be registered before the app is ready. */
export const appScheme: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
};

const headers = securityHeaders([]);

/** Answers one request of the page. */
export async function answerPage(request: Request, page: PageFiles, resources: Resources): Promise<Response> {
  const { protocol: scheme, host, pathname } = new URL(request.url);
  if (`${scheme}//${host}` !== APP_ORIGIN) return new Response(null, { status: 404, headers });
  const file = request.method === 'GET' ? page.get(pathname) : undefined;
  if (file !== undefined)
    return new Response(file.bytes, { headers: { ...headers, 'content-type': file.type } });
  const answer = await resources(request);
  const { status } = answer;
  return new Response(answer.body, {
    status,
    headers: { ...headers, ...Object.fromEntries(answer.headers) },
  });
}

export function serveApp(page: PageFiles, resources: Resources): void {
  protocol.handle('app', (request) => answerPage(request, page, resources));
}
