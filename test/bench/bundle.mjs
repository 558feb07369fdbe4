/** Bundles engine.ts as the program itself is bundled, beside the built worker, so that it finds what the program finds. */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build as buildProgram, root } from '../../build/build.mjs';

/** Builds what is stale, and gives the address of the bundle. */
export async function bundleEngine() {
  await buildProgram();
  const { build } = await import('vite');
  const outDir = join(root, 'out', 'bench');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { target: 'node', noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      minify: false,
      emptyOutDir: true,
      outDir,
      rolldownOptions: {
        input: { engine: join(root, 'test/bench/engine.ts') },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return pathToFileURL(join(outDir, 'engine.mjs')).href;
}
