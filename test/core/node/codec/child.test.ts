import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  startCodec,
  type ChildHandle,
  type Codec,
  type CodecLimits,
  type ForkChild,
} from '../../../../core/node/codec/codec';
import { forkWithNode } from '../../../../core/node/codec/fork';
import { builtFile } from '../../../../core/node/engine/built-file';
import { Cancelled } from '../../../../core/raster/signal';
import { noise } from '../../../support/rasters';
import { faultOf, fileOf, open, save, valueOf } from './files';

const started: Codec[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((codec) => codec.close()));
});

/** A codec of one child, with a hand on the child and on its messages. */
function observed(options: { limits?: Partial<CodecLimits>; processes?: number } = {}): {
  codec: Codec;
  children: ChildHandle[];
  folders: string[];
  onSend: (listener: (child: ChildHandle) => void) => void;
} {
  const children: ChildHandle[] = [];
  const folders: string[] = [];
  let sent: (child: ChildHandle) => void = () => undefined;
  const fork: ForkChild = (path, environment) => {
    const child = forkWithNode(path, environment);
    folders.push(environment['BURNISH_CODEC_FOLDER']);
    const handle: ChildHandle = {
      ...child,
      send: (message) => {
        child.send(message);
        sent(handle);
      },
    };
    children.push(handle);
    return handle;
  };
  const codec = startCodec({ processes: 1, ...options, fork });
  started.push(codec);
  return { codec, children, folders, onSend: (listener) => (sent = listener) };
}

const picture = noise({ width: 50, height: 40, channels: 3, depth: 8 });
const png = (): Promise<Buffer> => fileOf(picture).png().toBuffer();
/** Work of some seconds. */
const large = noise({ width: 2000, height: 1500, channels: 3, depth: 8 });
const slowly = { format: 'avif', effort: 9 } as const;

it('is told what this process is told, but not to read certificates', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'burnish-child-'));
  const script = join(folder, 'child.cjs');
  writeFileSync(script, 'process.send(process.env)');
  vi.stubEnv('NODE_EXTRA_CA_CERTS', join(folder, 'certificates'));
  vi.stubEnv('BURNISH_OTHER', 'inherited');
  try {
    const child = forkWithNode(script, { BURNISH_OWN: 'given' });
    const told = await new Promise((resolve) => child.onMessage(resolve));
    expect(told).toMatchObject({ BURNISH_OTHER: 'inherited', BURNISH_OWN: 'given' });
    expect(told).not.toHaveProperty('NODE_EXTRA_CA_CERTS');
  } finally {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  }
});

describe('a child that dies', () => {
  it('in the middle of a job makes that job a fault and the next one work', async () => {
    const { codec, children, folders, onSend } = observed();
    onSend((child) => setTimeout(() => child.kill(), 50));
    const fault = faultOf(await codec.encode(large, null, slowly));
    expect(fault.code).toBe('crashed');
    onSend(() => undefined);
    expect((await open(codec, await png())).raster.width).toBe(50);
    expect(children.length).toBe(2);
    await expect.poll(() => readdirSync(folders[0])).toEqual([]);
  });

  it('before it was ready is told apart, and tried again the next time', async () => {
    let broken = true;
    const codec = startCodec({
      fork: (path, environment) =>
        forkWithNode(broken ? join(tmpdir(), 'no-such-file.js') : path, environment),
    });
    started.push(codec);
    expect(faultOf(await codec.info(await png())).message).toMatch(/cannot be started/);
    broken = false;
    expect(valueOf(await codec.info(await png())).format).toBe('PNG');
  });

  it('between two jobs is not noticed', async () => {
    const { codec, children } = observed();
    await codec.info(await png());
    children[0].kill();
    await new Promise((resolve) => children[0].onExit(() => resolve(undefined)));
    expect(valueOf(await codec.info(await png())).format).toBe('PNG');
    expect(children.length).toBe(2);
  });
});

describe('a job that takes too long', () => {
  it('is ended as a fault, and the next one works', async () => {
    const { codec, folders } = observed({ limits: { encodeSeconds: 0.3, encodeSecondsPerMegapixel: 0 } });
    await codec.info(await png());
    const fault = faultOf(await codec.encode(large, null, slowly));
    expect(fault.code).toBe('timeout');
    expect(valueOf(await codec.info(await png())).width).toBe(50);
    await expect.poll(() => readdirSync(folders[0])).toEqual([]);
  });
});

describe('a job that needs too much memory', () => {
  it('is ended as a fault, and the next one works', async () => {
    const { codec } = observed({ limits: { memoryBytes: 1 } });
    // Large enough that reading it takes a few looks at the memory.
    const file = await fileOf(large)
      .resize(8000, 6000, { kernel: 'nearest' })
      .png({ compressionLevel: 1 })
      .toBuffer();
    expect(faultOf(await codec.decode(file))).toMatchObject({ code: 'too-large', message: /memory/ });
    expect((await save(codec, picture, { format: 'png' })).length).toBeGreaterThan(100);
  });
});

