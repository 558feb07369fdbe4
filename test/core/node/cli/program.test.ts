/** The program as it is built and started, where that matters: signals, pipes, exit statuses. */

import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listing, writePicture } from '../../../support/command-line';
import { noise } from '../../../support/rasters';

const program = join(import.meta.dirname, '../../../../build/burnish.mjs');
let folder = '';

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'burnish-program-')));
  await writePicture(join(folder, 'a.png'), noise({ width: 40, height: 30, channels: 3, depth: 8 }));
  await writePicture(join(folder, 'large.png'), noise({ width: 2500, height: 2000, channels: 3, depth: 8 }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Said {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Without the line about what was stale and had to be built first. */
function said({ status, stdout, stderr }: Said): Said {
  return { status, stdout, stderr: stderr.replace(/^burnish: built .*\n/gm, '') };
}

function run(...words: readonly string[]): Said {
  return said(spawnSync(process.execPath, [program, ...words], { cwd: folder, encoding: 'utf8' }));
}

function shell(script: string): Said {
  const words = ['-c', script.replaceAll('burnish', `"${process.execPath}" "${program}"`)];
  return said(spawnSync('bash', words, { cwd: folder, encoding: 'utf8' }));
}

describe('exit statuses', () => {
  it('are 0, 1 and 2, with one line on stderr where something is wrong', () => {
    expect(run('info', 'a.png')).toMatchObject({ status: 0, stderr: '' });
    expect(run('info', 'none.png')).toMatchObject({
      status: 1,
      stderr: 'burnish: none.png: no such file; check the name\n',
    });
    expect(run('inof', 'a.png')).toMatchObject({
      status: 2,
      stderr: 'burnish: "inof" is neither a command nor a file; did you mean "info"?\n',
    });
  });

  it('come with stack traces where they are asked for', () => {
    const { stderr, status } = shell('BURNISH_DEBUG=1 burnish info none.png');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^burnish: none\.png: no such file; check the name\nError: ENOENT.*\n {4}at /);
  });

  it('tell of an output that cannot be written', () => {
    const full = 'burnish: standard output: the disk is full; free some space or choose another folder\n';
    expect(shell('burnish operations > /dev/full')).toMatchObject({ status: 1, stderr: full });
    expect(shell('burnish apply a.png -o - > /dev/full')).toMatchObject({ status: 1, stderr: full });
  });
});

describe('pipes', () => {
  it('go through from picture to picture', () => {
    const ended = shell(
      'burnish apply - -o - --op negative < a.png | burnish apply - -o twice.png --op negative',
    );
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(run('info', 'twice.png', '--json').stdout).toContain(
      '"width":40,"height":30,"channels":3,"depth":8',
    );
  });

  it('that a shell opens are read like files', () => {
    expect(shell('burnish info <(cat a.png) --json').stdout).toContain('"width":40');
    expect(shell('burnish apply --jobs-file <(echo "{}")').stderr).toMatch(
      /^burnish: \/dev\/fd\/\d+:1: input: /,
    );
  });

  it('may be closed early without a word', () => {
    expect(shell('burnish operations --json | head -c 10; exit ${PIPESTATUS[0]}')).toMatchObject({
      status: 0,
      stderr: '',
    });
  });
});

/** Resolves once the child has left something in the folder that was not there before. */
async function untilItWrites(child: ChildProcess, target: string): Promise<void> {
  while (child.exitCode === null) {
    try {
      if (readdirSync(target).length > 0) return;
    } catch {
      // Not made yet.
    }
    await new Promise((later) => setTimeout(later, 5));
  }
}

describe('Ctrl+C and SIGTERM', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s stops between whole files: nothing half-written, no child left', async (signal, status) => {
    const target = `out-${signal}`;
    const words = Array.from({ length: 40 }, (_, at) =>
      JSON.stringify({
        input: 'large.png',
        output: `${target}/${at}.png`,
        operations: [{ id: 'boxBlur', params: { size: 9 } }],
      }),
    );
    writeFileSync(join(folder, 'jobs.jsonl'), words.join('\n'));
    const made = spawnSync('mkdir', [target], { cwd: folder });
    expect(made.status).toBe(0);
    const child = spawn(process.execPath, [program, 'apply', '--jobs-file', 'jobs.jsonl', '--json'], {
      cwd: folder,
    });
    let stderr = '';
    let stdout = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
    await untilItWrites(child, join(folder, target));
    child.kill(signal);
    expect(await ended).toBe(status);
    expect(said({ status, stdout, stderr }).stderr).toMatch(
      /^burnish: stopped; \d+ of the pictures are done\n$/,
    );
    const names = readdirSync(join(folder, target));
    expect(names.length).toBeLessThan(40);
    expect(names.every((name) => /^\d+\.png$/.test(name))).toBe(true);
    // Whole: every one that is there is read to its end.
    for (const name of names)
      expect(
        readFileSync(join(folder, target, name))
          .subarray(-8, -4)
          .toString(),
      ).toBe('IEND');
    for (const line of stdout.trimEnd().split('\n').filter(Boolean))
      expect(JSON.parse(line)).not.toHaveProperty('error');
  });
});

it('leaves nothing beside its targets', () => {
  expect(listing(folder).filter((name) => name.includes('.tmp') || name.includes('.burnish'))).toEqual([]);
});
