/** `burnish script`: the file that it writes, what it says where it cannot, and that Python makes of it what `apply` makes. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { burnish, writePicture } from '../../../support/command-line';
import { readPng } from '../../../support/png';
import { findPython } from '../../../support/python';
import { comparison } from '../../../support/python-scripts';
import { noise } from '../../../support/rasters';

const python = findPython('numpy', 'scipy', 'PIL');
const start = process.cwd();
let folder = '';

function recipe(name: string, ...operations: readonly unknown[]): string {
  writeFileSync(name, JSON.stringify({ burnish: 1, operations }));
  return name;
}

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'burnish-script-')));
  process.chdir(folder);
  await writePicture('in.png', noise({ width: 24, height: 18, channels: 4, depth: 8 }));
  await writePicture('deep.png', noise({ width: 24, height: 18, channels: 3, depth: 16 }));
  recipe(
    'edit.json',
    { id: 'percentileStretch', params: { low: 5 } },
    { id: 'boxBlur', params: { size: 5 }, channels: 'luma', opacity: 0.7 },
    { id: 'blend', params: { mode: 'multiply', source: 'in.png' } },
  );
});
afterAll(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true, force: true });
});

describe('burnish script', () => {
  it('writes to standard output a script that is given its picture when it runs', async () => {
    const { status, stdout, stderr } = await burnish(['script', 'edit.json']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('PICTURES = [None]');
    expect(stdout).toContain(`read_image(${JSON.stringify(join(folder, 'in.png'))})`);
  });

  it('knows the picture by its absolute path and tells what was measured of it', async () => {
    const { status, stdout, stderr } = await burnish([
      'script',
      'edit.json',
      '--input',
      'in.png',
      '-o',
      'edit.py',
    ]);
    expect([status, stdout, stderr]).toEqual([0, '', '']);
    const text = readFileSync('edit.py', 'utf8');
    expect(text).toContain(`PICTURES = [${JSON.stringify(join(folder, 'in.png'))}]`);
    expect(text).toMatch(/# {4}Of the original picture: low \[[\d., ]+\], high/);
  });

  it('leaves a file that is there, unless it may replace it', async () => {
    writeFileSync('kept.py', 'kept');
    const words = ['script', 'edit.json', '-o', 'kept.py'];
    const refused = await burnish(words);
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/^burnish: kept\.py: .*; add --overwrite to replace it\n$/),
    ]);
    expect(readFileSync('kept.py', 'utf8')).toBe('kept');
    expect((await burnish([...words, '--overwrite'])).status).toBe(0);
    expect(readFileSync('kept.py', 'utf8')).toContain('def edit(image):');
  });

  it('says in a line what it cannot use, and writes nothing', async () => {
    recipe('far.json', { id: 'crop', params: { x: 500, y: 0, width: 5, height: 5 } });
    recipe('wrong.json', { id: 'gamma', params: { gama: 2 } });
    const complaints = [
      [[], 2, 'burnish: no recipe; name a .json or a .burnish file\n'],
      [
        ['edit.json', 'in.png'],
        2,
        'burnish: "in.png" is neither a recipe (a .json file) nor a project (a .burnish file); name the picture with --input\n',
      ],
      [
        ['wrong.json'],
        2,
        'burnish: wrong.json: operations[0].params.gama: unknown parameter; did you mean "gamma"?\n',
      ],
      [['edit.json', '--verify'], 2, 'burnish: --verify needs a picture; name it with --input\n'],
      [['edit.json', '--input', 'none.png'], 1, expect.stringMatching(/^burnish: none\.png: [^\n]+\n$/)],
      [
        ['far.json', '--input', 'in.png'],
        1,
        expect.stringMatching(/^burnish: in\.png: [^\n]*outside[^\n]*\n$/),
      ],
    ] as const;
    for (const [words, status, stderr] of complaints) {
      const ended = await burnish(['script', ...words, ...(words.length > 0 ? ['-o', 'none.py'] : [])]);
      expect([ended.status, ended.stderr, ended.stdout]).toEqual([status, stderr, '']);
      expect(existsSync('none.py')).toBe(false);
    }
  });
});

describe('burnish import-script', () => {
  it('brings a changed value back into a recipe, and leaves a file that is there', async () => {
    await burnish(['script', 'edit.json', '-o', 'changed.py']);
    const text = readFileSync('changed.py', 'utf8');
    writeFileSync('changed.py', text.replace('size=5', 'size=7'));
    const words = ['import-script', 'changed.py', '-o', 'again.json'];
    expect(await burnish(words)).toMatchObject({ status: 0, stdout: '', stderr: '' });
    const { operations } = JSON.parse(readFileSync('again.json', 'utf8'));
    expect(operations).toEqual([
      { id: 'percentileStretch', params: { low: 5 } },
      { id: 'boxBlur', params: { size: 7 }, channels: 'luma', opacity: 0.7 },
      { id: 'blend', params: { mode: 'multiply', source: join(folder, 'in.png') } },
    ]);
    expect((await burnish(words)).stderr).toMatch(
      /^burnish: again\.json: .*; add --overwrite to replace it\n$/,
    );
    const printed = await burnish(['import-script', 'changed.py']);
    expect(JSON.parse(printed.stdout)).toEqual({ burnish: 1, operations });
  });

  it('names the file and the line of what it cannot bring back', async () => {
    await burnish(['script', 'edit.json', '-o', 'broken.py']);
    const lines = readFileSync('broken.py', 'utf8').split('\n');
    const at = lines.findIndex((line) => line.includes('size=5'));
    writeFileSync('broken.py', lines.join('\n').replace('size=5', 'size=5000'));
    expect(await burnish(['import-script', 'broken.py'])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: `burnish: broken.py: line ${at + 1}: expected a whole number from 1 to 999 for size but received 5000\n`,
    });
  });
});

describe('without a Python', () => {
  it('--verify says so and fails', async () => {
    vi.stubEnv('BURNISH_PYTHON', join(folder, 'no-python'));
    const { status, stdout } = await burnish(['script', 'edit.json', '--input', 'in.png', '--verify']);
    vi.unstubAllEnvs();
    expect([status, stdout]).toEqual([1, 'not verified: no Python with numpy, scipy and Pillow was found\n']);
  });
});

describe.skipIf(python === null)('a script that burnish wrote', () => {
  const run = (...words: readonly string[]): string =>
    execFileSync(python ?? '', words, { encoding: 'utf8' });

  it('makes of its picture, and of another one at another depth, what apply makes', async () => {
    await burnish(['script', 'edit.json', '--input', 'in.png', '-o', 'run.py']);
    const printed = run('run.py');
    expect(printed).toMatch(/^in-burnish\.png: 24 x 18, 4 channels, 8 bit\n/);
    const hash = createHash('sha256').update(readFileSync('in-burnish.png')).digest('hex');
    expect(printed).toContain(`SHA-256 of the file:    ${hash}\n`);
    run('run.py', 'deep.png', 'deep-script.png');
    expect((await burnish(['apply', 'edit.json', 'in.png', '-o', 'in-apply.png'])).stderr).toBe('');
    expect((await burnish(['apply', 'edit.json', 'deep.png', '-o', 'deep-apply.png'])).stderr).toBe('');
    expect(comparison(await readPng('in-burnish.png'), await readPng('in-apply.png'))).toBe('identical');
    expect(comparison(await readPng('deep-script.png'), await readPng('deep-apply.png'))).toBe('identical');
  });

  it('is proved by --verify, in words or as JSON', async () => {
    const words = ['script', 'edit.json', '--input', 'in.png', '--verify'];
    const told = await burnish(words);
    expect([told.status, told.stderr]).toEqual([0, '']);
    expect(told.stdout).toMatch(/^identical: all 1728 samples, by Python 3[^\n]* numpy [^\n]*\n$/);
    const json = await burnish([...words, '--json', '-o', 'proved.py']);
    expect(JSON.parse(json.stdout)).toMatchObject({ verdict: 'identical', of: 1728 });
    expect(readFileSync('proved.py', 'utf8')).toContain('def edit(image):');
    const both = await burnish([...words, '-o', '-']);
    expect(both.stdout).toMatch(/^#!/);
    expect(both.stderr).toMatch(/^identical: /);
  });

  it('asks for a picture where it knows none', async () => {
    await burnish(['script', 'edit.json', '-o', 'bare.py']);
    expect(() => execFileSync(python ?? '', ['bare.py'], { stdio: 'pipe' })).toThrow(
      'usage: python3 bare.py INPUT',
    );
  });
});
