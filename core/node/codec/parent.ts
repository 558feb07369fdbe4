/**
 * The child's end of the channel. A child forked by Node speaks over `process.send`, one forked by Electron's
 * utilityProcess over `process.parentPort`; the messages are the same.
 */

import { EventEmitter } from 'node:events';

export interface Parent {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called when the parent has gone, by whatever end. */
  onGone(listener: () => void): void;
}

interface ParentPort extends EventEmitter {
  postMessage(message: unknown): void;
}

function isPort(value: unknown): value is ParentPort {
  return value instanceof EventEmitter && 'postMessage' in value && typeof value.postMessage === 'function';
}

/** The parent of this process; null where it was started by hand. */
export function parentOfThisProcess(): Parent | null {
  const port: unknown = Reflect.get(process, 'parentPort');
  if (isPort(port)) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) =>
        port.on('message', (event: { readonly data: unknown }) => listener(event.data)),
      onGone: (listener) => port.on('close', listener),
    };
  }
  if (process.send === undefined) return null;
  // Ctrl+C in a terminal, and what ends a group of processes, comes to this one too. The parent decides what becomes of it.
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => undefined);
  return {
    send: (message) => process.send?.(message),
    onMessage: (listener) => process.on('message', listener),
    onGone: (listener) => {
      // The parent may have gone while this process was still loading.
      if (process.connected) process.on('disconnect', listener);
      else listener();
    },
  };
}
