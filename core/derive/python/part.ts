/**
 * A script is put together from parts: top-level functions and tables of Python, each with the parts that it calls. Only what a
 * script needs gets into it, every part once and after those that it needs.
 */

export interface PythonPart {
  /** The top-level name that it defines. */
  readonly name: string;
  /** Python, without a line break at the end. Names the modules of `MODULES` as they are imported there. */
  readonly text: string;
  readonly needs: readonly PythonPart[];
  /** Where the part cannot promise the engine's result to the last level: the sentence for the script's head. */
  readonly caveat?: string;
}

export function part(name: string, needs: readonly PythonPart[], text: string, caveat?: string): PythonPart {
  const own = { name, needs, text: text.replace(/^\n+|\s+$/g, '') };
  return caveat === undefined ? own : { ...own, caveat };
}

/** The parts and all that they need, those needed first; else in the order given. */
export function withNeeds(parts: Iterable<PythonPart>): readonly PythonPart[] {
  const found = new Map<string, PythonPart>();
  const visit = (one: PythonPart): void => {
    if (found.has(one.name)) return;
    one.needs.forEach(visit);
    found.set(one.name, one);
  };
  for (const one of parts) visit(one);
  return [...found.values()];
}

interface Module {
  readonly line: string;
  readonly names: readonly string[];
  readonly standard: boolean;
}

/** What parts may call by name, standard modules first. */
const MODULES: readonly Module[] = [
  ...['hashlib', 'io', 'math', 'operator', 'struct', 'sys', 'zipfile', 'zlib'].map((name) => ({
    line: `import ${name}`,
    names: [name],
    standard: true,
  })),
  { line: 'from pathlib import Path', names: ['Path'], standard: true },
  { line: 'import numpy as np', names: ['np'], standard: false },
];

/** Names that are imported from one package in one line. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  PIL: ['Image', 'ImageCms', 'ImageOps'],
  scipy: ['interpolate', 'ndimage', 'signal'],
};

function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w."'])${name}(?=[.(])`).test(text);
}

/** The import lines that a text needs: the standard library, an empty line, the rest. */
export function importsOf(text: string): string {
  const used = MODULES.filter(({ names }) => names.some((name) => mentions(text, name)));
  const lines = (standard: boolean): readonly string[] =>
    used.filter((module) => module.standard === standard).map(({ line }) => line);
  const packages = Object.entries(PACKAGES).flatMap(([name, members]) => {
    const called = members.filter((member) => mentions(text, member));
    return called.length === 0 ? [] : [`from ${name} import ${called.join(', ')}`];
  });
  return [...lines(true), '', ...lines(false), ...packages].join('\n').trim();
}

/** Whether a line may be one of those imports. */
export function isImportLine(line: string): boolean {
  if (MODULES.some((module) => module.line === line)) return true;
  const [, name = '', members = ''] = /^from (\w+) import (\w+(?:, \w+)*)$/.exec(line) ?? [];
  return Object.hasOwn(PACKAGES, name) && members.split(', ').every((each) => PACKAGES[name].includes(each));
}
