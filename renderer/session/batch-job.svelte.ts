/**
 * Applying steps to many files. The page leads: it hands over a file, hears what became of it, and hands over the next, two at a
 * time; so neither end ever holds more. A file that fails is a line of the report and nothing else.
 */

import type { Payload } from '../../core/protocol/contract';
import type { Handed } from '../../core/protocol/replay-calls';
import type { Fault } from '../../core/raster/fault';
import { sentence } from '../../core/raster/fault';
import type { Incoming, Openings } from './openings.svelte';
import type { PageConnection } from './page-connection';

const LANES = 2;

export interface Outcome {
  /** The file's place among the files. */
  readonly index: number;
  readonly input: string;
  /** The name of the result; null where there is none. */
  readonly output: string | null;
  /** Why there is none, or what one ought to know, a sentence; may be empty. */
  readonly text: string;
}

export type BatchRequest = Omit<Payload<'batch.begin'>, 'inputs'>;

export class BatchJob {
  readonly total: number;
  /** As they end. */
  outcomes = $state.raw<readonly Outcome[]>([]);
  /** Names of the files that are being worked on. */
  current = $state.raw<readonly string[]>([]);
  phase = $state<'running' | 'stopping' | 'done'>('running');
  /** The user stopped it before its end. */
  stopped = $state(false);
  /** What the results were handed over as; null where they went into a folder, or there are none. */
  handed = $state.raw<Handed | null>(null);
  /** The batch itself went wrong after it had begun: the line was cut, say. */
  fault = $state.raw<Fault | null>(null);

  readonly failed: readonly Outcome[] = $derived(
    inOrder(this.outcomes.filter(({ output }) => output === null)),
  );
  readonly written: readonly Outcome[] = $derived(
    inOrder(this.outcomes.filter(({ output }) => output !== null)),
  );

  readonly #connection: PageConnection;
  readonly #openings: Pick<Openings, 'hand'>;
  readonly #files: readonly Incoming[];
  #batch = '';
  #next = 0;

  constructor(connection: PageConnection, openings: Pick<Openings, 'hand'>, files: readonly Incoming[]) {
    this.#connection = connection;
    this.#openings = openings;
    this.#files = files;
    this.total = files.length;
  }

  /** The fault says why nothing was begun; null: it has been, and `run` does the rest. */
  async begin(request: BatchRequest): Promise<Fault | null> {
    const inputs = this.#files.map((file) => ({
      name: file.name,
      file: 'handle' in file ? file.handle : null,
    }));
    const answer = await this.#connection.call('batch.begin', { ...request, inputs });
    if (!answer.ok) return answer.fault;
    this.#batch = answer.value.batch;
    return null;
  }

  async run(): Promise<void> {
    await Promise.all(Array.from({ length: LANES }, () => this.#lane()));
    await this.#end();
  }

  /** Gives up what is under way. What is done stays. */
  cancel(): void {
    if (this.phase !== 'running') return;
    this.phase = 'stopping';
    this.stopped = true;
    void this.#end();
  }

  async #lane(): Promise<void> {
    while (this.phase === 'running' && this.#next < this.total) {
      const index = this.#next++;
      const file = this.#files[index];
      this.current = [...this.current, file.name];
      const outcome = await this.#do(index, file);
      this.current = this.current.toSpliced(this.current.indexOf(file.name), 1);
      if (outcome !== null) this.outcomes = [...this.outcomes, outcome];
    }
  }

  /** Null where it was cancelled. */
  async #do(index: number, file: Incoming): Promise<Outcome | null> {
    const handle = await this.#openings.hand(file);
    if (this.phase !== 'running') return null;
    const answer = handle.ok
      ? await this.#connection.call('batch.file', { batch: this.#batch, index, file: handle.value })
      : handle;
    if (answer.ok)
      return { index, input: file.name, output: answer.value.name, text: answer.value.notices.join('. ') };
    if (answer.fault.message === 'cancelled' || this.#ending !== null) return null;
    return { index, input: file.name, output: null, text: sentence(answer.fault) };
  }

  #ending: Promise<void> | null = null;

  /** Once, whoever comes first: the last lane, or the user who stops. */
  #end(): Promise<void> {
    this.#ending ??= this.#connection.call('batch.end', { batch: this.#batch }).then((answer) => {
      if (answer.ok) this.handed = answer.value.download === null ? null : answer.value;
      else this.fault = answer.fault;
      this.phase = 'done';
    });
    return this.#ending;
  }
}

function inOrder(outcomes: readonly Outcome[]): readonly Outcome[] {
  return outcomes.toSorted((a, b) => a.index - b.index);
}

/** The report as a text: what failed first, then what was written. */
export function reportText(job: Pick<BatchJob, 'failed' | 'written' | 'total'>): string {
  const lines = [
    `${job.written.length} of ${job.total} written, ${job.failed.length} failed`,
    ...job.failed.map(({ input, text }) => `failed\t${input}\t${text}`),
    ...job.written.map(({ input, output, text }) =>
      ['written', input, output, text].filter(Boolean).join('\t'),
    ),
  ];
  return `${lines.join('\n')}\n`;
}
