// Draws the program's icon in the size that electron-builder asks for: `node build/icon.mjs` after a change to
// the page's icon, which is the original. The result is committed, so that packaging needs no drawing.
import sharp from 'sharp';
import { fileURLToPath } from 'node:url';

/** @param {string} path from here */
const file = (path) => fileURLToPath(new URL(path, import.meta.url));

await sharp(file('../renderer/public/icon.svg'), { density: 2304 })
  .resize(1024)
  .png({ compressionLevel: 9, palette: true })
  .toFile(file('resources/icon.png'));
