/**
 * What a batch is going to write: a name for every input, known and checked before the first file is read. Two inputs for one
 * name, or a result that would replace another input, are refused, because what came out would depend on which came first.
 */

import { join } from 'node:path';
import type { EncodeOptions, ExportFormat } from '../../core/node/codec/picture';
import { endingOf, FORMATS, formatOfTarget } from '../../core/node/jobs/formats';
import { fillTemplate, templateFault, type FormatChoice } from '../../core/node/jobs/target-name';
import type { Payload } from '../../core/protocol/contract';
import { fail, succeed, type Result } from '../../core/raster/fault';
import { shownName, type Files } from './files';

type Given = Payload<'batch.begin'>;

export interface BatchPlan {
  /** The name of each input's result, without folders. */
  readonly names: readonly string[];
  /** Where results go; null where they go into an archive. */
  readonly folder: string | null;
  readonly replace: boolean;
  readonly optionsFor: (index: number) => EncodeOptions;
}

export async function planBatch(given: Given, files: Files): Promise<Result<BatchPlan>> {
  const { inputs, options, template, replace } = given;
  if (inputs.length === 0) return fail('usage', 'no files', 'choose some');
  const folder = given.folder === null ? null : files.folder(given.folder);
  if (folder === undefined) return fail('not-found', 'the folder is no longer at hand', 'choose it again');
  const wrong = templateFault(template);
  if (wrong !== null) return { ok: false, fault: wrong };
  if (/[/\\]/.test(template) || template.includes('{folder}'))
    return fail('usage', `${template}: a name, without folders`, 'leave out slashes');

  const choice = choiceOf(options.format);
  const names: string[] = [];
  const formats: ExportFormat[] = [];
  for (const [index, input] of inputs.entries()) {
    const name = safeName(fillTemplate(template, { name: shownName(input.name), folder: '' }, index, choice));
    const format = formatOfTarget(name);
    if (!format.ok || (choice !== null && format.value !== choice.format)) {
      const wanted = choice === null ? 'a format' : FORMATS[choice.format].title;
      return fail('usage', `${name}: its ending does not say ${wanted}`, 'end the name in .{ext}');
    }
    if (format.value === 'ora') {
      return fail('usage', `${name}: a batch writes pictures, not layers`, 'end the name in .png or .tif');
    }
    names.push(name);
    formats.push(format.value);
  }
  const conflict = conflictIn(given, names, folder, files);
  if (conflict !== null) return conflict;
  const { format: _, ...rest } = options;
  return succeed({
    names,
    folder,
    replace,
    optionsFor: (index) => ({ ...rest, format: formats[index] }),
  });
}

function choiceOf(format: Given['options']['format']): FormatChoice | null {
  return format === 'same' ? null : { format, ending: FORMATS[format].endings[0] };
}

/** A name that every file system takes; its ending stays. */
function safeName(name: string): string {
  const plain = name.replace(/[\p{Cc}\p{Cs}<>:"/\\|?*]/gu, '_').replace(/^[.\s]+|[.\s]+$/g, '');
  const ending = endingOf(plain);
  if (ending === '') return plain;
  const stem = plain.slice(0, -ending.length - 1);
  return `${[...stem].slice(0, 200).join('')}.${ending}`;
}

/** Letter case aside: archives and many file systems do not tell it. */
function conflictIn(
  { inputs }: Given,
  names: readonly string[],
  folder: string | null,
  files: Files,
): ReturnType<typeof fail> | null {
  const read = new Map<string, number>();
  for (const [index, { file }] of inputs.entries()) {
    const path = file === null ? null : files.ownPath(file);
    if (path !== null && folder !== null) read.set(path.toLowerCase(), index);
  }
  const writers = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const other = writers.get(name.toLowerCase());
    if (other !== undefined) {
      const both = `${shownName(inputs[other].name)} and ${shownName(inputs[index].name)}`;
      return fail('usage', `${name}: both ${both} would be written there`, 'add {index} to the name');
    }
    writers.set(name.toLowerCase(), index);
    const replaced = folder === null ? undefined : read.get(join(folder, name).toLowerCase());
    if (replaced !== undefined && replaced !== index) {
      const message = `${name}: it is one of the pictures and would be replaced by the result of another`;
      return fail('usage', message, 'choose another folder or name');
    }
  }
  return null;
}
