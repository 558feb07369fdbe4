/**
 * Names of results from a template: `{name}` is the input's name without its ending, `{ext}` the ending of the result,
 * `{folder}` the folder beneath the one that was named, `{index}` the input's place. The command line and "Apply to files" in
 * the window speak the same language.
 */

import { fail, type Fault } from '../../raster/fault';
import { endingOf, FORMATS, formatOf, type WrittenFormat } from './formats';

/** What a template may speak of. */
export interface NamedInput {
  /** Without folders: `a.b.jpg`. */
  readonly name: string;
  /** With `/`; empty at the top. */
  readonly folder: string;
}

/** A format that was asked for, and the ending as it was written, which results take. */
export interface FormatChoice {
  readonly format: WrittenFormat;
  readonly ending: string;
}

const PLACEHOLDERS = ['name', 'ext', 'folder', 'index'];

/** `a.b.jpg` is `a.b`. */
export function stemOf(name: string): string {
  const ending = endingOf(name);
  return ending === '' ? name : name.slice(0, -ending.length - 1);
}

/** The ending of a result: the input's where it is of the right format; PNG where that cannot be written. */
export function targetEnding(name: string, choice: FormatChoice | null): string {
  const own = endingOf(name);
  const format = formatOf(own);
  if (choice === null) return format === undefined ? FORMATS.png.endings[0] : own;
  return format === choice.format ? own : choice.ending;
}

/** What is wrong with a template; null where nothing is. */
export function templateFault(template: string): Fault | null {
  const names = [...template.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1]);
  const unknown = names.find((name) => !PLACEHOLDERS.includes(name));
  if (unknown === undefined) return null;
  const known = PLACEHOLDERS.map((name) => `{${name}}`).join(', ');
  return fail('usage', `${template}: unknown placeholder {${unknown}}`, `use ${known}`).fault;
}

/** The name of the result of the `index`th input, counted from 0. */
export function fillTemplate(
  template: string,
  { name, folder }: NamedInput,
  index: number,
  choice: FormatChoice | null,
): string {
  const filled = template.replace(/\{(name|ext|folder|index)\}/g, (_, placeholder: string) => {
    if (placeholder === 'name') return stemOf(name);
    if (placeholder === 'ext') return targetEnding(name, choice);
    return placeholder === 'folder' ? folder || '.' : String(index + 1);
  });
  // Keeps `out/./a.png` from being what people read.
  return filled.replaceAll('/./', '/').replace(/^\.\/(?=.)/, template.startsWith('./') ? './' : '');
}
