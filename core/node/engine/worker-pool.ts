/**
 * The worker threads. Jobs wait in the order of their priority; every worker has one job and one more in its mailbox, so that it
 * never waits for the main thread. A worker that dies is replaced, and what it was doing is done once more by another.
 */

import { Worker } from 'node:worker_threads';
import type { Looked } from '../../plan/look';
import type { Node } from '../../plan/node';
import type { Shape } from '../../raster/raster';
import { FaultError } from '../../raster/fault';
import { Cancelled } from '../../raster/signal';
import { AbortFlags } from './abort-flags';
import type { FromWorker, Place, SharedRegion, ToWorker } from './messages';
import type { ThreadKernels } from './kernel-module';
import { collectGarbage } from './shared-garbage';
import type { PlainRows } from './streamed-tiles';

type JobMessage = Extract<ToWorker, { readonly type: 'job' }>;

export interface Work {
  /** Programs are told apart by identity. */
  readonly root: Node;
  readonly flag: number;
  readonly output: JobMessage['output'];
  readonly leaves: readonly (readonly SharedRegion[])[];
  /** Smaller is sooner. */
  readonly priority: number;
}

interface Job {
  readonly id: number;
  readonly work: Work;
  attempts: number;
  readonly resolve: (looked: Looked | null) => void;
  readonly reject: (error: Error) => void;
}

interface Member {
  readonly thread: Worker;
  /** Handed on to the one that replaces it. */
  readonly kernels: ThreadKernels | null;
  readonly programs: Set<number>;
  readonly jobs: Map<number, Job>;
}

/** A job under way and one in the mailbox. */
const JOBS_A_WORKER = 2;
const MOST_ATTEMPTS = 2;

export class WorkerPool {
  readonly flags = new AbortFlags();
  readonly #path: string;
  readonly #members: Member[] = [];
  readonly #waiting: Job[] = [];
  readonly #pictures = new Map<string, ToWorker>();
  readonly #programs = new Map<Node, number>();
  #nextJob = 0;
  #nextProgram = 0;
  #closing = false;

  /** One worker for each of `kernels`, which say what fast kernels it has. */
  constructor(kernels: readonly (ThreadKernels | null)[], path: string) {
    this.#path = path;
    for (const own of kernels) this.#members.push(this.#start(own));
  }

  get size(): number {
    return this.#members.length;
  }

  /** Makes a picture in shared memory known to every worker. */
  addPicture(source: string, shape: Shape, place: Place): void {
    const message: ToWorker = { type: 'picture', source, shape, place };
    this.#pictures.set(source, message);
    for (const member of this.#members) post(member, message);
  }

  /** Makes a picture in a file of plain rows known to every worker. */
  addRows(source: string, shape: Shape, { path, offset }: PlainRows): void {
    const message: ToWorker = { type: 'rows', source, shape, path, offset };
    this.#pictures.set(source, message);
    for (const member of this.#members) post(member, message);
  }

  dropPicture(source: string): void {
    this.#pictures.delete(source);
    for (const member of this.#members) post(member, { type: 'dropPicture', source });
  }

  /** Runs one job. Rejects with `Cancelled` when its flag was raised or the pool is closed, with a fault when workers died of it. */
  run(work: Work): Promise<Looked | null> {
    if (this.#closing) return Promise.reject(new Cancelled());
    return new Promise((resolve, reject) => {
      this.#enqueue({ id: this.#nextJob++, work, attempts: 0, resolve, reject });
      this.#dispatch();
    });
  }

  /** The program will not be run again: workers may forget it. */
  forget(root: Node): void {
    const program = this.#programs.get(root);
    if (program === undefined) return;
    this.#programs.delete(root);
    for (const member of this.#members) {
      if (member.programs.delete(program)) post(member, { type: 'dropProgram', program });
    }
  }

  /** Has every thread, this one too, give back the shared memory that it no longer uses. */
  collectGarbage(): void {
    for (const member of this.#members) post(member, { type: 'collect' });
    collectGarbage();
  }

  async close(): Promise<void> {
    this.#closing = true;
    const left = [
      ...this.#waiting.splice(0),
      ...this.#members.flatMap((member) => [...member.jobs.values()]),
    ];
    for (const job of left) job.reject(new Cancelled());
    // An answer that still comes in must not let the process end before the thread has.
    for (const member of this.#members) member.jobs.clear();
    await Promise.all(this.#members.map((member) => member.thread.terminate()));
  }

  #enqueue(job: Job): void {
    const behind = this.#waiting.findIndex((other) => other.work.priority > job.work.priority);
    if (behind < 0) this.#waiting.push(job);
    else this.#waiting.splice(behind, 0, job);
  }

  #start(kernels: ThreadKernels | null): Member {
    const thread = new Worker(this.#path, { name: 'burnish-worker', workerData: kernels });
    const member: Member = { thread, kernels, programs: new Set(), jobs: new Map() };
    thread.on('message', (answer: FromWorker) => this.#finish(member, answer));
    // An error is followed by 'exit', where everything is put right.
    thread.on('error', () => undefined);
    thread.on('exit', () => this.#replace(member));
    thread.unref();
    post(member, { type: 'begin', flags: this.flags.buffer });
    for (const message of this.#pictures.values()) post(member, message);
    return member;
  }

  #replace(dead: Member): void {
    if (this.#closing) return;
    const index = this.#members.indexOf(dead);
    if (index < 0) return;
    this.#members[index] = this.#start(dead.kernels);
    for (const job of dead.jobs.values()) {
      if (job.attempts < MOST_ATTEMPTS) this.#waiting.unshift(job);
      else
        job.reject(
          new FaultError({
            code: 'crashed',
            message: 'a worker stopped twice at the same piece of work',
            remedy: 'undo the last step, or try a smaller value',
          }),
        );
    }
    this.#dispatch();
  }

  #dispatch(): void {
    for (let depth = 1; depth <= JOBS_A_WORKER; depth++) {
      for (const member of this.#members) {
        if (member.jobs.size >= depth) continue;
        const job = this.#waiting.shift();
        if (job === undefined) return;
        this.#give(member, job);
      }
    }
  }

  #give(member: Member, job: Job): void {
    job.attempts++;
    member.jobs.set(job.id, job);
    const { root, flag, output, leaves } = job.work;
    let program = this.#programs.get(root);
    if (program === undefined) {
      program = this.#nextProgram++;
      this.#programs.set(root, program);
    }
    if (!member.programs.has(program)) {
      member.programs.add(program);
      post(member, { type: 'program', program, root });
    }
    // While there is work the process must not end.
    member.thread.ref();
    post(member, { type: 'job', job: job.id, program, flag, output, leaves });
  }

  #finish(member: Member, answer: FromWorker): void {
    const job = member.jobs.get(answer.job);
    if (job === undefined) return;
    member.jobs.delete(answer.job);
    if (member.jobs.size === 0) member.thread.unref();
    if (answer.outcome === 'done') job.resolve(answer.looked);
    else if (answer.outcome === 'cancelled') job.reject(new Cancelled());
    else job.reject(new Error(`in a worker: ${answer.error}`));
    this.#dispatch();
  }
}

function post(member: Member, message: ToWorker): void {
  member.thread.postMessage(message);
}
