/** The editor's server in the browser shell, with a data folder of its own. */

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Starts it and waits for its ready line. @param {string} folder @param {readonly string[]} command */
export async function startServer(folder, [program, ...given]) {
  const child = spawn(program, given, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, BURNISH_HOME: join(folder, 'home') },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const began = performance.now();
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\S+/.exec(line)?.[0];
    if (url === undefined) continue;
    return {
      url,
      /** Milliseconds until then. */
      ready: performance.now() - began,
      pid: child.pid ?? 0,
      async stop() {
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error('the server did not become ready');
}

/** @param {string} folder @param {readonly string[]} files */
export const serve = (folder, ...files) =>
  startServer(folder, [process.execPath, 'build/burnish.mjs', 'serve', ...files, '--no-open']);
