// `npm run dev [-- FILES]`: the editor in the browser shell, rebuilt whenever a source changes. A change to the page
// wants a reload of the tab; a change to the main process starts the server anew, on the same port.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { build, root } from './build.mjs';

const port = process.env.BURNISH_DEV_PORT ?? '5180';
const words = ['serve', '--no-open', '--port', port, ...process.argv.slice(2)];
/** @type {import('node:child_process').ChildProcess | undefined} */
let server;

/** Starts the server, after the one that runs has stopped. */
async function serve() {
  const running = server;
  if (running && running.exitCode === null) {
    const stopped = new Promise((done) => running.once('exit', done));
    running.kill('SIGTERM');
    await stopped;
  }
  server = spawn(process.execPath, [join(root, 'build/burnish.mjs'), ...words], { stdio: 'inherit' });
}

/** Builds what is stale; true if the main process is among it. A failed build is told and waits for the next change. */
async function rebuild() {
  try {
    const built = await build();
    return built.includes('main');
  } catch (error) {
    console.error(error.message);
    return false;
  }
}

/** @type {NodeJS.Timeout | undefined} */
let timer;
let queue = rebuild().then(serve);
/** The main process reads the lessons when it starts. */
let reread = false;
for (const folder of ['core', 'electron', 'renderer', 'lessons', 'build/samples']) {
  watch(join(root, folder), { recursive: true }, () => {
    reread ||= folder === 'lessons' || folder === 'build/samples';
    clearTimeout(timer);
    timer = setTimeout(() => {
      queue = queue.then(rebuild).then((restart) => {
        const again = restart || reread;
        reread = false;
        return again ? serve() : undefined;
      });
    }, 100);
  });
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    server?.once('exit', () => process.exit(0));
    server?.kill(signal);
  });
}
