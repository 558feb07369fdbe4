/** Of several pieces of work of one owner only the newest is carried to its end; others are not touched. */

import { describe, expect, it } from 'vitest';
import { succeed, type Result } from '../../../core/raster/fault';
import { Cancelled } from '../../../core/raster/signal';
import { Newest } from '../../../electron/host/newest';

/** Work that ends when it is told to, or with `Cancelled` when it is aborted. */
function work(): { run: (signal: AbortSignal) => Promise<Result<string>>; finish: (text: string) => void } {
  let finish: (text: string) => void = () => undefined;
  const run = (signal: AbortSignal): Promise<Result<string>> =>
    new Promise((resolve, reject) => {
      finish = (text) => resolve(succeed(text));
      signal.addEventListener('abort', () => reject(new Cancelled()));
    });
  return { run, finish: (text) => finish(text) };
}

describe('the newest work of an owner', () => {
  it('ends the one before with a refusal, and that of nobody else', async () => {
    const newest = new Newest<string>();
    const [first, second, other] = [work(), work(), work()];
    const answers = [
      newest.alone('a', first.run),
      newest.alone('b', other.run),
      newest.alone('a', second.run),
    ];
    second.finish('second');
    other.finish('other');
    expect(await Promise.all(answers)).toEqual([
      { ok: false, fault: expect.objectContaining({ code: 'refused', message: 'cancelled' }) },
      succeed('other'),
      succeed('second'),
    ]);
  });

  it('can be ended, and what is over cannot be ended any more', async () => {
    const newest = new Newest<string>();
    const [first, second] = [work(), work()];
    const ended = newest.alone('a', first.run);
    newest.cancel('a');
    expect(await ended).toMatchObject({ ok: false });
    newest.cancel('a');
    const kept = newest.alone('a', second.run);
    second.finish('kept');
    expect(await kept).toEqual(succeed('kept'));
  });

  it('throws what is a bug', async () => {
    const broken = (): Promise<never> => Promise.reject(new Error('broken'));
    await expect(new Newest<string>().alone('a', broken)).rejects.toThrow('broken');
  });
});
