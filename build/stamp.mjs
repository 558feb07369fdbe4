// When is something built stale? When the bytes it was made from are no longer the bytes that lie there. A stamp is
// the hash of those bytes; it is kept inside what was built, so that the two can never part. Contents, not dates:
// a checkout that touches every file rebuilds nothing, and a file written twice within one tick is not missed.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files below `path` (or `path` itself), sorted, as paths relative to `root`, with `/` between the parts.
 * A path that does not exist has no files. Names that begin with a dot and folders in `without` are left out.
 * @param {string} root
 * @param {string} path
 * @param {readonly string[]} without
 * @returns {string[]}
 */
export function filesBelow(root, path, without = []) {
  if (without.includes(path)) return [];
  let entries;
  try {
    entries = readdirSync(join(root, path), { withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return entries
    .filter((entry) => !entry.name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const below = `${path}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(root, below, without) : [below];
    });
}

/**
 * The hash of the names and contents of `files` (relative to `root`), as 64 hexadecimal digits. `contents` keeps what was
 * read, for stamps of other parts that are made of the same files.
 * @param {string} root
 * @param {readonly string[]} files
 * @param {Map<string, Buffer>} contents
 */
export function stampOf(root, files, contents = new Map()) {
  const hash = createHash('sha256');
  for (const file of files) {
    const bytes = contents.get(file) ?? readFileSync(join(root, file));
    contents.set(file, bytes);
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/**
 * The stamp kept in `folder`, or undefined where nothing complete was built.
 * @param {string} folder
 */
export function stampIn(folder) {
  try {
    return readFileSync(join(folder, '.stamp'), 'utf8');
  } catch {
    return undefined;
  }
}
