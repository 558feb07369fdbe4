// Runs the numeric reference set through the command line: `node test/oracle/reference-jobs.mjs RESULTS [--ids a,b]`.
// It writes RESULTS/jobs.jsonl with a job for every 8- and 16-bit case of the registered operations, has `burnish apply`
// do them, and leaves NAME.png and, where the operation reports numbers, NAME.json: what check_outputs.py reads.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const set = join(root, 'test/oracle/reference');

/**
 * Runs the program as it is built. Throws where it does not end well, with what it said.
 * @param {string[]} words
 */
function burnish(words) {
  const program = join(root, 'build/burnish.mjs');
  const ended = spawnSync(process.execPath, [program, ...words], {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  if (ended.status !== 0) throw new Error(`burnish ${words[0]} ended with ${ended.status}: ${ended.stderr}`);
  return ended.stdout;
}

/** The ids of the operations that the program has. */
export function registeredIds() {
  return JSON.parse(burnish(['operations', '--json'])).map((operation) => operation.id);
}

/**
 * The cases of these operations whose pictures have 8 or 16 bits.
 * @param {readonly string[]} ids
 */
export function casesOf(ids) {
  const { cases } = JSON.parse(readFileSync(join(set, 'manifest.json'), 'utf8'));
  const isFloat = (picture) => picture?.bitDepth === 'f32';
  return cases.filter((each) => ids.includes(each.id) && !isFloat(each.input) && !isFloat(each.output));
}

/**
 * Runs the cases and writes their results into the folder, which is made. Returns how many there were.
 * @param {string} results
 * @param {readonly string[]} ids
 */
export function runReferenceSet(results, ids) {
  const cases = casesOf(ids);
  const folder = resolve(results);
  mkdirSync(folder, { recursive: true });
  const jobs = cases.map(({ name, id, params, input, source }) => {
    const second = source ? { source: join(set, source.file) } : {};
    const operations = [{ id, params: { ...params, ...second } }];
    return JSON.stringify({ input: join(set, input.file), output: `${name}.png`, operations });
  });
  const file = join(folder, 'jobs.jsonl');
  writeFileSync(file, `${jobs.join('\n')}\n`);
  const lines = burnish(['apply', '--jobs-file', file, '--json', '--overwrite']).trimEnd().split('\n');
  for (const [index, line] of lines.entries()) {
    const { values } = JSON.parse(line).steps[0];
    if (values !== undefined)
      writeFileSync(join(folder, `${cases[index].name}.json`), JSON.stringify(values));
  }
  return cases.length;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [results, option, list] = process.argv.slice(2);
  if (results === undefined)
    throw new Error('usage: node test/oracle/reference-jobs.mjs RESULTS [--ids a,b]');
  const ids = option === '--ids' ? list.split(',') : registeredIds();
  const count = runReferenceSet(results, ids);
  console.log(`${count} cases in ${results}; now run:`);
  console.log(`python3 ${join(set, 'check_outputs.py')} ${set} ${results} --integer --ids ${ids.join(',')}`);
}
