// The built program as a process: its ready line, its end, and what it says when it cannot start.
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Hello } from '../../../core/protocol/contract';
import { writePng } from '../support/real-host';
import { WirePage } from '../support/wire-page';

const root = join(import.meta.dirname, '..', '..', '..');
const READY = /^Burnish is ready at (http:\/\/127\.0\.0\.1:(\d+))\/#token=([\w-]{43})\n$/;

let folder: string;
const running: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'burnish-serve-'));
});

afterEach(async () => {
  for (const child of running.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly status: number | null; readonly signal: NodeJS.Signals | null }>;
  stdout(): string;
  stderr(): string;
  /** The ready line, taken apart. */
  ready(): Promise<{ readonly origin: string; readonly port: number; readonly token: string }>;
}

function burnish(...words: readonly string[]): Run {
  const child = spawn(process.execPath, [join(root, 'build/burnish.mjs'), ...words], {
    env: { ...process.env, BURNISH_HOME: join(folder, 'home'), DISPLAY: '', WAYLAND_DISPLAY: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: folder,
  });
  running.push(child);
  let [out, err] = ['', ''];
  child.stdout?.on('data', (text) => (out += String(text)));
  child.stderr?.on('data', (text) => (err += String(text)));
  const ended = new Promise<Awaited<Run['ended']>>((done) =>
    child.once('exit', (status, signal) => done({ status, signal })),
  );
  return {
    child,
    ended,
    stdout: () => out,
    stderr: () => err,
    ready: async () => {
      for (;;) {
        const match = READY.exec(out);
        if (match !== null) return { origin: match[1], port: Number(match[2]), token: match[3] };
        if (child.exitCode !== null) throw new Error(`it ended: ${err}`);
        await new Promise((done) => setTimeout(done, 20));
      }
    },
  };
}

async function page({
  origin,
  token,
}: {
  readonly origin: string;
  readonly token: string;
}): Promise<WirePage> {
  const answer = await fetch(`${origin}/session`, { method: 'POST', headers: { origin }, body: token });
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0];
  const made = new WirePage({ origin, cookie });
  await made.connect();
  return made;
}

async function hello(over: WirePage): Promise<Hello> {
  const reply = await over.call('app.hello', {});
  if (!reply.ok) throw new Error(reply.fault.message);
  return reply.value as Hello;
}

describe('burnish serve', () => {
  it('says in exactly one line where it is, and opens the files', async () => {
    const run = burnish('serve', await writePng(folder, 'sea.png'), '--no-open');
    const line = await run.ready();
    const client = await page(line);
    const opened = await client.event('document.changed').catch(() => null);
    const { documents, shell } = await hello(client);
    expect(shell).toBe('browser');
    expect(opened === null || documents.length === 1).toBe(true);
    expect(documents.map(({ document }) => document.name)).toEqual(['sea.png']);
    expect(run.stdout()).toMatch(READY);
    const said = run
      .stderr()
      .trim()
      .split('\n')
      .filter((text) => !text.startsWith('burnish: built '));
    expect(said).toEqual(['burnish: opening in the browser shell as asked']);
    expect(run.stderr()).not.toContain(line.token);
    run.child.kill('SIGTERM');
    expect(await run.ended).toEqual({ status: 0, signal: null });
    await client.until(() => client.closed ?? undefined);
    expect(await readdir(join(folder, 'home', 'uploads'))).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'stops cleanly on %s, also in the middle of work',
    async (signal) => {
      const run = burnish('serve', await writePng(folder, 'large.png', 3000, 2000), '--no-open');
      await run.ready();
      run.child.kill(signal);
      expect(await run.ended).toEqual({ status: 0, signal: null });
      expect(run.stdout()).toMatch(READY);
    },
  );

  it('takes the port that it is told, and says in one line where that is in use', async () => {
    const taken = createServer();
    const port = await new Promise<number>((done) =>
      taken.listen(0, '127.0.0.1', () => {
        const address = taken.address();
        done(typeof address === 'object' && address !== null ? address.port : 0);
      }),
    );
    const refused = burnish('serve', '--no-open', '--port', String(port));
    expect((await refused.ended).status).toBe(1);
    expect(refused.stdout()).toBe('');
    expect(refused.stderr()).toContain(`burnish: port ${port} is in use; choose another with --port`);
    expect(refused.stderr()).not.toContain('    at ');
    await new Promise((done) => taken.close(done));

    const run = burnish('serve', '--no-open', '--port', String(port));
    expect((await run.ready()).port).toBe(port);
    run.child.kill('SIGTERM');
    await run.ended;
  });

  it('tells a page of a file that is gone', async () => {
    const present = await writePng(folder, 'here.png', 8, 8);
    const run = burnish('serve', present, 'gone.png', '--no-open');
    const client = await page(await run.ready());
    await client.event('alert', ({ message }) => message.startsWith('gone.png'));
    run.child.kill('SIGTERM');
    await run.ended;
  });
});

describe('burnish without a command', () => {
  it('says which shell it took and why, and opens the files', async () => {
    const run = burnish(await writePng(folder, 'sea.png'), '--shell', 'browser', '--no-open');
    await run.ready();
    expect(run.stderr()).toContain('burnish: opening in the browser shell as asked\n');
    run.child.kill('SIGINT');
    expect((await run.ended).status).toBe(0);
  });

  it('takes the browser where no window is wanted', async () => {
    const run = burnish('--no-open');
    await run.ready();
    expect(run.stderr()).toContain(
      'burnish: opening in the browser shell because no window is to be opened\n',
    );
    run.child.kill('SIGINT');
    expect((await run.ended).status).toBe(0);
  });
});
