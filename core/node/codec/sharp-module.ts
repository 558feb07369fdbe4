/**
 * The one place that loads sharp. Native sharp is unsafe inside Electron on Linux, where its GLib and the
 * system's clash in one process (electron#46323, sharp#4522); there the same library compiled to WebAssembly
 * is loaded. libvips reads many formats, some of them under any name; all are closed but those that Burnish
 * reads, and of those only the readers of bytes; foreign files come as nothing else.
 */

import { createRequire } from 'node:module';
import type sharp from 'sharp';

export type SharpModule = typeof sharp;
export type CodecBuild = 'native' | 'wasm';

/** The variable that decides for one or the other, against the rule. */
export const BUILD_VARIABLE = 'BURNISH_CODEC';

export function codecBuild(
  environment: Readonly<Record<string, string | undefined>>,
  inElectron: boolean,
  platform: string,
): CodecBuild {
  const asked = environment[BUILD_VARIABLE];
  if (asked === 'native' || asked === 'wasm') return asked;
  return inElectron && platform === 'linux' ? 'wasm' : 'native';
}

/**
 * Makes sharp find its WebAssembly build where it looks for the native one. Where no native one is installed
 * it finds the other by itself.
 */
function preferWasm(): void {
  const require = createRequire(createRequire(import.meta.url).resolve('sharp'));
  for (const platform of [`${process.platform}-${process.arch}`, `${process.platform}musl-${process.arch}`]) {
    try {
      const path = require.resolve(`@img/sharp-${platform}/sharp.node`);
      const wasm = require.resolve('@img/sharp-wasm32/sharp.node');
      require(wasm);
      require.cache[path] = require.cache[wasm];
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'MODULE_NOT_FOUND') throw error;
    }
  }
}

/** Which build this is; sharp tells by the compiler that made it. */
export function buildOf(sharp: SharpModule): CodecBuild {
  return 'emscripten' in sharp.versions ? 'wasm' : 'native';
}

const RASTER_LOADERS = ['Jpeg', 'Png', 'Webp', 'Tiff', 'Nsgif', 'Heif'];
/** Drawings are read in a child of their own: SVG is a language, with entities, links and scripts. */
const DRAWING_LOADERS = ['Svg'];

/** The pixels that Burnish itself lays into the private folder to be encoded. */
const PIXEL_FILES = 'VipsFile';

/** sharp, ready for foreign files: few loaders, no cache, `threads` threads a picture. */
export async function loadSharp(
  build: CodecBuild,
  reads: 'pictures' | 'drawings',
  threads: number,
): Promise<SharpModule> {
  if (build === 'wasm') preferWasm();
  const { default: sharp } = await import('sharp');
  if (build === 'wasm' && buildOf(sharp) !== 'wasm')
    throw new Error('the WebAssembly build of sharp is missing');
  const ofBytes = (names: readonly string[]): string[] => names.map((name) => `${name}Buffer`);
  const loaders = reads === 'pictures' ? [...ofBytes(RASTER_LOADERS), PIXEL_FILES] : ofBytes(DRAWING_LOADERS);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: loaders.map((name) => `VipsForeignLoad${name}`) });
  // A file that was edited meanwhile must not come from a cache, and pools of threads multiply.
  sharp.cache(false);
  sharp.concurrency(threads);
  return sharp;
}
