/**
 * A worker that stops when it is about to say what it has done, until so many workers have: `BURNISH_DEATHS` names a folder that gets a
 * file at each of them, and says, after a colon, how many there are. `BURNISH_WORKER` is the worker as it is built.
 */

import { closeSync, openSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

const [, folder, most] = /^(.*):(\d+)$/.exec(process.env.BURNISH_DEATHS ?? '') ?? [];
if (parentPort === null) throw new Error('this file runs as a worker thread');

/** Whether a death is left. Two threads that ask at the same time do not get the same one. */
function mayDie() {
  for (let death = 0; death < Number(most); death++) {
    try {
      closeSync(openSync(`${folder}/${death}`, 'wx'));
      return true;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
  return false;
}

const post = parentPort.postMessage.bind(parentPort);
parentPort.postMessage = (answer) => {
  if (mayDie()) process.exit(1);
  post(answer);
};

await import(process.env.BURNISH_WORKER ?? '');
