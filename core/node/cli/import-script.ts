/**
 * `burnish import-script`: a Python script that `burnish script` wrote and a person changed, as a recipe again. What a recipe could
 * not say is refused with its line; then nothing is written.
 */

import { resolve } from 'node:path';
import { recipeFromScript } from '../../derive/python/reading/script';
import { recipeToText } from '../../document/recipe';
import { fail, succeed, type Result } from '../../raster/fault';
import { writeAtomically } from '../files/atomic-write';
import { readWholeFile } from '../files/read-file';
import { faultLine, STATUS, write, type Terminal } from './terminal';

export interface ImportScriptOptions {
  readonly output?: string;
  readonly overwrite?: true;
}

/** Scripts have some hundred lines. */
const LARGEST_SCRIPT = 16 * 2 ** 20;

/** Carries the command out. The fault is wrong usage; else the status. */
export async function importScript(
  words: readonly string[],
  { output, overwrite }: ImportScriptOptions,
  terminal: Terminal,
): Promise<Result<number>> {
  const [file] = words;
  if (words.length !== 1) {
    return fail('usage', words.length === 0 ? 'no script' : 'more than one script', 'name one .py file');
  }
  const complain = (about: string, fault: Parameters<typeof faultLine>[1]): Result<number> => {
    terminal.stderr.write(`${faultLine(about, fault)}\n`);
    return succeed(STATUS.failed);
  };
  const bytes = await readWholeFile(resolve(file), LARGEST_SCRIPT);
  if (!bytes.ok) return complain(file, bytes.fault);
  const recipe = recipeFromScript(new TextDecoder().decode(bytes.value));
  if (!recipe.ok) return complain(file, recipe.fault);
  const text = recipeToText(recipe.value);
  if (output === undefined || output === '-') {
    await write(terminal.stdout, text);
    return succeed(STATUS.done);
  }
  const written = await writeAtomically(resolve(output), new TextEncoder().encode(text), {
    overwrite: overwrite === true,
  });
  if (written.ok) return succeed(STATUS.done);
  const { fault } = written;
  return complain(
    output,
    fault.code === 'exists' ? { ...fault, remedy: 'add --overwrite to replace it' } : fault,
  );
}
