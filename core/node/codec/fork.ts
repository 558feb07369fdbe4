/**
 * Starting a child process. Node's own way is here; Electron's main process hands in another, over
 * `utilityProcess`, because the packaged program refuses to run as Node.
 */

import { fork } from 'node:child_process';

export interface ChildHandle {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process has ended or could not be started. */
  onExit(listener: () => void): void;
  /** Ends it at once. */
  kill(): void;
  /** Whether what is sent before the child listens waits for it; else it has to have said that it is ready. */
  readonly queues: boolean;
  /** Whether this process has to wait for the child before it can end by itself. */
  keepWaiting(wait: boolean): void;
}

/** Starts the file at `path` as a child process, with `environment` besides that of this process. */
export type ForkChild = (path: string, environment: Readonly<Record<string, string>>) => ChildHandle;

/**
 * The environment of a child: that of this process, and `environment`. Node reads extra certificates before anything else, some 40 ms for a
 * usual list, and a child that speaks to nobody needs none.
 */
export function environmentWith(environment: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { NODE_EXTRA_CA_CERTS: _, ...inherited } = process.env;
  return { ...inherited, ...environment };
}

export const forkWithNode: ForkChild = (path, environment) => {
  const errors = process.env['BURNISH_DEBUG'] === undefined ? 'ignore' : 'inherit';
  const child = fork(path, [], {
    env: environmentWith(environment),
    // Native code may print on bad input, and nothing that this process was started with concerns the child.
    stdio: ['ignore', 'ignore', errors, 'ipc'],
    execArgv: [],
    serialization: 'json',
  });
  let gone = false;
  const listeners: (() => void)[] = [];
  const leave = (): void => {
    if (gone) return;
    gone = true;
    for (const listener of listeners) listener();
  };
  child.on('exit', leave);
  child.on('error', leave);
  return {
    queues: true,
    send: (message) => {
      if (typeof message !== 'object' || message === null) throw new TypeError('messages are objects');
      // A child that has just died is told of by `exit`.
      child.send(message, () => undefined);
    },
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => listeners.push(listener),
    kill: () => child.kill('SIGKILL'),
    keepWaiting: (wait) => {
      if (wait) {
        child.ref();
        child.channel?.ref();
      } else {
        child.unref();
        child.channel?.unref();
      }
    },
  };
};
