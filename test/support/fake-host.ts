/**
 * A main process of a few lines for tests of the page: it keeps a real log and answers calls about one document, remembers
 * what was asked, and sends frames only when the test says so.
 */

import { append, current, currentEntry, goTo, openLog, redo, undo, type Log } from '../../core/document/log';
import type {
  Answers,
  CallName,
  DocumentState,
  Event,
  Frame,
  Hello,
  Payload,
} from '../../core/protocol/contract';
import type { Opening } from '../../core/document/command';
import { fail, succeed, type Result } from '../../core/raster/fault';
import { documentState } from '../../electron/host/document-state';
import type { LineState, PageConnection } from '../../renderer/session/page-connection';

export interface Asked {
  readonly name: CallName;
  readonly payload: Payload<CallName>;
}

export class FakeHost implements PageConnection {
  readonly asked: Asked[] = [];
  /** Answers instead of the usual ones, by call. */
  readonly answers: { [N in CallName]?: () => Result<Answers[N]> } = {};
  hello: Partial<Hello> = {};
  #log: Log;
  #revision = 0;
  /** The name of the project file, and what it holds. */
  #project: string | null = null;
  #saved = 0;
  readonly #listeners = new Set<(event: Event) => void>();
  readonly #watchers = new Set<(state: LineState) => void>();

  constructor(opening: Opening) {
    this.#log = openLog(opening);
  }

  get state(): DocumentState {
    const dirty = currentEntry(this.#log).id !== this.#saved;
    const name = this.#project ?? current(this.#log).name;
    return documentState(this.#log, { name, dirty, reported: {}, revision: this.#revision });
  }

  /** Payloads of every call of this name, in order. */
  payloads<N extends CallName>(name: N): readonly Payload<N>[] {
    return this.asked.filter((each) => each.name === name).map(({ payload }) => payload as Payload<N>);
  }

  async call<N extends CallName>(name: N, payload: Payload<N>): Promise<Result<Answers[N]>> {
    this.asked.push({ name, payload });
    // Nothing crosses a process line in the same task.
    await Promise.resolve();
    const answer = (this.answers[name] ?? (() => this.#usual(name, payload)))();
    return answer as Result<Answers[N]>;
  }

  listen(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  watch(listener: (state: LineState) => void): () => void {
    this.#watchers.add(listener);
    listener({ kind: 'open' });
    return () => this.#watchers.delete(listener);
  }

  /** The line is in another state now. */
  become(state: LineState): void {
    for (const watcher of this.#watchers) watcher(state);
  }

  send(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }

  resource(path: string): string {
    return `http://127.0.0.1/${path}`;
  }

  async upload(_file: Blob, name: string): Promise<Result<{ readonly handle: string }>> {
    return name.includes('bad') ? fail('unreadable', `${name} cannot be read`) : succeed({ handle: 'h' });
  }

  #usual(name: CallName, payload: Payload<CallName>): Result<unknown> {
    if (name === 'app.hello') return succeed(this.#greeting());
    if (name === 'history.undo') return this.#stand(succeed(undo(this.#log)));
    if (name === 'history.redo') return this.#stand(succeed(redo(this.#log)));
    if (name === 'history.goTo' && 'entry' in payload) return this.#stand(goTo(this.#log, payload.entry));
    if (name === 'edit.commit' && 'command' in payload)
      return this.#stand(append(this.#log, payload.command));
    if (name === 'document.save') return this.#save();
    if (name === 'learning.list') return succeed({ samples: [], lessons: [] });
    return succeed({});
  }

  #stand(log: Result<Log>): Result<unknown> {
    if (!log.ok) return log;
    this.#log = log.value;
    this.#revision++;
    this.send({ event: 'document.changed', data: this.state });
    return succeed({});
  }

  #save(): Result<Answers['document.save']> {
    this.#project = 'a.burnish';
    this.#saved = currentEntry(this.#log).id;
    this.#revision++;
    this.send({ event: 'document.changed', data: this.state });
    return succeed({ name: this.#project, download: 'downloads/x', bytes: 2_000 });
  }

  #greeting(): Hello {
    return {
      shell: 'browser',
      version: '1.0.0',
      nativeDialogs: false,
      writable: true,
      reason: '',
      documents: [this.state],
      recents: [],
      opening: [],
      openingFrames: [],
      ...this.hello,
    };
  }
}

/** A frame of the whole of a 640 × 480 picture. */
export function frameOf(different: Partial<Frame>): Frame {
  const size = { width: 640, height: 480 };
  return {
    document: 'd',
    generation: 1,
    which: 'after',
    key: 'k',
    level: 0,
    region: { x: 0, y: 0, ...size },
    whole: size,
    full: size,
    exact: true,
    revision: 0,
    ...different,
  };
}
