import { describe, expect, it } from 'vitest';
import { forEachConcurrently, InOrder } from '../../../../core/node/cli/concurrently';
import { jobFromLine, linesOf, type Line } from '../../../../core/node/cli/jobs-file';
import { exportChoices } from '../../../../core/node/cli/export-choices';

const never = new AbortController().signal;
const later = () => new Promise((done) => setImmediate(done));

describe('work on many things', () => {
  it('has as many under way as there are lanes, and takes no more than that in advance', async () => {
    let taken = 0;
    let running = 0;
    let most = 0;
    async function* items() {
      for (let item = 0; item < 50; item++) {
        taken += 1;
        yield await Promise.resolve(item);
      }
    }
    const seen: number[] = [];
    await forEachConcurrently(items(), 3, never, async (item) => {
      running += 1;
      most = Math.max(most, running);
      expect(taken).toBeLessThanOrEqual(seen.length + 3);
      for (let turn = 0; turn <= item % 4; turn++) await later();
      seen.push(item);
      running -= 1;
    });
    expect(most).toBe(3);
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, item) => item));
  });

  it('takes nothing more once it is told to stop, and ends what it began', async () => {
    const stop = new AbortController();
    const begun: number[] = [];
    const ended: number[] = [];
    await forEachConcurrently([1, 2, 3, 4, 5, 6], 2, stop.signal, async (item) => {
      begun.push(item);
      if (item === 3) stop.abort();
      await later();
      ended.push(item);
    });
    expect(begun.length).toBeLessThan(6);
    expect(ended.sort()).toEqual(begun.sort());
  });

  it('hands on an error after the others have ended', async () => {
    let ended = 0;
    const work = forEachConcurrently([1, 2, 3, 4], 2, never, async (item) => {
      if (item === 1) throw new Error('the first');
      await later();
      await later();
      ended += 1;
    });
    await expect(work).rejects.toThrow('the first');
    expect(ended).toBe(1);
  });

  it('is told in the order of the numbers, whatever order it ends in', () => {
    const told: string[] = [];
    const inOrder = new InOrder<string>((item) => told.push(item));
    for (const [index, item] of [
      [2, 'c'],
      [0, 'a'],
      [1, 'b'],
      [5, 'f'],
      [4, 'e'],
    ] as const)
      inOrder.put(index, item);
    expect(told).toEqual(['a', 'b', 'c']);
    inOrder.flush();
    expect(told).toEqual(['a', 'b', 'c', 'e', 'f']);
  });
});

async function collect(...chunks: readonly string[]): Promise<readonly Line[]> {
  const lines: Line[] = [];
  async function* bytes() {
    for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk, 'latin1'));
  }
  for await (const line of linesOf(bytes())) lines.push(line);
  return lines;
}

describe('the lines of a jobs file', () => {
  it('are the same however the bytes are cut, and blank ones are left out but counted', async () => {
    const text = 'one\n\n  \ntwö\r\nthree';
    const whole = await collect(Buffer.from(text).toString('latin1'));
    expect(whole.map(({ number, text: line }) => [number, line.ok ? line.value.trim() : ''])).toEqual([
      [1, 'one'],
      [4, 'twö'],
      [5, 'three'],
    ]);
    const single = [...Buffer.from(text).toString('latin1')];
    expect(await collect(...single)).toEqual(whole);
  });

  it('that are too long are refused without being kept', async () => {
    const long = 'x'.repeat(9 * 2 ** 20);
    const lines = await collect(long, long, '\nshort');
    expect(lines.map(({ number, text }) => [number, text.ok])).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  it('become jobs with absolute paths, second pictures too', () => {
    const choices = exportChoices({});
    if (!choices.ok) throw new Error(choices.fault.message);
    const operations = [{ id: 'blend', params: { source: 'over.png' } }];
    const text = JSON.stringify({ input: 'a.png', output: '../b.jpg', operations });
    const { job } = jobFromLine({ number: 1, text: { ok: true, value: text } }, '/some/where', choices.value);
    expect(job).toMatchObject({
      ok: true,
      value: {
        input: { name: 'a.png', path: '/some/where/a.png' },
        target: { name: '../b.jpg', path: '/some/b.jpg', format: 'jpeg', makesFolder: false },
        steps: [{ operation: 'blend', params: { source: '/some/where/over.png' } }],
      },
    });
  });
});
