/**
 * The codec's child process in Electron. The packaged program cannot run as Node (a fuse is blown for safety), so it is a
 * utility process; on Linux it decodes with WebAssembly, because there the native library clashes with Electron's.
 */

import { utilityProcess } from 'electron';
import { environmentWith, type ForkChild } from '../../core/node/codec/fork';

export const forkUtility: ForkChild = (path, environment) => {
  const child = utilityProcess.fork(path, [], {
    env: environmentWith(environment),
    serviceName: 'Burnish codec',
    stdio: process.env.BURNISH_DEBUG === undefined ? 'ignore' : 'inherit',
  });
  return {
    queues: false,
    send: (message) => child.postMessage(message),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill(),
    // Electron ends when its windows are closed, whatever its children do.
    keepWaiting: () => undefined,
  };
};
