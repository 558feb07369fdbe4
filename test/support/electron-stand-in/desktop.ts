/** The built desktop program, run through the stand-in in a process of its own, and driven by messages. */

import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');

export interface Facts {
  readonly windows: readonly { readonly webPreferences: Readonly<Record<string, unknown>> }[];
  readonly dialogs: readonly { readonly kind: string; readonly options: Readonly<Record<string, unknown>> }[];
  readonly refused: readonly { readonly kind: string; readonly address: string }[];
  readonly sandboxed: boolean;
  readonly userData: string;
  readonly channels: readonly string[];
  readonly schemes: readonly {
    readonly scheme: string;
    readonly privileges: Readonly<Record<string, unknown>>;
  }[];
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

export class Desktop {
  readonly errors: string[] = [];
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #home: string;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #last = 0;

  private constructor(child: ChildProcess, home: string) {
    this.#child = child;
    this.#home = home;
    this.ended = new Promise((done) => child.once('exit', done));
    child.stderr?.on('data', (text) => this.errors.push(String(text)));
    child.on('message', (answer: Answer) => this.#waiting.get(answer.id)?.(answer));
  }

  static async start(...files: readonly string[]): Promise<Desktop> {
    const home = await mkdtemp(join(tmpdir(), 'burnish-desktop-'));
    const register = new URL('register.mjs', import.meta.url).href;
    // Electron's own command line begins with the executable and the program's folder.
    const child = fork(join(root, 'out', 'main', 'main.js'), files, {
      execArgv: ['--import', register],
      env: { ...process.env, BURNISH_HOME: home },
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    });
    const desktop = new Desktop(child, home);
    const loaded = `document.readyState === 'complete' && 'burnish' in window`;
    await desktop.until(() => desktop.evaluate<boolean>(loaded));
    return desktop;
  }

  /** Sends one of the verbs of control.mjs. */
  async send(verb: string, fields: object = {}): Promise<unknown> {
    const id = ++this.#last;
    const answered = new Promise<Answer>((done) => this.#waiting.set(id, done));
    // A program that has ended is told of below.
    this.#child.send({ id, verb, ...fields }, () => undefined);
    const ended = this.ended.then((): Answer => ({
      id,
      error: `the program has ended: ${this.errors.join('')}`,
    }));
    const { value, error } = await Promise.race([answered, ended]);
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** The value of an expression (or of the promise that it is) in the page's own world. */
  async evaluate<T>(expression: string): Promise<T> {
    return (await this.send('evaluate', { expression })) as T;
  }

  async facts(): Promise<Facts> {
    return (await this.send('facts')) as Facts;
  }

  /** Waits until `look` is true; what it throws counts as not yet. */
  async until(look: () => Promise<boolean>, milliseconds = 30_000): Promise<void> {
    const last = performance.now() + milliseconds;
    let reason: unknown = 'it was never true';
    while (performance.now() < last) {
      try {
        if (await look()) return;
      } catch (error) {
        reason = error;
      }
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`waited in vain: ${String(reason)}; ${this.errors.join('')}`);
  }

  /** Closes the window and gives the program's exit status. */
  async stop(): Promise<number | null> {
    await this.send('closeWindow').catch(() => undefined);
    const status = await this.ended;
    await rm(this.#home, { recursive: true, force: true });
    return status;
  }
}
