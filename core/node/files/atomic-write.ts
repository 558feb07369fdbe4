/**
 * Writing a file so that under its name there is always the whole old or the whole new one: a temporary file beside it,
 * flushed, moved over it in one step, the folder flushed. Whatever goes wrong before the move leaves the old file as it was
 * and no temporary file behind.
 *
 * Without `overwrite` the move is a hard link, which fails where the name is taken, so a file that appears meanwhile is
 * not lost. Things that are no files (folders, devices, pipes, sockets) are refused and never moved over: a rename would
 * put an ordinary file in the place of /dev/null.
 */

import { link, lstat, open, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { fail, FaultError, succeed, type Fault, type Result } from '../../raster/fault';
import { existsFault, notAFile, systemCode, writingFault } from './system-fault';
import { createTemporaryFile, forgetTemporaryFile, removeTemporaryFile } from './temporary-file';

export interface WriteOptions {
  /** Whether a file that is there may be replaced. */
  readonly overwrite: boolean;
  /** Leaves before the next chunk or before the move, rejecting with the signal's reason; nothing is left behind. */
  readonly signal?: AbortSignal;
}

export type Content = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** What is under the target's name before writing, symbolic links followed. */
interface Target {
  readonly path: string;
  readonly folder: string;
  /** Null where there is no file yet. */
  readonly original: { readonly mode: number; readonly uid: number; readonly gid: number } | null;
}

const remedy = 'name a file';

function hasCode(error: unknown, codes: readonly string[]): boolean {
  return codes.includes(systemCode(error) ?? '');
}

async function findTarget(path: string, overwrite: boolean): Promise<Result<Target>> {
  if (path === '' || path.includes('\0')) return fail('unwritable', 'is not the name of a file', remedy);
  if (path.endsWith('/') || path.endsWith(sep)) return fail('not-a-file', 'is a folder, not a file', remedy);
  const entry = await stat(path).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (entry === null) {
    if (
      await lstat(path).then(
        () => true,
        () => false,
      )
    ) {
      return fail(
        'not-a-file',
        'is a symbolic link that leads nowhere',
        'remove the link or name another file',
      );
    }
    const folder = await realpath(dirname(resolve(path)));
    return succeed({ path: join(folder, basename(path)), folder, original: null });
  }
  const refused = notAFile(entry, remedy);
  if (refused !== null) return refused;
  if (!overwrite) return { ok: false, fault: existsFault };
  const real = await realpath(path);
  return succeed({ path: real, folder: dirname(real), original: entry });
}

function chunksOf(content: Content): Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
  return content instanceof Uint8Array ? [content] : content;
}

async function writeAll(
  handle: FileHandle,
  content: Content,
  signal: AbortSignal | undefined,
): Promise<void> {
  for await (const chunk of chunksOf(content)) {
    signal?.throwIfAborted();
    for (let written = 0; written < chunk.byteLength;) {
      written += (await handle.write(chunk, written)).bytesWritten;
    }
  }
}

/** The mode of the original, or what the user's umask gives to new files; the owner as far as that is permitted. */
async function takeOver(handle: FileHandle, original: Target['original']): Promise<void> {
  if (original === null) return changeMode(handle, 0o666 & ~process.umask());
  const own = await handle.stat();
  if (own.uid !== original.uid || own.gid !== original.gid) {
    await handle.chown(original.uid, original.gid).catch(() => undefined);
  }
  await changeMode(handle, original.mode & 0o7777);
}

/** File systems that know no modes (FAT) refuse them; that is no reason not to write. */
async function changeMode(handle: FileHandle, mode: number): Promise<void> {
  await handle.chmod(mode).catch((error: unknown) => {
    if (!hasCode(error, ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])) throw error;
  });
}

/** For file systems without hard links: the name is claimed by an empty file of our own, which is then replaced. */
async function moveOverClaim(from: string, to: string): Promise<void> {
  const claim = await open(to, 'wx');
  await claim.close();
  try {
    await rename(from, to);
  } catch (error) {
    await rm(to, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Moves the temporary file to a name that must be free. */
async function moveToFreeName(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!hasCode(error, ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'])) throw error;
    await moveOverClaim(from, to);
    return forgetTemporaryFile(from);
  }
  await removeTemporaryFile(from);
}

/** Flushes the folder's entries, where the system can (Windows cannot open folders, some network file systems cannot flush). */
async function flushFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch (error) {
    if (!hasCode(error, ['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP', 'EBADF'])) throw error;
  }
}

async function writeTarget(target: Target, content: Content, options: WriteOptions): Promise<Result<void>> {
  const temporary = await createTemporaryFile(target.folder);
  try {
    try {
      await writeAll(temporary.handle, content, options.signal);
      await takeOver(temporary.handle, target.original);
      await temporary.handle.sync();
    } finally {
      await temporary.handle.close();
    }
    options.signal?.throwIfAborted();
    if (options.overwrite) {
      const now = await lstat(target.path).catch(() => null);
      // A link that was swapped in is replaced itself; what it leads to is not touched.
      const refused = now === null || now.isSymbolicLink() ? null : notAFile(now, remedy);
      if (refused !== null) {
        await removeTemporaryFile(temporary.path);
        return refused;
      }
      await rename(temporary.path, target.path);
      forgetTemporaryFile(temporary.path);
    } else {
      await moveToFreeName(temporary.path, target.path);
    }
  } catch (error) {
    await removeTemporaryFile(temporary.path);
    throw error;
  }
  await flushFolder(target.folder);
  return succeed(undefined);
}

/** What keeps a file from being written there as things are now; null where nothing is known to. */
export async function targetFault(
  path: string,
  { overwrite }: Pick<WriteOptions, 'overwrite'>,
): Promise<Fault | null> {
  try {
    const target = await findTarget(path, overwrite);
    return target.ok ? null : target.fault;
  } catch (error) {
    return writingFault(error);
  }
}

/**
 * Writes `content` to `path` whole or not at all. The result is durable when this resolves.
 *
 * Faults: `exists` (without `overwrite`), `not-a-file`, `no-space`, `unwritable`, `busy`; their messages leave out the path.
 * A `FaultError` of the chunks' own source becomes its fault. Rejects where `signal` was aborted, and with bugs.
 */
export async function writeAtomically(
  path: string,
  content: Content,
  options: WriteOptions,
): Promise<Result<void>> {
  try {
    const target = await findTarget(path, options.overwrite);
    return target.ok ? await writeTarget(target.value, content, options) : target;
  } catch (error) {
    if (error instanceof FaultError) return { ok: false, fault: error.fault };
    if (systemCode(error) === undefined) throw error;
    return { ok: false, fault: writingFault(error) };
  }
}
