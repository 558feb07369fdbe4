/**
 * One child process as a place where one job at a time can be done. It is started when the first job comes,
 * killed when a job takes too long, is aborted or kills it, or when none has come for a while, and started anew for the next one.
 */

import * as v from 'valibot';
import { succeed, type Fault, type Result } from '../../raster/fault';
import { Cancelled } from '../../raster/signal';
import { tooMuchMemory } from './complaint';
import type { ChildHandle } from './fork';
import { messageSchema, type Job, type Message } from './messages';

/** How a job ended: what the child answered, still unchecked, or why there is no answer. */
export type Outcome =
  { readonly ok: true; readonly answer: unknown } | { readonly ok: false; readonly fault: Fault };

/** An answer of the form that it must have; a child that gives another has gone wrong. */
export function checked<T>(schema: v.GenericSchema<unknown, T>, outcome: Outcome): Result<T> {
  if (!outcome.ok) return outcome;
  const answer = v.safeParse(schema, outcome.answer);
  return answer.success ? succeed(answer.output) : { ok: false, fault: crashedFault };
}

/** A child that holds more than this after a job is replaced before the next one. */
const MOST_IDLE_MEMORY = 700_000_000;

/** Milliseconds without a job after which a child ends: it holds some forty megabytes, and another is started in a fraction of a second. */
const IDLE = 15_000;

export const timeoutFault = (seconds: number): Fault => ({
  code: 'timeout',
  message: `the picture took longer than ${Math.round(seconds)} seconds`,
  remedy: 'try a smaller copy or another format',
});

export const crashedFault: Fault = {
  code: 'crashed',
  message: 'the part of Burnish that reads and writes pictures crashed on this one',
  remedy: 'open it in another program and save it again',
};

const notStarted: Fault = {
  code: 'crashed',
  message: 'the part of Burnish that reads and writes pictures cannot be started',
  remedy: 'run "npm ci" and "npm run build", or install Burnish again',
};

const closedFault: Fault = { code: 'refused', message: 'Burnish is closing', remedy: '' };

interface Running {
  readonly job: Job;
  sent: boolean;
  /** Ends the job; later calls do nothing. */
  readonly end: (outcome: Outcome | 'cancelled') => void;
}

export class CodecProcess {
  #child: ChildHandle | null = null;
  #ready = false;
  #running: Running | null = null;
  #closed = false;
  #idle: NodeJS.Timeout | null = null;

  constructor(
    private readonly fork: () => ChildHandle,
    private readonly options: { readonly idleAfter?: number; readonly begun?: (() => void) | undefined } = {},
  ) {}

  get busy(): boolean {
    return this.#running !== null;
  }

  /** Starts the child before there is a job for it. */
  prepare(): void {
    if (this.#child !== null || this.#closed) return;
    this.#child = this.#start();
    this.#rest();
  }

  /** There is no job. Nothing waits for the child any more, and if none comes soon it ends. */
  #rest(): void {
    this.#wake();
    if (this.#child === null) return;
    this.#child.keepWaiting(false);
    this.#idle = setTimeout(() => this.#end(), this.options.idleAfter ?? IDLE).unref();
  }

  #wake(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
  }

  /** Ends the child, if there is one. */
  #end(): void {
    this.#wake();
    const child = this.#child;
    this.#child = null;
    this.#ready = false;
    child?.kill();
  }

  /**
   * Does one job. Rejects with `Cancelled` when the signal aborts; then, and when `seconds` have passed, the
   * child is killed, because native code cannot be interrupted.
   */
  run(job: Job, seconds: number, signal?: AbortSignal): Promise<Outcome> {
    if (this.#running !== null) throw new Error('one job at a time');
    if (this.#closed) return Promise.resolve({ ok: false, fault: closedFault });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#stop({ ok: false, fault: timeoutFault(seconds) }), seconds * 1000);
      const onAbort = (): void => this.#stop('cancelled');
      const end = (outcome: Outcome | 'cancelled'): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        this.#running = null;
        this.#rest();
        if (outcome === 'cancelled') reject(new Cancelled());
        else resolve(outcome);
      };
      this.#running = { job, sent: false, end };
      if (signal?.aborted === true) {
        end('cancelled');
        return;
      }
      signal?.addEventListener('abort', onAbort);
      this.#wake();
      this.#child ??= this.#start();
      this.#child.keepWaiting(true);
      this.#send();
    });
  }

  /** Kills the child; the running job and later ones end as faults. */
  close(): void {
    this.#closed = true;
    this.#stop({ ok: false, fault: closedFault });
  }

  #start(): ChildHandle {
    const child = this.fork();
    this.#ready = false;
    child.onMessage((message) => {
      if (this.#child !== child) return;
      const checked = v.safeParse(messageSchema, message);
      if (checked.success) this.#onMessage(checked.output);
      else this.#stop({ ok: false, fault: crashedFault });
    });
    child.onExit(() => {
      if (this.#child !== child) return;
      const fault = this.#ready ? crashedFault : notStarted;
      this.#child = null;
      this.#running?.end({ ok: false, fault });
    });
    return child;
  }

  /** Hands the job over as soon as the child takes it. */
  #send(): void {
    const [running, child] = [this.#running, this.#child];
    if (running === null || child === null || running.sent || !(this.#ready || child.queues)) return;
    running.sent = true;
    child.send(running.job);
    // Once it has gone out.
    const { begun } = this.options;
    if (begun !== undefined) setImmediate(begun);
  }

  #onMessage(message: Message): void {
    switch (message.is) {
      case 'ready':
        this.#ready = true;
        this.#send();
        break;
      case 'overgrown':
        this.#stop({ ok: false, fault: tooMuchMemory });
        break;
      case 'failed':
        this.#finish({ ok: false, fault: message.fault }, message.memory);
        break;
      case 'done':
        this.#finish({ ok: true, answer: message.answer }, message.memory);
        break;
    }
  }

  #finish(outcome: Outcome, memory: number): void {
    if (memory > MOST_IDLE_MEMORY) this.#stop(outcome);
    else this.#running?.end(outcome);
  }

  /** Kills the child and ends the running job with this outcome. */
  #stop(outcome: Outcome | 'cancelled'): void {
    this.#end();
    this.#running?.end(outcome);
  }
}
