import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { bytesOfStrip, FOUND, STRIP_BYTES, type Strip } from '../../../core/kernels/gaussian-strip';

/** Fields of the class `Strip` with their types, in the order in which AssemblyScript lays them out, from its source. */
function fields(): (readonly [name: string, type: string])[] {
  const path = join(import.meta.dirname, '../../../core/kernels/wasm/assembly/gaussian-strip.ts');
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  const strip = file.statements.find(ts.isClassDeclaration);
  return (strip?.members ?? []).flatMap((member) =>
    ts.isPropertyDeclaration(member)
      ? [[member.name.getText(file), member.type?.getText(file) ?? ''] as const]
      : [],
  );
}

it('is written where the kernel reads it, every field in its place', () => {
  const names = fields().map(([name]) => name);
  expect(names.length).toBeGreaterThan(50);
  const bytes = bytesOfStrip(Object.fromEntries(names.map((name, at) => [name, at + 1])) as unknown as Strip);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  const read = fields().map(([name, type]) => {
    const at = offset;
    offset += type === 'f64' ? 8 : 4;
    if (name === 'found') expect(at).toBe(FOUND);
    return type === 'f64' ? view.getFloat64(at, true) : view.getInt32(at, true);
  });
  expect(read).toEqual(names.map((_, at) => at + 1));
  expect(STRIP_BYTES).toBe(offset);
});
