/**
 * Which changes the picture on the canvas includes. Every message that changes what is to be seen carries a generation, a
 * number that only grows; a frame says the newest it includes. So the page knows when the exact frame of its newest
 * state is drawn (then it is no longer busy), and how long each change took from the input event that caused it.
 */

import { measure, type DrawnDetail } from './measures';

/** Numbers for all documents of a page. */
export class Generations {
  #last = 0;

  next(): number {
    return ++this.#last;
  }
}

/** One input event that changes the picture. */
export interface Mark {
  /** The event's `timeStamp`. */
  readonly at: number;
  readonly kind: 'open' | 'edit' | 'history' | 'view';
  /** The operation concerned, or the type of the command. */
  readonly operation: string | null;
  /** A frame that shows the change was measured already. */
  readonly framed?: boolean;
}

interface Sent extends Mark {
  readonly generation: number;
  framed: boolean;
}

/** Why the page is busy beside frames: a message is not sent yet, or (`answer`) the state that it leads to is not known yet. */
export type Reason = 'view' | 'preview' | 'file' | 'answer';

export class Timeline {
  /** Whether what the canvas shows is not (yet) the exact picture of the newest state: so also before anything was asked for. */
  busy = $state(true);
  readonly #generations: Generations;
  readonly #expected: Record<Reason, number> = { view: 0, preview: 0, file: 0, answer: 0 };
  #newest = 0;
  #settled = -1;
  #sent: Sent[] = [];

  constructor(generations: Generations) {
    this.#generations = generations;
  }

  /** The generation that was given out last. */
  get newest(): number {
    return this.#newest;
  }

  /** An event will change the picture; its message follows later. Every call wants one `arrive` of the same reason. */
  expect(reason: Reason): void {
    this.#expected[reason]++;
    this.#update();
  }

  /** The message was sent, or will not be. */
  arrive(reason: Reason): void {
    this.#expected[reason] = Math.max(0, this.#expected[reason] - 1);
    this.#update();
  }

  /** A generation for a message that is sent now and includes the changes of these events. */
  next(marks: readonly Mark[]): number {
    const generation = this.#generations.next();
    this.#newest = generation;
    for (const mark of marks)
      if (mark.kind !== 'view') this.#sent.push({ framed: false, ...mark, generation });
    this.#update();
    return generation;
  }

  /** The drawing calls of a frame have returned. */
  drawn(generation: number, exact: boolean, detail: DrawnDetail): void {
    const included = this.#sent.filter((mark) => mark.generation <= generation);
    const newest = included.at(-1);
    if (newest && !newest.framed) measure('burnish:frame', newest, detail);
    for (const mark of included) mark.framed = true;
    if (newest && exact) {
      measure('burnish:settled', newest, detail);
      const opened = included.find((mark) => mark.kind === 'open');
      if (opened) measure('burnish:open', opened, detail);
      if (newest.kind === 'history') measure('burnish:undo', newest, detail);
      this.#sent = this.#sent.filter((mark) => mark.generation > generation);
    }
    if (exact) this.#settled = Math.max(this.#settled, generation);
    this.#update();
  }

  /** No frame will come for what was sent so far: it was refused, or the user cancelled it. */
  giveUp(): void {
    this.fail(this.#newest);
  }

  /** No frame will come for what was sent up to this generation. */
  fail(generation: number): void {
    this.#sent = this.#sent.filter((mark) => mark.generation > generation);
    this.#settled = Math.max(this.#settled, generation);
    this.#update();
  }

  #update(): void {
    const expected = Object.values(this.#expected).some((count) => count > 0);
    this.busy = expected || this.#settled < this.#newest;
  }
}
