/**
 * The worker threads. Jobs wait in the order of their priority. Every worker has one at work and one more in its mailbox, so that it never
 * waits for the main thread; it takes part after part of a job, as others do at the same time, and gives way between two parts where
 * something more urgent waits. Telling a thread of something and hearing of it again takes some 80 µs of processor time, so it is
 * told of many parts at once. A worker that dies is replaced, and what it was doing is done once more.
 */

import { Worker } from 'node:worker_threads';
import type { Looked } from '../../plan/look';
import type { Node } from '../../plan/node';
import type { Shape } from '../../raster/raster';
import { Cancelled } from '../../raster/signal';
import { Job, type Work } from './job';
import type { FromWorker, Place, ToWorker } from './messages';
import type { ThreadKernels } from './kernel-module';
import { SharedCells } from './shared-cells';
import { collectGarbage } from './shared-garbage';
import type { PlainRows } from './streamed-tiles';

interface Member {
  readonly thread: Worker;
  /** Its place among the workers. */
  readonly own: number;
  /** Handed on to the one that replaces it. */
  readonly kernels: ThreadKernels | null;
  readonly programs: Set<number>;
  /** Programs that it may forget, as it will hear with the next job. */
  dropped: number[];
  /** By id, the one at work first. */
  readonly jobs: Map<number, Job<Member>>;
}

/** A job under way and one in the mailbox. */
const JOBS_A_WORKER = 2;
/** MiB of a thread's heap for what lives shortly: messages, mostly. V8 would let it grow to 48. */
const YOUNG = 12;
/** Less urgent than everything. */
const NOTHING = 2 ** 30;

export class WorkerPool {
  readonly flags = new SharedCells();
  readonly #counters = new SharedCells();
  /** By worker: the most urgent priority of what waits for it. */
  readonly #urgencies = new SharedCells();
  readonly #path: string;
  readonly #members: Member[] = [];
  readonly #waiting: Job<Member>[] = [];
  readonly #pictures = new Map<string, ToWorker>();
  readonly #programs = new Map<Node, number>();
  #nextJob = 0;
  #nextProgram = 0;
  #closing = false;

  /** One worker for each of `kernels`, which say what fast kernels it has. */
  constructor(kernels: readonly (ThreadKernels | null)[], path: string) {
    this.#path = path;
    kernels.forEach((own, at) => this.#members.push(this.#start(own, at)));
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

  /**
   * Has workers do all parts, and answers what was seen in them together, where they look. Rejects with `Cancelled` when the flag was
   * raised or the pool is closed, with a fault when workers died of it.
   */
  run(work: Work): Promise<Looked | null> {
    if (this.#closing) return Promise.reject(new Cancelled());
    if (work.parts.length === 0) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      const job = new Job<Member>(this.#nextJob++, work, this.#counters, resolve, reject);
      const behind = this.#waiting.findIndex((other) => other.work.priority > work.priority);
      this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, job);
      this.#dispatch();
    });
  }

  /** The program will not be run again: workers may forget it, which can wait until there is something to do for them. */
  forget(root: Node): void {
    const program = this.#programs.get(root);
    if (program === undefined) return;
    this.#programs.delete(root);
    for (const member of this.#members) if (member.programs.delete(program)) member.dropped.push(program);
  }

  /** Has every thread, this one too, give back the shared memory that it no longer uses. */
  collectGarbage(): void {
    for (const member of this.#members) post(member, { type: 'collect' });
    collectGarbage();
  }

  async close(): Promise<void> {
    this.#closing = true;
    const left = new Set([
      ...this.#waiting.splice(0),
      ...this.#members.flatMap((member) => [...member.jobs.values()]),
    ]);
    for (const job of left) job.cancel();
    // An answer that still comes in must not let the process end before the thread has.
    for (const member of this.#members) member.jobs.clear();
    await Promise.all(this.#members.map((member) => member.thread.terminate()));
  }

  #start(kernels: ThreadKernels | null, own: number): Member {
    const thread = new Worker(this.#path, {
      name: 'burnish-worker',
      workerData: kernels,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
    });
    const member: Member = { thread, own, kernels, programs: new Set(), dropped: [], jobs: new Map() };
    thread.on('message', (answer: FromWorker) => this.#finish(member, answer));
    // An error is followed by 'exit', where everything is put right.
    thread.on('error', () => undefined);
    thread.on('exit', () => this.#replace(member));
    thread.unref();
    const [flags, counters, urgencies] = [this.flags, this.#counters, this.#urgencies];
    this.#urgencies.store(own, NOTHING);
    post(member, {
      type: 'begin',
      flags: flags.buffer,
      counters: counters.buffer,
      urgencies: urgencies.buffer,
      own,
    });
    for (const message of this.#pictures.values()) post(member, message);
    return member;
  }

  #replace(dead: Member): void {
    if (this.#closing || this.#members[dead.own] !== dead) return;
    this.#members[dead.own] = this.#start(dead.kernels, dead.own);
    [...dead.jobs.values()].forEach((job, at) => this.#settle(job, job.lost(dead, at === 0)));
    this.#dispatch();
  }

  #dispatch(): void {
    for (let depth = 1; depth <= JOBS_A_WORKER; depth++) {
      for (const member of this.#members) {
        if (member.jobs.size >= depth) continue;
        const job = this.#waiting.find((waiting) => waiting.isOpen && !waiting.isHeldBy(member));
        if (job !== undefined) this.#give(member, job);
      }
    }
    const open = this.#waiting.find((job) => job.isOpen)?.work.priority ?? NOTHING;
    for (const { own, jobs } of this.#members) {
      const waiting = [...jobs.values()].slice(1).map(({ work }) => work.priority);
      this.#urgencies.store(own, Math.min(open, ...waiting));
    }
  }

  #give(member: Member, job: Job<Member>): void {
    member.jobs.set(job.id, job);
    const { root } = job.work;
    let program = this.#programs.get(root);
    if (program === undefined) {
      program = this.#nextProgram++;
      this.#programs.set(root, program);
    }
    const isNew = !member.programs.has(program);
    member.programs.add(program);
    // While there is work the process must not end.
    member.thread.ref();
    const { dropped } = member;
    member.dropped = [];
    post(member, { ...job.give(member), program, root: isNew ? root : null, dropped });
    if (!job.isOpen) this.#waiting.splice(this.#waiting.indexOf(job), 1);
  }

  #finish(member: Member, answer: FromWorker): void {
    const job = member.jobs.get(answer.job);
    if (job === undefined) return;
    member.jobs.delete(answer.job);
    if (member.jobs.size === 0) member.thread.unref();
    this.#settle(job, job.answer(member, answer));
    this.#dispatch();
  }

  /** A job that is over waits no longer; one of which something is left waits again, before others like it. */
  #settle(job: Job<Member>, isOver: boolean): void {
    const at = this.#waiting.indexOf(job);
    if (isOver && at >= 0) this.#waiting.splice(at, 1);
    if (isOver || at >= 0 || !job.isOpen) return;
    const behind = this.#waiting.findIndex(({ work }) => work.priority >= job.work.priority);
    this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, job);
  }
}

function post(member: Member, message: ToWorker): void {
  member.thread.postMessage(message);
}
