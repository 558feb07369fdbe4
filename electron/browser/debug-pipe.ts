/**
 * Tells a browser that was started with `--remote-debugging-pipe` where to go. Its command line can be read by every user of the
 * machine, so the address with the token must not stand there; this pipe nobody else can reach. When it closes, because
 * this program ends in whatever way, the browser ends too. (Chrome DevTools Protocol: JSON messages that end with a zero.)
 */

import type { Readable, Writable } from 'node:stream';
import { isPlainObject } from '../../core/document/json';

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return isPlainObject(value) ? value : {};
}

/** Calls `receive` with every message; what is no JSON object is passed over. */
function readMessages(from: Readable, receive: (message: Fields) => void): void {
  let rest = '';
  from.setEncoding('utf8');
  from.on('data', (text: string) => {
    const parts = (rest + text).split('\0');
    rest = parts.pop() ?? '';
    for (const part of parts) receive(fieldsOf(JSON.parse(part)));
  });
}

/** Sends the first page whose address begins with `origin` to `address`, as soon as there is one. */
export function navigateFirstPage(to: Writable, from: Readable, origin: string, address: string): void {
  let lastId = 0;
  let attached = false;
  const send = (method: string, params: Fields, more: Fields = {}): void => {
    to.write(`${JSON.stringify({ id: ++lastId, method, params, ...more })}\0`);
  };
  // A browser that ends takes the pipe with it; that it ended is told elsewhere.
  to.on('error', () => undefined);
  from.on('error', () => undefined);
  readMessages(from, ({ method, params }) => {
    const { targetInfo, sessionId } = fieldsOf(params);
    const { type, url, targetId } = fieldsOf(targetInfo);
    if (method === 'Target.attachedToTarget' && typeof sessionId === 'string') {
      send('Page.navigate', { url: address }, { sessionId });
    } else if (!attached && type === 'page' && typeof url === 'string' && url.startsWith(origin)) {
      attached = true;
      send('Target.attachToTarget', { targetId, flatten: true });
    }
  });
  send('Target.setDiscoverTargets', { discover: true });
}
