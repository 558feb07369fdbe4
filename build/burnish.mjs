#!/usr/bin/env node
// The command `burnish`. In a checkout it first builds what is stale; what that says goes to stderr, stdout belongs to
// the program. The program runs in this process, so that signals, pipes and the exit status are its own.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build, root } from './build.mjs';

if (existsSync(join(root, 'core'))) {
  await build().catch((error) => {
    console.error(`burnish: ${error.message}`);
    process.exit(1);
  });
}
/** @type {{ run(words: string[]): Promise<number> }} */
const { run } = await import(new URL('../out/main/burnish.js', import.meta.url).href);
process.exitCode = await run(process.argv.slice(2));
