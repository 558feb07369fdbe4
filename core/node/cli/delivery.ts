/** Handing over what a job made: to a file, whole or not at all, or to standard output. Faults begin with the target's name. */

import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail, succeed, type Fault, type Result } from '../../raster/fault';
import { targetFault, writeAtomically } from '../files/atomic-write';
import { chunksOf, type BytesElsewhere } from '../files/bytes-elsewhere';
import { writingFault } from '../files/system-fault';
import type { Target } from './outputs';
import type { Terminal } from './terminal';

/** A file in memory, or where it was written. */
type Content = Uint8Array | BytesElsewhere;

export interface DeliveryOptions {
  readonly terminal: Terminal;
  readonly overwrite: boolean;
  readonly signal: AbortSignal;
}

function named(target: Target, { code, message, remedy }: Fault): Fault {
  const name = target.path === null ? 'standard output' : target.name;
  const advice = code === 'exists' ? 'add --overwrite to replace it' : remedy;
  return fail(code, `${name}: ${message}`, advice).fault;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** What is known beforehand to keep the target from being written, so that no work is done for nothing; null where nothing is. */
export async function refusal(target: Target, { overwrite }: DeliveryOptions): Promise<Fault | null> {
  if (target.path === null) return null;
  if (target.makesFolder && !(await exists(dirname(target.path)))) return null;
  const fault = await targetFault(target.path, { overwrite });
  return fault === null ? null : named(target, fault);
}

async function toStandardOutput(content: Content, { stdout }: Terminal): Promise<Result<void>> {
  for await (const bytes of chunksOf(content)) {
    const error = await new Promise<Error | null | undefined>((resolve) => {
      stdout.write(bytes, resolve);
    });
    if (error) return { ok: false, fault: writingFault(error) };
  }
  return succeed(undefined);
}

async function makeFolder(folder: string): Promise<Result<void>> {
  try {
    await mkdir(folder, { recursive: true });
    return succeed(undefined);
  } catch (error) {
    const fault = writingFault(error);
    if (fault.code !== 'exists') return { ok: false, fault };
    return fail('unwritable', 'a part of its path is a file, not a folder', 'choose another folder', error);
  }
}

async function toFile(
  path: string,
  content: Content,
  target: Target,
  options: DeliveryOptions,
): Promise<Result<void>> {
  const folder = target.makesFolder ? await makeFolder(dirname(path)) : succeed(undefined);
  if (!folder.ok) return folder;
  return writeAtomically(path, chunksOf(content), { overwrite: options.overwrite, signal: options.signal });
}

/** Rejects with the signal's reason where it was aborted; nothing half-written is left then. */
export async function deliver(
  content: Content,
  target: Target,
  options: DeliveryOptions,
): Promise<Result<void>> {
  const result =
    target.path === null
      ? await toStandardOutput(content, options.terminal)
      : await toFile(target.path, content, target, options);
  return result.ok ? result : { ok: false, fault: named(target, result.fault) };
}
