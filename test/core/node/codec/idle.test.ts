import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CodecProcess } from '../../../../core/node/codec/codec-process';
import type { ChildHandle } from '../../../../core/node/codec/fork';
import type { Job } from '../../../../core/node/codec/messages';

const IDLE = 1000;
const limits = { pixels: 1, frames: 1, decodedBytes: 1, memoryBytes: 1 };
const job: Job = { kind: 'info', input: 'picture', limits };

/** A child that is ready at once and does every job after `takes` milliseconds. */
class Child implements ChildHandle {
  killed = 0;
  sent = 0;
  #tell: (message: unknown) => void = () => undefined;

  constructor(
    private readonly takes: number,
    readonly queues = false,
  ) {}

  send(): void {
    this.sent++;
    setTimeout(() => this.#tell({ is: 'done', answer: 'well', memory: 1 }), this.takes);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#tell = listener;
    setTimeout(() => listener({ is: 'ready', build: 'native' }));
  }

  onExit(): void {
    // It never ends by itself.
  }

  kill(): void {
    this.killed++;
  }

  keepWaiting(): void {
    // Nothing waits here.
  }
}

let children: Child[];
let codec: CodecProcess;

beforeEach(() => {
  vi.useFakeTimers();
  children = [];
  codec = new CodecProcess(
    () => {
      const child = new Child(3 * IDLE);
      children.push(child);
      return child;
    },
    { idleAfter: IDLE },
  );
});
afterEach(() => {
  codec.close();
  vi.useRealTimers();
});

async function doJob(): Promise<void> {
  const outcome = codec.run(job, 100);
  await vi.advanceTimersByTimeAsync(3 * IDLE + 1);
  expect(await outcome).toEqual({ ok: true, answer: 'well' });
}

it('a child that has had nothing to do for a while ends, and the next job gets another', async () => {
  await doJob();
  await vi.advanceTimersByTimeAsync(IDLE - 10);
  expect(children.map(({ killed }) => killed)).toEqual([0]);
  await vi.advanceTimersByTimeAsync(20);
  expect(children.map(({ killed }) => killed)).toEqual([1]);
  await doJob();
  expect(children.map(({ killed }) => killed)).toEqual([1, 0]);
});

it('a child stays as long as a job takes, and jobs that follow each other share one', async () => {
  await doJob();
  await vi.advanceTimersByTimeAsync(IDLE / 2);
  await doJob();
  await vi.advanceTimersByTimeAsync(IDLE / 2);
  expect(children.map(({ killed }) => killed)).toEqual([0]);
});

it('one that was prepared and never needed ends too', async () => {
  codec.prepare();
  await vi.advanceTimersByTimeAsync(IDLE + 1);
  expect(children.map(({ killed }) => killed)).toEqual([1]);
});

it.each([
  [true, 1],
  [false, 0],
])(
  'a child that keeps what it is sent until it listens (%s) has the job before it is ready',
  (queues, sent) => {
    const child = new Child(1, queues);
    const other = new CodecProcess(() => child);
    void other.run(job, 100);
    expect(child.sent).toBe(sent);
    vi.advanceTimersByTime(1);
    expect(child.sent).toBe(1);
    other.close();
  },
);
