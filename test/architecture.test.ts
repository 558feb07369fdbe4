// The plan of the house, held by a machine: who imports whom, that no operation is known by name outside core, that no
// file outgrows its noun, and that nothing is committed which a stranger would stumble over.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importViolations } from './support/import-table';
import { wordsOf } from './support/source-words';

const root = join(import.meta.dirname, '..');

const sources = ['core', 'electron', 'renderer'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((below) => `${folder}/${below.replaceAll('\\', '/')}`)
    .filter((path) => /\.(ts|svelte)$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') })),
);

const violations = (path: string, source: string): string[] =>
  importViolations(path, wordsOf(path, source).imports);

/** `box-blur` of a file becomes `boxBlur`, the id of its operation. */
const camelCase = (name: string): string =>
  name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

const operationIds = readdirSync(join(root, 'core/operations'))
  .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
  .map((name) => camelCase(name.slice(0, -3)));

/** Ids that are also words of the field: a kind of operation, and what samples are made of. */
const ambiguous = ['blend', 'levels'];

/** Ids used as a text, or, where they are compound and so cannot mean anything else, as a name. */
function namedOperations(path: string, source: string, ids: readonly string[]): string[] {
  const { texts, identifiers } = wordsOf(path, source);
  return ids.filter(
    (id) =>
      (texts.includes(id) && !ambiguous.includes(id)) || (/[A-Z0-9]/.test(id) && identifiers.includes(id)),
  );
}

const lineCount = (text: string): number => text.replace(/\n$/, '').split('\n').length;

describe('the imports', () => {
  it('of every file keep to the table', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap(({ path, text }) => violations(path, text))).toEqual([]);
  });

  it.each([
    ['core/raster/a.ts', "import { x } from '../colour/b';", 'a storey that imports a later one'],
    ['core/document/a.ts', "export * from '../plan/b';", 'a re-export from a later storey'],
    ['core/plan/a.ts', "type X = import('../protocol/b').X;", 'a type import from a later storey'],
    ['core/derive/a.ts', "await import('node:fs');", 'a dynamic import of Node in core'],
    ['core/raster/a.ts', '/// <reference types="node" />', 'a reference to the types of Node in core'],
    ['core/document/a.ts', "import { x } from '../kernels/b';", 'a kernel in a document'],
    ['core/kernels/a.ts', "import { x } from '../operation/b';", 'a kernel that knows operations'],
    ['core/operations/gamma.ts', "import { x } from './negative';", 'an operation that imports another'],
    ['core/document/a.ts', "import * as v from 'valibot';", 'a library in core'],
    ['core/plan/a.ts', "import { x } from '../node/engine/b';", 'core that imports its Node part'],
    ['core/node/engine/a.ts', "import sharp from 'sharp';", 'sharp outside the codec'],
    ['core/node/cli/a.ts', "import type { App } from 'electron';", 'a type of Electron outside the desktop'],
    [
      'core/node/cli/a.ts',
      "import { x } from '../../../electron/host/b';",
      'core that imports the main process',
    ],
    ['electron/host/a.ts', "const x = require('electron');", 'a host that knows its shell'],
    ['electron/host/a.ts', "import { x } from '../browser/b';", 'a host that knows a shell of ours'],
    ['electron/browser/a.ts', "import { x } from '../desktop/b';", 'one shell that imports the other'],
    ['electron/launch.ts', "import { app } from 'electron';", 'a launcher that needs Electron'],
    ['renderer/a.ts', "import { x } from '../core/node/cli/b';", 'a page that imports Node code'],
    ['renderer/a.ts', "import fs from 'fs';", 'a page that imports a module of Node'],
    [
      'renderer/a.svelte',
      '<script lang="ts">import { x } from \'../electron/host/b\';</script>',
      'a component',
    ],
    ['core/stray.ts', '', 'a file in no folder of the table'],
    ['core/raster/a.ts', "import { x } from '../../test/support/b';", 'a program that imports its tests'],
  ])('are refused in %s: %s', (path, source) => {
    expect(violations(path, source)).toHaveLength(1);
  });

  it.each([
    ['core/derive/a.ts', "import { x } from '../raster/b'; import { y } from './c';"],
    ['core/operations/index.ts', "import { x } from './gamma';"],
    ['core/operations/box-blur.ts', "import { x } from '../kernels/box';"],
    ['core/protocol/a.ts', "import * as v from 'valibot';"],
    ['core/node/codec/a.ts', "import sharp from 'sharp'; import { x } from '../engine/b';"],
    ['electron/desktop/main.ts', "import { app } from 'electron'; import { x } from '../host/b';"],
    ['renderer/panels/a.svelte', '<script lang="ts">import { Slider } from \'bits-ui\';</script>'],
  ])('are accepted in %s: %s', (path, source) => {
    expect(violations(path, source)).toEqual([]);
  });

  it('are not mistaken in comments and texts', () => {
    expect(violations('core/raster/a.ts', "// import 'electron'\nconst x = \"import 'electron'\";")).toEqual(
      [],
    );
  });
});

describe('an operation', () => {
  it('is named nowhere outside core', () => {
    expect(operationIds.length).toBeGreaterThan(10);
    const outside = sources.filter(({ path }) => !path.startsWith('core/'));
    const named = outside.flatMap(({ path, text }) =>
      namedOperations(path, text, operationIds).map((id) => `${path} names ${id}`),
    );
    expect(named).toEqual([]);
  });

  it.each([
    ['renderer/a.ts', "if (step.id === 'gamma') show();"],
    ['renderer/a.ts', 'const table = { boxBlur: 1 };'],
    ['renderer/a.ts', 'const name = `gamma`;'],
    ['renderer/a.svelte', '<Panel id="gamma" />'],
    ['renderer/a.svelte', "{#if step.id === 'boxBlur'}<p>yes</p>{/if}"],
  ])('is found in %s: %s', (path, source) => {
    expect(namedOperations(path, source, ['gamma', 'boxBlur'])).toHaveLength(1);
  });
});

describe('a file', () => {
  it('of the program has at most 400 lines', () => {
    expect(lineCount('a\n'.repeat(400))).toBe(400);
    expect(sources.filter(({ text }) => lineCount(text) > 400).map(({ path }) => path)).toEqual([]);
  });

  it('that is committed holds no note to do something later', ({ skip }) => {
    if (!existsSync(join(root, '.git'))) skip('no git checkout');
    const note = new RegExp(
      `\\b(${['TO', 'FIX'].map((word) => word + (word === 'TO' ? 'DO' : 'ME')).join('|')})\\b`,
    );
    expect(note.test(`// TO${'DO'}: later`)).toBe(true);
    const committed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0');
    const texts = committed.filter((path) =>
      /\.(ts|mjs|js|svelte|html|css|md|json|ya?ml|sh|py)$|^\.ci\//.test(path),
    );
    const found = texts.filter(
      (path) => existsSync(join(root, path)) && note.test(readFileSync(join(root, path), 'utf8')),
    );
    expect(found).toEqual([]);
  });

  it('package-lock.json names no place to download from', () => {
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": *"http/);
  });
});
