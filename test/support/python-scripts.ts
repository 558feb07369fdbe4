/** Runs scripts that Burnish wrote, many in one Python process, because starting numpy and scipy costs more than most of them. */

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Raster } from '../../core/raster/raster';
import { readPng } from './png';

const RUNNER = `
import contextlib, io, json, runpy, sys, traceback

results = []
for job in json.load(open(sys.argv[1])):
    sys.argv = job
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            runpy.run_path(job[0], run_name="__main__")
        results.append(None)
    except (Exception, SystemExit):
        results.append(traceback.format_exc())
json.dump(results, sys.stdout)
`;

/** The picture that a script wrote, or what Python complained about. */
export type ScriptOutcome = Raster | string;

/** Runs each script without arguments but the output; the pictures that it reads are its own matter. */
export async function runScripts(
  python: string,
  scripts: readonly string[],
): Promise<readonly ScriptOutcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'burnish-scripts-'));
  try {
    const jobs = scripts.map((text, at) => {
      const script = join(folder, `edit-${at}.py`);
      writeFileSync(script, text);
      return { script, output: join(folder, `edit-${at}.png`) };
    });
    writeFileSync(join(folder, 'runner.py'), RUNNER);
    const list = join(folder, 'jobs.json');
    writeFileSync(list, JSON.stringify(jobs.map(({ script, output }) => [script, '', output])));
    const ran = await promisify(execFile)(python, [join(folder, 'runner.py'), list], {
      maxBuffer: 64 * 2 ** 20,
    });
    const complaints: readonly (string | null)[] = JSON.parse(ran.stdout);
    return await Promise.all(jobs.map(async ({ output }, at) => complaints[at] ?? (await readPng(output))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In a word for identical, else how many samples differ and by how much. */
export function comparison(outcome: ScriptOutcome, wanted: Raster): string {
  if (typeof outcome === 'string') return outcome;
  const shape = ({ width, height, channels, depth }: Raster): string =>
    `${width} x ${height} x ${channels}, ${depth} bit`;
  if (shape(outcome) !== shape(wanted)) return `${shape(outcome)} instead of ${shape(wanted)}`;
  let differing = 0;
  let most = 0;
  wanted.data.forEach((level, at) => {
    const difference = Math.abs(level - outcome.data[at]);
    if (difference > 0) differing++;
    most = Math.max(most, difference);
  });
  return differing === 0
    ? 'identical'
    : `${differing} of ${wanted.data.length} samples differ, by up to ${most}`;
}
