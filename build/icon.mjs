// Draws the program's icon in the size that electron-builder asks for: `node build/icon.mjs` after a change to
// resources/icon.svg, which is the original. The result is committed, so that packaging needs no drawing.
import sharp from 'sharp';
import { fileURLToPath } from 'node:url';

/** @param {string} name */
const resource = (name) => fileURLToPath(new URL(`resources/${name}`, import.meta.url));

await sharp(resource('icon.svg'), { density: 144 })
  .resize(1024)
  .png({ compressionLevel: 9, palette: true })
  .toFile(resource('icon.png'));