describe('aborting', () => {
  it('ends a job that runs', async () => {
    const { codec, onSend } = observed();
    const abort = new AbortController();
    onSend(() => abort.abort());
    await expect(codec.encode(large, null, slowly, abort.signal)).rejects.toThrow(Cancelled);
    onSend(() => undefined);
    expect(valueOf(await codec.info(await png())).width).toBe(50);
  });

  it('takes back a job that waits, and one not begun', async () => {
    const { codec, children } = observed();
    const abort = new AbortController();
    const bytes = await png();
    const first = codec.decode(bytes);
    const second = codec.decode(bytes, { signal: abort.signal });
    const third = codec.info(bytes);
    abort.abort();
    await expect(second).rejects.toThrow(Cancelled);
    expect(valueOf(await first).raster.width).toBe(50);
    expect(valueOf(await third).width).toBe(50);
    await expect(codec.info(bytes, AbortSignal.abort())).rejects.toThrow(Cancelled);
    expect(children.length).toBe(1);
  });
});

describe('the private folder', () => {
  it('is for this user alone, empty between jobs, and gone after closing', async () => {
    const { codec, folders } = observed({ processes: 2 });
    const bytes = await png();
    await Promise.all([1, 2, 3, 4, 5].map(() => codec.decode(bytes)));
    await codec.decode(Buffer.from('no picture'));
    await save(codec, picture, { format: 'jpeg', profile: 'keep' });
    expect(new Set(folders).size).toBe(1);
    const folder = folders[0];
    // What a good picture lay in is removed while others go on.
    await expect.poll(() => readdirSync(folder)).toEqual([]);
    if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700);
    await codec.close();
    expect(existsSync(folder)).toBe(false);
  });

  it('goes with this process', async () => {
    const before = new Set(process.listeners('exit'));
    const { codec, folders } = observed();
    await codec.info(await png());
    expect(existsSync(folders[0])).toBe(true);
    for (const listener of process.listeners('exit')) if (!before.has(listener)) listener(0);
    expect(existsSync(folders[0])).toBe(false);
  });

  it('is taken along by the child when its parent is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'burnish-orphan-'));
    const script = `require('node:child_process')
      .fork(${JSON.stringify(builtFile('codec.cjs'))}, [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
      .on('message', () => process.stdout.write('ready'))`;
    const parent = spawn(process.execPath, ['-e', script], {
      env: { ...process.env, BURNISH_CODEC_FOLDER: folder },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await once(parent.stdout, 'data');
    expect(existsSync(folder)).toBe(true);
    parent.kill('SIGKILL');
    await vi.waitUntil(() => !existsSync(folder), { timeout: 20_000 });
  });
});

describe('closing', () => {
  it('ends the job that runs and those that wait, and none is begun after it', async () => {
    const { codec, children, onSend } = observed();
    const bytes = await png();
    const sent = new Promise<void>((resolve) => onSend(() => resolve()));
    const running = codec.encode(large, null, slowly);
    await sent;
    const waiting = codec.decode(bytes);
    await codec.close();
    expect(faultOf(await running).message).toBe('Burnish is closing');
    expect((await waiting).ok).toBe(false);
    expect((await codec.decode(bytes)).ok).toBe(false);
    expect(children.length).toBe(1);
  });
});

describe('answers of the wrong form', () => {
  it.each([
    ['no object', 'nonsense'],
    ['an unknown kind', { is: 'finished' }],
    ['no memory', { is: 'done', answer: {} }],
    ['an answer to another question', { is: 'done', memory: 1, answer: { bytes: 5 } }],
    ['a shape beyond the file', { is: 'done', memory: 1, answer: { width: -1 } }],
    [
      'a fault with an unknown code',
      { is: 'failed', memory: 1, fault: { code: 'odd', message: '', remedy: '' } },
    ],
  ])('make the job a fault: %s', async (_, message) => {
    let listen: (message: unknown) => void = () => undefined;
    const codec = startCodec({
      processes: 1,
      fork: () => {
        queueMicrotask(() => listen({ is: 'ready', build: 'native' }));
        return {
          queues: false,
          send: () => listen(message),
          onMessage: (listener) => (listen = listener),
          onExit: () => undefined,
          kill: () => undefined,
          keepWaiting: () => undefined,
        };
      },
    });
    started.push(codec);
    expect(faultOf(await codec.info(await png())).code).toBe('crashed');
    expect(faultOf(await codec.decode(await png())).code).toBe('crashed');
  });
});

it('works on as many pictures at once as it has children, and on drawings beside them', async () => {
  const { codec, children } = observed({ processes: 2 });
  const bytes = await png();
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>');
  const results = await Promise.all([...Array.from({ length: 9 }, () => codec.info(bytes)), codec.info(svg)]);
  expect(results.every(({ ok }) => ok)).toBe(true);
  expect(children.length).toBe(3);
});
