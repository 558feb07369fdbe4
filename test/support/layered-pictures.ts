/** OpenRaster files as other programs write them: a stack of our own wording over four small pictures. */

import { pngOf } from './projects';
import { noise } from './rasters';
import { makeZip, type MadeEntry } from './zip-maker';
import type { Raster } from '../../core/raster/raster';

export type LayerPictures = Readonly<Record<string, { readonly raster: Raster; readonly png: Uint8Array }>>;

/** By the names that they have in the archive, below `data/` and without their ending. */
export async function layerPictures(): Promise<LayerPictures> {
  const shapes = {
    back: { width: 40, height: 30, channels: 3, depth: 8 },
    front: { width: 17, height: 12, channels: 4, depth: 8 },
    plain: { width: 9, height: 7, channels: 3, depth: 8 },
    deep: { width: 11, height: 13, channels: 4, depth: 16 },
  } as const;
  const made = Object.entries(shapes).map(async ([name, shape]) => {
    const raster = noise(shape, name.length);
    return [name, { raster, png: await pngOf(raster) }] as const;
  });
  return Object.fromEntries(await Promise.all(made));
}

/** `stack.xml` with these layers on a canvas of 40 × 30. */
export const image = (content: string, size = 'w="40" h="30"'): string =>
  `<?xml version='1.0' encoding='UTF-8'?>\n<image version="0.0.3" ${size}><stack>${content}</stack></image>`;

/** The file with this stack and all the pictures. */
export function layeredArchive(
  pictures: LayerPictures,
  xml: string,
  more: readonly MadeEntry[] = [],
): Uint8Array {
  return makeZip([
    { name: 'mimetype', content: 'image/openraster' },
    { name: 'stack.xml', content: xml, deflate: true },
    ...Object.entries(pictures).map(([name, { png }]) => ({ name: `data/${name}.png`, content: png })),
    ...more,
  ]);
}
