import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { afterEach, expect, it, vi } from 'vitest';
import { startCodec, type Codec, type CodecOptions, type ForkChild } from '../../../../core/node/codec/codec';
import { startEarlyChild, type EarlyChild } from '../../../../core/node/codec/early-child';
import { forkWithNode } from '../../../../core/node/codec/fork';
import { environmentOf, threadsOf } from '../../../../core/node/codec/settings';
import { noise } from '../../../support/rasters';
import { fileOf, valueOf } from './files';

const codecs: Codec[] = [];
const children: EarlyChild[] = [];
afterEach(async () => {
  for (const early of children.splice(0)) early.end();
  await Promise.all(codecs.splice(0).map((codec) => codec.close()));
});

function started(processes: number): EarlyChild {
  const early = startEarlyChild(processes);
  children.push(early);
  return early;
}

/** A codec with such a child; and how many others it has started. */
function codecWith(
  early: EarlyChild,
  options: CodecOptions,
): { readonly codec: Codec; readonly forks: () => number } {
  let forks = 0;
  const fork: ForkChild = (path, environment) => {
    forks += 1;
    return forkWithNode(path, environment);
  };
  const codec = startCodec({ ...options, early, fork });
  codecs.push(codec);
  return { codec, forks: () => forks };
}

function environmentFor({ workspace }: EarlyChild, processes: number): Record<string, string> {
  const threads = threadsOf(processes, availableParallelism());
  return environmentOf({ folder: workspace.folder, reads: 'pictures', threads });
}

const png = (): Promise<Uint8Array> =>
  fileOf(noise({ width: 50, height: 20, channels: 3, depth: 8 }))
    .png()
    .toBuffer();

it('does the first jobs of the codec that takes it, which starts no other', async () => {
  const { codec, forks } = codecWith(started(1), { processes: 1 });
  codec.prepare();
  expect(valueOf(await codec.info(await png())).width).toBe(50);
  expect(valueOf(await codec.decode(await png())).raster.height).toBe(20);
  expect(forks()).toBe(0);
});

it('is heard also by who begins to listen when it is ready already', async () => {
  const early = started(1);
  const child = early.take(environmentFor(early, 1));
  const messages: unknown[] = [];
  // When another is ready that was started after it, the first has been so for a while.
  const other = startEarlyChild(1);
  children.push(other);
  const said = await new Promise((resolve) =>
    other.take(environmentFor(other, 1))?.onMessage((message) => resolve(message)),
  );
  child?.onMessage((message) => messages.push(message));
  expect(messages).toEqual([]);
  await vi.waitUntil(() => messages.length > 0);
  expect(messages).toEqual([said]);
  expect(said).toEqual({ is: 'ready', build: 'native' });
  child?.kill();
});

it('is one of several; the others are started as ever', async () => {
  const { codec, forks } = codecWith(started(2), { processes: 2 });
  const bytes = await png();
  await Promise.all([1, 2, 3].map(() => codec.decode(bytes)));
  expect(forks()).toBe(1);
});

it('is taken once, and only as it was started', () => {
  const early = started(1);
  const own = environmentFor(early, 1);
  expect(early.take({ ...own, BURNISH_CODEC: 'wasm' })).toBeNull();
  const child = early.take(own);
  expect(child).not.toBeNull();
  expect(early.take(own)).toBeNull();
  child?.kill();
});

it('is replaced where it has died before', async () => {
  const early = started(1);
  early.end();
  const { codec, forks } = codecWith(early, { processes: 1 });
  expect(valueOf(await codec.info(await png())).width).toBe(50);
  expect(forks()).toBe(1);
});

it('leaves no folder behind, used or not', async () => {
  const unused = started(1);
  unused.end();
  expect(existsSync(unused.workspace.folder)).toBe(false);
  const used = started(1);
  const { codec } = codecWith(used, { processes: 1 });
  await codec.decode(await png());
  expect(existsSync(used.workspace.folder)).toBe(true);
  await codec.close();
  expect(existsSync(used.workspace.folder)).toBe(false);
});
