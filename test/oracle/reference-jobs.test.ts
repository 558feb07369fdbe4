/**
 * The reference set through the program as it is built, from the jobs file to the written PNG: judged by the program that comes
 * with the set, which reads the files with OpenCV and Pillow.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPython } from '../support/python';
import { casesOf, registeredIds, runReferenceSet, set } from './reference-jobs.mjs';

let results = '';
let ids: readonly string[] = [];

beforeAll(() => {
  results = mkdtempSync(join(tmpdir(), 'burnish-reference-'));
  ids = registeredIds();
  runReferenceSet(results, ids);
}, 300_000);
afterAll(() => rmSync(results, { recursive: true, force: true }));

it('every 8- and 16-bit case is written, with its measured numbers where it has any', () => {
  const cases = casesOf(ids);
  expect(cases.length).toBeGreaterThan(100);
  for (const { name, values } of cases) {
    expect(existsSync(join(results, `${name}.png`)), name).toBe(true);
    if (values === undefined) continue;
    const reported: unknown = JSON.parse(readFileSync(join(results, `${name}.json`), 'utf8'));
    // `bestInertia` is what the set compares with, not what an operation reports.
    const measured = Object.keys(values).filter((value) => value !== 'bestInertia');
    expect(Object.keys(Object(reported)), name).toEqual(expect.arrayContaining(measured));
  }
});

it('no case fails by the judgement of numpy and OpenCV', (context) => {
  const python = findPython('numpy', 'cv2', 'PIL');
  if (python === null) return context.skip('skipped: no Python with numpy, OpenCV and Pillow');
  const judge = [join(set, 'check_outputs.py'), set, results, '--integer', '--ids', ids.join(',')];
  const said = execFileSync(python, judge, { encoding: 'utf8' });
  expect(said.trimEnd().split('\n').at(-1)).toMatch(/^\d+ cases, 0 failed \(0 missing\)$/);
});
