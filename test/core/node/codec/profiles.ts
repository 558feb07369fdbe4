// Colour profiles made for tests, byte by byte (ICC.1:2022).

/** A version 2 grey profile whose curve is a plain power. */
export function greyProfile(gamma: number): Uint8Array {
  const name = 'Grey of a test';
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', descriptionTag(name)],
    ['wtpt', whitePoint()],
    ['kTRC', powerCurve(gamma)],
  ];
  const directory = Buffer.alloc(4 + 12 * tags.length);
  directory.writeUInt32BE(tags.length, 0);
  let at = 128 + directory.length;
  for (const [i, [tag, data]] of tags.entries()) {
    directory.write(tag, 4 + 12 * i, 'latin1');
    directory.writeUInt32BE(at, 8 + 12 * i);
    directory.writeUInt32BE(data.length, 12 + 12 * i);
    at += data.length;
  }
  const header = Buffer.alloc(128);
  header.writeUInt32BE(at, 0);
  header.writeUInt32BE(0x02400000, 8);
  header.write('mntrGRAYXYZ ', 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  // The D50 white of the connection space.
  header.writeUInt32BE(0x0000f6d6, 68);
  header.writeUInt32BE(0x00010000, 72);
  header.writeUInt32BE(0x0000d32d, 76);
  return Buffer.concat([header, directory, ...tags.map(([, data]) => data)]);
}

function descriptionTag(name: string): Buffer {
  const length = name.length + 1;
  // After the text a Unicode and a Macintosh name, both empty.
  const tag = Buffer.alloc(12 + length + 8 + 3 + 67 + (4 - ((12 + length + 78) % 4)));
  tag.write('desc', 0, 'latin1');
  tag.writeUInt32BE(length, 8);
  tag.write(name, 12, 'latin1');
  return tag;
}

function whitePoint(): Buffer {
  const tag = Buffer.alloc(20);
  tag.write('XYZ ', 0, 'latin1');
  tag.writeUInt32BE(0x0000f6d6, 8);
  tag.writeUInt32BE(0x00010000, 12);
  tag.writeUInt32BE(0x0000d32d, 16);
  return tag;
}

function powerCurve(gamma: number): Buffer {
  const tag = Buffer.alloc(16);
  tag.write('curv', 0, 'latin1');
  tag.writeUInt32BE(1, 8);
  tag.writeUInt16BE(Math.round(gamma * 256), 12);
  return tag;
}
