import ts from 'typescript';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtFile } from '../../../core/node/engine/built-file';
import { kernels, withFastKernels } from '../../support/fast-kernels';

withFastKernels();

/** Names of the interface `Exports` with the number of their parameters, from its source. */
function declared(): Record<string, number> {
  const [shapes, file] = ['export-shapes.ts', 'exports.ts'].map((name) => {
    const path = join(import.meta.dirname, '../../../core/kernels/wasm', name);
    return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  });
  const aliases = new Map<string, number>();
  const found: Record<string, number> = {};
  for (const statement of shapes.statements) {
    if (ts.isTypeAliasDeclaration(statement) && ts.isFunctionTypeNode(statement.type)) {
      aliases.set(statement.name.text, statement.type.parameters.length);
    }
  }
  for (const statement of file.statements) {
    if (!ts.isInterfaceDeclaration(statement) || statement.name.text !== 'Exports') continue;
    for (const member of statement.members) {
      const name = member.name?.getText(file) ?? '';
      if (ts.isMethodSignature(member)) found[name] = member.parameters.length;
      else if (ts.isPropertySignature(member) && member.type && ts.isTypeReferenceNode(member.type)) {
        found[name] = aliases.get(member.type.typeName.getText(file)) ?? -1;
      }
    }
  }
  return found;
}

it('are declared to TypeScript as they are, each with its parameters', () => {
  const { addressOf, ...exports } = kernels();
  expect(addressOf).toBeTypeOf('function');
  const actual = Object.entries(exports).map(([name, call]: [string, unknown]) => [
    name,
    typeof call === 'function' ? call.length : -1,
  ]);
  expect(Object.fromEntries(actual)).toEqual(declared());
});

it('come from a module without data, because threads share its memory, and with the one variable of kept.ts', () => {
  const bytes = readFileSync(builtFile('kernels.wasm', 'kernels'));
  const sections: number[] = [];
  let variables = -1;
  for (let at = 8; at < bytes.length;) {
    sections.push(bytes[at++]);
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      length += (byte & 127) * 2 ** shift;
      if (byte < 128) break;
    }
    if (sections.at(-1) === 6) variables = bytes[at];
    at += length;
  }
  // Numbers of sections in the binary format: 1 types, 3 functions, 10 code; 6 globals, 11 data.
  expect(sections).toEqual(expect.arrayContaining([1, 3, 10]));
  expect(variables).toBe(1);
  expect(sections).not.toContain(11);
});
