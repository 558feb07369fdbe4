// `npm run manual`: writes docs/operations, a page and a picture an operation, from the definitions in core/operations.
// `node build/manual.mjs --check` only says what is not as it would be written, and fails if anything is.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { paintPictures, sideBySide, stampOfPicture } from './manual-pictures.mjs';

/** @typedef {import('../core/derive/manual/index').ManualPage} ManualPage */
/** @typedef {import('../core/derive/manual/index').ManualPicture} ManualPicture */

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'docs/operations');
const REMEDY = 'run npm run manual';

/** A file's text with lines ended as the printer ends them; null where there is none. @param {string} path */
function textOf(path) {
  return existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\r\n', '\n') : null;
}

/** Names of the files below a folder with this ending. @param {string} path @param {string} ending */
function filesIn(path, ending) {
  return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith(ending)) : [];
}

/** @returns {Record<string, string>} */
function manifestIn() {
  return JSON.parse(textOf(join(folder, 'pictures/manifest.json')) ?? '{}');
}

/** @param {string} name */
const pictureFile = (name) => join(folder, 'pictures', `${name}.webp`);

/** @param {readonly ManualPicture[]} pictures */
function stalePictures(pictures) {
  const stamps = manifestIn();
  return pictures.filter(
    ({ name, steps }) => stamps[name] !== stampOfPicture(steps) || !existsSync(pictureFile(name)),
  );
}

/** Files that belong to no operation any more. @param {readonly ManualPage[]} pages @param {readonly ManualPicture[]} pictures */
function leftOver(pages, pictures) {
  const known = new Set([...pages.map(({ name }) => name), ...pictures.map(({ name }) => `${name}.webp`)]);
  return [
    ...filesIn(folder, '.md').filter((name) => !known.has(name)),
    ...filesIn(join(folder, 'pictures'), '.webp')
      .filter((name) => !known.has(name))
      .map((name) => `pictures/${name}`),
  ];
}

/**
 * A sentence for everything in docs/operations that is not as it would be written now.
 * @param {readonly ManualPage[]} pages
 * @param {readonly ManualPicture[]} pictures
 */
export function complaints(pages, pictures) {
  const about = (/** @type {string} */ name, /** @type {string} */ what) =>
    `docs/operations/${name} ${what}: ${REMEDY}`;
  return [
    ...pages.flatMap(({ name, text }) => {
      const own = textOf(join(folder, name));
      if (own === text) return [];
      return [about(name, own === null ? 'is missing' : 'is not what the definition says')];
    }),
    ...stalePictures(pictures).map(({ name }) =>
      about(`pictures/${name}.webp`, 'does not show what the definition says'),
    ),
    ...leftOver(pages, pictures).map((name) => about(name, 'belongs to no operation')),
  ];
}

async function load() {
  const { runnerImport } = await import('vite');
  /** @type {<T>(path: string) => Promise<T>} */
  const load = async (path) => {
    const { module } = await runnerImport(join(root, path), { root, configFile: false, logLevel: 'error' });
    return /** @type {any} */ (module);
  };
  /** @type {typeof import('../core/derive/manual/index')} */
  const manual = await load('core/derive/manual/index.ts');
  return { pages: manual.manualPages(), pictures: manual.manualPictures(), applySteps: manual.applySteps };
}

async function write() {
  const { pages, pictures, applySteps } = await load();
  mkdirSync(join(folder, 'pictures'), { recursive: true });
  for (const name of leftOver(pages, pictures)) rmSync(join(folder, name));
  const changed = pages.filter(({ name, text }) => textOf(join(folder, name)) !== text);
  for (const { name, text } of changed) writeFileSync(join(folder, name), text);
  const stale = process.argv.includes('--force') ? pictures : stalePictures(pictures);
  if (stale.length > 0) {
    const { sample, second } = paintPictures(applySteps);
    for (const { name, steps } of stale) {
      const before = applySteps(steps.before, sample, second).raster;
      const after = applySteps([steps.application], before, second).raster;
      writeFileSync(pictureFile(name), await sideBySide(before, after));
    }
  }
  const stamps = Object.fromEntries(pictures.map(({ name, steps }) => [name, stampOfPicture(steps)]));
  writeFileSync(join(folder, 'pictures/manifest.json'), `${JSON.stringify(stamps, null, 2)}\n`);
  console.log(`docs/operations: ${changed.length} pages and ${stale.length} pictures written`);
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--check')) {
    const { pages, pictures } = await load();
    for (const sentence of complaints(pages, pictures)) {
      console.error(sentence);
      process.exitCode = 1;
    }
  } else await write();
}
