/**
 * Runs the script of an edit and holds what it writes against the picture that Burnish made: the one proof that counts, because
 * nothing of Burnish takes part in the other side. The script runs in a folder of its own, for a limited time, and can be stopped.
 * Whatever keeps it from giving a picture is no verdict on the edit: then it is not verified, with the reason in a sentence.
 */

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { sentence } from '../../raster/fault';
import { topOf, type Raster } from '../../raster/raster';
import { Cancelled } from '../../raster/signal';
import type { Codec } from '../codec/codec';
import type { FoundPython } from './find-python';

export type Verdict =
  | { readonly kind: 'identical' }
  | {
      readonly kind: 'differs';
      /** How many samples are not the same, of how many, and the largest difference in levels. */
      readonly samples: number;
      readonly of: number;
      readonly largest: number;
      /** The form of the script's picture, where it is another one; then every sample counts as different. */
      readonly form?: string;
    }
  | { readonly kind: 'unverified'; readonly reason: string };

export interface VerifyJob {
  readonly python: FoundPython | null;
  readonly script: string;
  /** Files that the script names without a folder, by name. Those that it names by their path it finds itself. */
  readonly inputs: ReadonlyMap<string, Uint8Array>;
  readonly wanted: Raster;
}

export interface VerifyParts {
  readonly codec: Pick<Codec, 'decode'>;
  /** Rejects with `Cancelled` when it aborts, and the script is killed. */
  readonly signal?: AbortSignal;
  /** Seconds for the script; numpy needs more than Burnish does. */
  readonly seconds?: number;
}

const USUAL_SECONDS = 600;
/** Of what a script complains about only the end is told. */
const KEPT_COMPLAINT = 8192;

export async function verifyScript(
  { python, script, inputs, wanted }: VerifyJob,
  { codec, signal, seconds = USUAL_SECONDS }: VerifyParts,
): Promise<Verdict> {
  if (python === null) return unverified('no Python with numpy, scipy and Pillow was found');
  const folder = await mkdtemp(join(tmpdir(), 'burnish-verify-'));
  try {
    // The script lies apart from the pictures: Python imports from beside a script, and a picture may be called numpy.py.
    const pictures = join(folder, 'pictures');
    await mkdir(pictures);
    for (const [name, bytes] of inputs) {
      if (name !== basename(name)) throw new RangeError(`${name} is not the name of a file alone`);
      await writeFile(join(pictures, name), bytes);
    }
    const file = join(folder, 'edit.py');
    await writeFile(file, script);
    const output = join(folder, 'edit.png');
    const words = [...python.words, file, '', output];
    const complaint = await run(python.command, words, pictures, seconds, signal);
    if (complaint !== null) return unverified(complaint);
    const written = await readFile(output).catch(() => null);
    if (written === null) return unverified('the script wrote no picture');
    const decoded = await codec.decode(written, signal === undefined ? {} : { signal });
    if (!decoded.ok) return unverified(`what the script wrote cannot be read: ${sentence(decoded.fault)}`);
    return compared(decoded.value.raster, wanted);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function unverified(reason: string): Verdict {
  return { kind: 'unverified', reason };
}

/** Null when the script has run to its end, else why not. */
async function run(
  command: string,
  words: readonly string[],
  cwd: string,
  seconds: number,
  signal?: AbortSignal,
): Promise<string | null> {
  if (signal?.aborted === true) throw new Cancelled();
  return new Promise((resolve, reject) => {
    let complaint = '';
    let stopped: 'time' | 'signal' | null = null;
    const child = spawn(command, words, {
      cwd,
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    });
    const stop = (why: 'time' | 'signal'): void => {
      stopped ??= why;
      child.kill('SIGKILL');
    };
    const onAbort = (): void => stop('signal');
    const timer = setTimeout(() => stop('time'), seconds * 1000);
    signal?.addEventListener('abort', onAbort);
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-KEPT_COMPLAINT);
    });
    child.on('error', (error) => {
      end();
      resolve(`Python could not be started (${error.message})`);
    });
    child.on('close', (status, killedBy) => {
      end();
      if (stopped === 'signal') reject(new Cancelled());
      else if (stopped === 'time') resolve(`the script took longer than ${seconds} seconds`);
      else if (killedBy !== null) resolve(`the script was ended by ${killedBy}`);
      else resolve(status === 0 ? null : `the script failed: ${lastLine(complaint) || `status ${status}`}`);
    });
  });
}

/** Python says what is wrong in the last line of a traceback. */
function lastLine(complaint: string): string {
  return complaint.trim().split('\n').at(-1)?.trim() ?? '';
}

function formOf({ width, height, channels, depth }: Raster): string {
  return `${width} × ${height}, ${channels} channels, ${depth} bit`;
}

function compared(found: Raster, wanted: Raster): Verdict {
  const of = wanted.data.length;
  const form = formOf(found);
  if (form !== formOf(wanted))
    return { kind: 'differs', samples: of, of, largest: topOf(wanted.depth), form };
  let samples = 0;
  let largest = 0;
  for (let at = 0; at < of; at++) {
    const difference = Math.abs(found.data[at] - wanted.data[at]);
    if (difference === 0) continue;
    samples += 1;
    largest = Math.max(largest, difference);
  }
  return samples === 0 ? { kind: 'identical' } : { kind: 'differs', samples, of, largest };
}
