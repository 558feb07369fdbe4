// The five things that are built, what each is made of, and how. Everything a part needs is bundled into it, except
// sharp's native libraries; so the packaged program carries no node_modules but sharp's.
//
// main      the main process and the command line: entries that share chunks; and the worker thread and the codec child, which share
//           none, the latter with sharp's JavaScript in it
// kernels   the fast kernels as one WebAssembly module, compiled from AssemblyScript
// samples   the sample pictures, painted by build/samples, with thumbnails and a list
// preload   one CommonJS file, because a sandboxed preload cannot be an ES module
// renderer  the page; no inline script, style or data address, so that its content security policy can be strict
import { mkdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Files that every part depends on: the build itself, and the versions it builds with. */
const common = [
  'build/build.mjs',
  'build/parts.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];

/** Never bundled: provided by Electron, or optional accelerators that their users do without; and sharp, but in the codec child. */
const external = [/^sharp$/, /^@img\//, /^electron$/, /^playwright/, /^bufferutil$/, /^utf-8-validate$/];

/**
 * sharp's JavaScript in a bundle looks for its native library from where it would lie if it were none. Loading that JavaScript file by
 * file takes as long as Node itself takes to start; the library is there in three milliseconds.
 */
const sharpInBundle = {
  name: 'sharp-in-bundle',
  /** @param {string} code @param {string} id */
  transform(code, id) {
    const natives = 'createRequire(import.meta.url)';
    if (!/[\\/]node_modules[\\/]sharp[\\/]/.test(id) || !code.includes(natives)) return null;
    const there = `createRequire(${natives}.resolve('sharp'))`;
    return { code: code.replaceAll(natives, there), map: null };
  },
};

/** Settings of both parts that run on Node. Electron 45 carries Node 24, a checkout needs 20.19. */
const forNode = {
  ssr: { target: /** @type {const} */ ('node'), noExternal: /** @type {const} */ (true) },
  build: { ssr: true, target: 'node20', minify: false, sourcemap: true },
};

/**
 * What a process or a thread of its own runs, which shares nothing: CommonJS in few files starts soonest. A worker thread that
 * loads ES modules out of shared chunks takes 66 ms of CPU to start, and not 52.
 * @param {string} name
 * @param {string} input
 * @param {import('vite').Plugin[]} [plugins]
 * @returns {import('vite').InlineConfig}
 */
function startingSoon(name, input, plugins = []) {
  return {
    ...forNode,
    plugins,
    build: {
      ...forNode.build,
      rolldownOptions: {
        input: { [name]: input },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: `chunks/${name}-[name]-[hash].cjs`,
        },
      },
    },
  };
}

/**
 * @typedef {object} Part
 * @property {string} name where it lies below `out`
 * @property {string[]} sources the files and folders it is made of
 * @property {string[]} without what in these does not count
 * @property {() => Promise<readonly import('vite').InlineConfig[]>} [configs] how Vite makes it, piece by piece
 * @property {(folder: string, root: string) => Promise<void>} [make] how it is made where Vite does not do it
 */

/** Compiled by AssemblyScript, for the other parts but a file beside them. */
const assembly = 'core/kernels/wasm/assembly';

/**
 * AssemblyScript's decorator for functions that are compiled into their callers is no TypeScript, and no tool would read the files;
 * so it stands there as a comment.
 * @param {string} name
 * @param {string} folder
 */
async function readSource(name, folder) {
  try {
    return (await readFile(resolve(folder, name), 'utf8')).replaceAll(/^\/\/ @inline$/gm, '@inline');
  } catch {
    // AssemblyScript looks in several places.
    return null;
  }
}

/**
 * Compiles the kernels to `kernels.wasm` in `folder`. They have no memory of their own, no objects and no state (but see kept.ts), and
 * compute the same bytes everywhere: no fused multiplication, no relaxed SIMD.
 * @param {string} folder
 * @param {string} root
 */
async function makeKernels(folder, root) {
  const { main } = await import('assemblyscript/asc');
  const memory = ['--importMemory', '--noExportMemory', '--sharedMemory', '--maximumMemory', '65536'];
  const speed = ['-O3', '--converge', '--noAssert', '--enable', 'simd,threads'];
  const bare = ['--runtime', 'stub', '--use', 'abort='];
  const file = ['--baseDir', root, '--outFile', relative(root, join(folder, 'kernels.wasm'))];
  const { error, stderr } = await main([`${assembly}/index.ts`, ...file, ...memory, ...speed, ...bare], {
    readFile: readSource,
  });
  if (error) throw new Error(`${stderr.toString()}${error.message}`);
}

/**
 * Paints the sample pictures into `folder`.
 * @param {string} folder
 */
async function makeSamples(folder) {
  const { writeSamples } = await import('./samples/index.mjs');
  await mkdir(folder, { recursive: true });
  await writeSamples(folder);
}

/**
 * The parts, in the order in which they are built.
 * @type {Part[]}
 */
export const parts = [
  {
    name: 'main',
    sources: [...common, 'core', 'electron'],
    without: [assembly],
    configs: async () => [
      {
        ...forNode,
        build: {
          ...forNode.build,
          rolldownOptions: {
            input: {
              main: 'electron/desktop/main.ts',
              burnish: 'electron/launch.ts',
              early: 'core/node/cli/early.ts',
            },
            external,
            output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
          },
        },
      },
      startingSoon('codec', 'core/node/codec/child.ts', [sharpInBundle]),
      startingSoon('worker', 'core/node/engine/worker.ts'),
    ],
  },
  {
    name: 'kernels',
    sources: [...common, assembly],
    without: [],
    make: makeKernels,
  },
  {
    name: 'samples',
    sources: [...common, 'build/samples', 'build/sample-picture.mjs'],
    without: [],
    make: makeSamples,
  },
  {
    name: 'preload',
    sources: [...common, 'core', 'electron'],
    without: ['core/node', 'core/kernels', 'electron/host', 'electron/browser'],
    configs: async () => [
      {
        ...forNode,
        build: {
          ...forNode.build,
          rolldownOptions: {
            input: { preload: 'electron/desktop/preload.ts' },
            external,
            output: { format: 'cjs', entryFileNames: '[name].cjs' },
          },
        },
      },
    ],
  },
  {
    name: 'renderer',
    sources: [...common, 'core', 'renderer'],
    without: ['core/node', assembly],
    configs: async () => {
      const { svelte } = await import('@sveltejs/vite-plugin-svelte');
      return [
        {
          // Absolute: the command may be called from any folder.
          root: fileURLToPath(new URL('../renderer', import.meta.url)),
          base: './',
          plugins: [svelte({ configFile: false })],
          build: {
            target: 'chrome128',
            assetsInlineLimit: 0,
            modulePreload: { polyfill: false },
            sourcemap: true,
            chunkSizeWarningLimit: 2000,
            rolldownOptions: { checks: { pluginTimings: false } },
          },
        },
      ];
    },
  },
];
