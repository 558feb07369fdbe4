import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadSharp } from '../../../../core/node/codec/sharp-module';

// sharp's switches are those of the whole process: this file has it alone.
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>');

it('closes every loader but those of the bytes that Burnish reads', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'burnish-loaders-'));
  try {
    const sharp = await loadSharp('native', 'pictures', 1);
    const pixel = sharp(new Uint8Array(3), { raw: { width: 1, height: 1, channels: 3 } });
    for (const format of ['jpeg', 'png', 'webp', 'tiff', 'gif', 'avif'] as const) {
      const bytes = await pixel.clone().toFormat(format).toBuffer();
      expect((await sharp(bytes).metadata()).width).toBe(1);
      // The same file by its path.
      const path = join(folder, `picture.${format}`);
      writeFileSync(path, bytes);
      await expect(sharp(path).metadata(), format).rejects.toThrow();
    }
    // libvips' own format, which it would open under any name: pixels to be encoded lie in such files, and
    // foreign ones, which come as bytes, are none.
    const native = join(folder, 'picture.v');
    await pixel.clone().toFile(native);
    expect((await sharp(native).metadata()).width).toBe(1);
    await expect(sharp(readFileSync(native)).metadata()).rejects.toThrow();
    await expect(sharp(Buffer.from('P5 1 1 255 a')).metadata()).rejects.toThrow();
    await expect(sharp(svg).metadata()).rejects.toThrow();

    const drawings = await loadSharp('native', 'drawings', 1);
    expect((await drawings(svg).metadata()).width).toBe(2);
    await expect(drawings(native).metadata()).rejects.toThrow();
    await expect(drawings(await pixel.clone().png().toBuffer()).metadata()).rejects.toThrow();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
