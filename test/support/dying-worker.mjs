/**
 * A worker that stops when it is about to say what it has done, until so many workers have: `BURNISH_DEATHS` names a file that grows by a
 * byte at each of them, and says, after a colon, how many there are. `BURNISH_WORKER` is the worker as it is built.
 */

import { appendFileSync, statSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

const [, file, most] = /^(.*):(\d+)$/.exec(process.env.BURNISH_DEATHS ?? '') ?? [];
if (parentPort === null) throw new Error('this file runs as a worker thread');

const post = parentPort.postMessage.bind(parentPort);
parentPort.postMessage = (answer) => {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < Number(most)) {
    appendFileSync(file, '.');
    process.exit(1);
  }
  post(answer);
};

await import(process.env.BURNISH_WORKER ?? '');
