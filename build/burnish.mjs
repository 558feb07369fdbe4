#!/usr/bin/env node
// The command `burnish`. In a checkout it first builds what is stale; what that says goes to stderr, stdout belongs to
// the program. The program runs in this process, so that signals, pipes and the exit status are its own.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { build, root } from './build.mjs';

const words = process.argv.slice(2);
/** What these commands run; they are short, and would wait for the sources of a page that nobody opens to be read. */
const only = ['apply', 'render'].includes(words[0]) ? ['main', 'kernels'] : undefined;
if (existsSync(join(root, 'core'))) {
  await build({ only }).catch((error) => {
    console.error(`burnish: ${error.message}`);
    process.exit(1);
  });
}
// npx runs the command through a shell that, when it is told to stop, dies without telling us.
if (process.env.npm_lifecycle_event) {
  const shell = process.ppid;
  const watch = () => process.ppid !== shell && process.kill(process.pid, 'SIGTERM');
  setInterval(watch, 500).unref();
}

/** @type {{ run(words: string[], browser: typeof findBrowser): Promise<number> }} */
const { run } = await import(new URL('../out/main/burnish.js', import.meta.url).href);
process.exitCode = await run(words, findBrowser);
