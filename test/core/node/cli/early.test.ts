import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { decodes, startEarly } from '../../../../core/node/cli/early';
import { burnish } from '../../../support/command-line';
import { noise } from '../../../support/rasters';
import { fileOf } from '../codec/files';

const folder = mkdtempSync(join(tmpdir(), 'burnish-early-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

it.each([
  [true, ['apply', 'a.png', '-o', 'b.png']],
  [true, ['apply', 'a.png', '--op', 'negative', '--output=b.png']],
  [true, ['apply', '--jobs-file', 'jobs.jsonl']],
  [true, ['render', 'a.burnish', '-ob.png']],
  [false, ['apply', 'a.png']],
  [false, ['apply', '-o', 'b.png', '--help']],
  [false, ['render', '-h', '-o', 'b.png']],
  [false, ['operations', '-o', 'b.png']],
  [false, ['help', 'apply', '-o']],
  [false, ['-o', 'apply']],
  [false, []],
])('%s: %j decodes pictures', (expected, words) => {
  expect(decodes(words)).toBe(expected);
});

it('starts no child where the words do not say how many threads it may have, or need none', () => {
  expect(startEarly(['apply', 'a.png', '-o', 'b.png', '--jobs', '1'])).toBeNull();
  expect(startEarly(['apply', 'a.png', '-o', 'b.png', '--jobs=1'])).toBeNull();
  expect(startEarly(['operations'])).toBeNull();
});

it('makes the same file with a child that was started before, and leaves nothing of it', async () => {
  const raster = noise({ width: 80, height: 60, channels: 3, depth: 8 });
  writeFileSync(at('a.png'), await fileOf(raster).png().toBuffer());
  const words = (target: string): string[] => [
    'apply',
    at('a.png'),
    '-o',
    at(target),
    '--op',
    'boxBlur size=5',
  ];
  const early = startEarly(words('early.png'));
  expect(early).not.toBeNull();
  if (early === null) return;
  const { status, stderr } = await burnish(words('early.png'), { early });
  // It was taken: nobody else can have it, and the command has ended it.
  expect([status, stderr, existsSync(early.workspace.folder)]).toEqual([0, '', false]);
  expect((await burnish(words('late.png'))).status).toBe(0);
  expect(readFileSync(at('early.png')).equals(readFileSync(at('late.png')))).toBe(true);
});

it('ends with a command that is refused, which tells the same', async () => {
  const words = ['apply', at('a.png'), '-o', at('c.png'), '--op', 'nothing'];
  const early = startEarly(words);
  if (early === null) throw new Error('it was not started');
  const told = await burnish(words, { early });
  early.end();
  expect(told).toEqual(await burnish(words));
  expect(told.status).toBe(2);
  expect(existsSync(early.workspace.folder)).toBe(false);
});
