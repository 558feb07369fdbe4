/**
 * Where a command reads and writes, and how it says that something went wrong: one line on stderr,
 * `burnish: FILE: what is wrong; what to do`, whatever characters a name is made of.
 */

import type { Readable, Writable } from 'node:stream';
import { fail, originOf, sentence, type Fault } from '../../raster/fault';

export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
}

/** Statuses with which a command ends. */
export const STATUS = {
  done: 0,
  /** An input or a target failed; the rest is done. */
  failed: 1,
  /** Wrong usage; nothing was touched. */
  usage: 2,
  /** Stopped by Ctrl+C, as shells expect it: 128 + the signal's number. */
  interrupted: 130,
  /** Stopped by SIGTERM. */
  terminated: 143,
} as const;

/** A text on one line: line breaks and other control characters are written as `\n`, `\u001b`. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** True where BURNISH_DEBUG=1 asks for stack traces. */
function debugging(): boolean {
  return process.env['BURNISH_DEBUG'] === '1';
}

/**
 * The line for a fault; `about` is the file or the argument, null where the message says it. With BURNISH_DEBUG=1 the stack
 * trace of where the fault was made follows.
 */
export function faultLine(about: string | null, fault: Fault): string {
  const line = oneLine(`burnish: ${about === null ? '' : `${about}: `}${sentence(fault)}`);
  const origin = debugging() ? originOf(fault) : undefined;
  return origin === undefined ? line : `${line}\n${origin}`;
}

/** The fault of an error that nobody expected: a mistake in Burnish, told as one. */
export function unexpectedFault(error: unknown): Fault {
  const message = error instanceof Error ? error.message : String(error);
  const remedy = debugging() ? '' : 'run again with BURNISH_DEBUG=1 and report what it prints';
  return fail('crashed', `internal error: ${message}`, remedy, error).fault;
}

/** Writes and waits while the reader is slow, so that nothing piles up in memory. A closed reader is no error here. */
export async function write(stream: Writable, text: string | Uint8Array): Promise<void> {
  if (stream.destroyed || stream.write(text)) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      stream.off('drain', done).off('close', done).off('error', done);
      resolve();
    };
    stream.once('drain', done).once('close', done).once('error', done);
  });
}
