/**
 * The command line's one entry. Whatever happens below, what comes out is an exit status, and of everything that went wrong one
 * line on stderr.
 */

import { CommanderError, type Command } from 'commander';
import type { Writable } from 'node:stream';
import { FaultError, succeed, type Fault, type Result } from '../../raster/fault';
import type { EarlyChild } from '../codec/early-child';
import { systemCode, writingFault } from '../files/system-fault';
import type { OpenEditor } from './open-command';
import { burnishProgram } from './program';
import { faultLine, STATUS, unexpectedFault, type Terminal } from './terminal';

export type { OpenEditor, OpenRequest } from './open-command';

export interface CommandLineParts extends Partial<Terminal> {
  readonly openEditor: OpenEditor;
  readonly version: string;
  /** A child of the codec that was started before this was loaded; the caller ends it if no command has taken it. */
  readonly early?: EarlyChild | null;
}

/** Commander's sentence in our form: no "error:", one line, its suggestion as the remedy. */
function usageFault(error: CommanderError): Fault {
  const [first, suggestion] = error.message.replace(/^error: /, '').split('\n');
  const message = first.replaceAll("'", '"').replace(/\.$/, '');
  const meant = suggestion === undefined ? null : /Did you mean (.*)\?/.exec(suggestion);
  return {
    code: 'usage',
    message,
    remedy: meant === null ? 'see burnish --help' : `did you mean ${meant[1]}?`,
  };
}

/** Commander's own printing goes to our streams, its errors come to us. */
function quieten(command: Command, terminal: Terminal): void {
  command
    .exitOverride()
    .configureOutput({ writeOut: (text) => void terminal.stdout.write(text), writeErr: () => undefined });
  for (const inner of command.commands) quieten(inner, terminal);
}

async function parse(
  argv: readonly string[],
  terminal: Terminal,
  parts: CommandLineParts,
): Promise<Result<number>> {
  let result: Result<number> = succeed(STATUS.done);
  const { openEditor, version, early = null } = parts;
  const program = burnishProgram({
    terminal,
    openEditor,
    version,
    early,
    ended: (ended) => (result = ended),
  });
  quieten(program, terminal);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return result;
  } catch (error) {
    // --help and --version end this way too.
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? succeed(STATUS.done) : { ok: false, fault: usageFault(error) };
    throw error;
  }
}

/** Remembers a stream's error instead of letting it end the process. */
function watch(stream: Writable): { readonly error: () => unknown; readonly stop: () => void } {
  let first: unknown = null;
  const note = (error: unknown): void => {
    first ??= error;
  };
  stream.on('error', note);
  return { error: () => first, stop: () => stream.off('error', note) };
}

/**
 * Runs one command line (without the program's own name) and resolves with its exit status. Rejects never; nothing is left
 * running.
 */
export async function runCommandLine(argv: readonly string[], parts: CommandLineParts): Promise<number> {
  const { stdin = process.stdin, stdout = process.stdout, stderr = process.stderr } = parts;
  const terminal: Terminal = { stdin, stdout, stderr };
  const output = watch(stdout);
  const errors = watch(stderr);
  const complain = (about: string | null, fault: Fault): void =>
    void stderr.write(`${faultLine(about, fault)}\n`);
  try {
    const result = await parse(argv, terminal, parts);
    if (!result.ok) {
      complain(null, result.fault);
      return STATUS.usage;
    }
    await new Promise<void>((flushed) => (stdout.destroyed ? flushed() : stdout.write('', () => flushed())));
    // A reader that has seen enough, like `head`, is no failure, and what has failed already has been told.
    const failure = output.error();
    if (failure === null || systemCode(failure) === 'EPIPE' || result.value !== STATUS.done)
      return result.value;
    complain('standard output', writingFault(failure));
    return STATUS.failed;
  } catch (error) {
    if (error instanceof FaultError) complain(null, error.fault);
    else complain(null, unexpectedFault(error));
    return STATUS.failed;
  } finally {
    output.stop();
    errors.stop();
  }
}
