#!/usr/bin/env node
// The command `burnish`. In a checkout it first builds what is stale; what that says goes to stderr, stdout belongs to
// the program. The program runs in this process, so that signals, pipes and the exit status are its own.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const words = process.argv.slice(2);

/**
 * The child process that decodes takes longer to be ready than all of this, so it is started first, where the words will need it and the
 * program was built. What is stale may be broken, or no such program: it is built again in a moment.
 */
const entry = new URL('../out/main/early.js', import.meta.url);
const begun = existsSync(entry)
  ? await import(entry.href).then(
      ({ startEarly }) => startEarly(words),
      () => null,
    )
  : null;

const [{ findBrowser }, { build, root }] = await Promise.all([
  import('./browser.mjs'),
  import('./build.mjs'),
]);
/** What these commands run; they are short, and would wait for the sources of a page that nobody opens to be read. */
const only = ['apply', 'render'].includes(words[0]) ? ['main', 'kernels'] : undefined;
const built = !existsSync(join(root, 'core'))
  ? []
  : await build({ only }).catch((error) => {
      console.error(`burnish: ${error.message}`);
      process.exit(1);
    });
// One of the program as it was before is not the one for this program.
if (built.length > 0) begun?.end();
// npx runs the command through a shell that, when it is told to stop, dies without telling us.
if (process.env.npm_lifecycle_event) {
  const shell = process.ppid;
  const watch = () => process.ppid !== shell && process.kill(process.pid, 'SIGTERM');
  setInterval(watch, 500).unref();
}

/** @type {{ run(words: string[], browser: typeof findBrowser, early: unknown): Promise<number> }} */
const { run } = await import(new URL('../out/main/burnish.js', import.meta.url).href);
process.exitCode = await run(words, findBrowser, built.length > 0 ? null : begun);
if (only !== undefined) {
  // All that these commands began has ended. A process that ends by itself first takes its heap apart, which takes 20 ms and more.
  const said = [process.stdout, process.stderr].filter((stream) => stream.writableLength > 0);
  await Promise.all(said.map((stream) => new Promise((done) => stream.write('', done))));
  process.exit();
}
