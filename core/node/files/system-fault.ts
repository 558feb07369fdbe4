/**
 * What the operating system says, in words. Its codes are few and their causes known, so each has its sentence and its
 * remedy; one that is not listed is told with its code rather than hidden. The sentences leave out the path: whoever
 * reports the fault puts the file's name in front.
 */

import { fail, type Fault, type FaultCode } from '../../raster/fault';

type Wording = readonly [code: FaultCode, message: string, remedy: string];

const elsewhere = 'choose another folder';

const exists: Wording = ['exists', 'exists already', 'choose another name or allow it to be replaced'];

const WRITING: Readonly<Record<string, Wording>> = {
  ENOSPC: ['no-space', 'the disk is full', `free some space or ${elsewhere}`],
  EDQUOT: ['no-space', 'the disk quota is used up', `free some space or ${elsewhere}`],
  EFBIG: ['no-space', 'the file is larger than the file system or a limit allows', elsewhere],
  EIO: ['unwritable', 'the disk reports an input/output error', `check the disk or ${elsewhere}`],
  EROFS: ['unwritable', 'the file system is read-only', elsewhere],
  EACCES: ['unwritable', 'permission to write here is denied', `change the permissions or ${elsewhere}`],
  EPERM: ['unwritable', 'writing here is not permitted', elsewhere],
  ENOENT: ['unwritable', 'its folder does not exist', 'create the folder first'],
  ENOTDIR: ['unwritable', 'a part of its path is a file, not a folder', 'correct the path'],
  EISDIR: ['not-a-file', 'is a folder', 'name a file'],
  EEXIST: exists,
  ENAMETOOLONG: ['unwritable', 'the name is too long', 'choose a shorter one'],
  EINVAL: ['unwritable', 'the file system does not take this name', 'choose another name'],
  EILSEQ: ['unwritable', 'the file system does not take this name', 'choose another name'],
  ELOOP: ['unwritable', 'its symbolic links lead in a circle', 'correct the links'],
  EMFILE: ['busy', 'too many files are open', 'raise the limit (ulimit -n) or use fewer jobs'],
  ENFILE: ['busy', 'too many files are open on this machine', 'try again later'],
  EBUSY: ['busy', 'is in use', 'close the program that uses it'],
  ETXTBSY: ['busy', 'is a program that runs', 'choose another name'],
  EPIPE: ['unwritable', 'nobody reads the output any more', ''],
};

const READING: Readonly<Record<string, Wording>> = {
  ENOENT: ['not-found', 'no such file', 'check the name'],
  ENOTDIR: ['not-found', 'a part of its path is a file, not a folder', 'correct the path'],
  EACCES: ['unreadable', 'permission to read it is denied', 'change the permissions'],
  EPERM: ['unreadable', 'reading it is not permitted', 'change the permissions'],
  EISDIR: ['not-a-file', 'is a folder', 'name a file'],
  EIO: ['unreadable', 'the disk reports an input/output error', 'check the disk'],
  ENAMETOOLONG: ['not-found', 'the name is too long', 'check the name'],
  ELOOP: ['not-found', 'its symbolic links lead in a circle', 'correct the links'],
  EMFILE: ['busy', 'too many files are open', 'raise the limit (ulimit -n) or use fewer jobs'],
  ENFILE: ['busy', 'too many files are open on this machine', 'try again later'],
  ENXIO: ['not-a-file', 'is a socket or a device', 'name a file'],
};

/** The code of a system error (`ENOENT`), undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  // Node's own errors (ERR_…) are bugs of the caller.
  return /^E[A-Z0-9]+$/.test(error.code) ? error.code : undefined;
}

function wordingOf(
  error: unknown,
  wordings: Readonly<Record<string, Wording>>,
  verb: string,
  other: FaultCode,
): Fault {
  const code = systemCode(error);
  if (code === undefined) throw error;
  const known = Object.hasOwn(wordings, code) ? wordings[code] : undefined;
  const [faultCode, message, remedy] = known ?? [other, `cannot be ${verb} (${code})`, ''];
  return fail(faultCode, message, remedy, error).fault;
}

/** The target is there and must not be replaced. */
export const existsFault: Fault = { code: exists[0], message: exists[1], remedy: exists[2] };

/** Why a file could not be written. Throws what is not a system error. */
export function writingFault(error: unknown): Fault {
  return wordingOf(error, WRITING, 'written', 'unwritable');
}

/** Why a file could not be read. Throws what is not a system error. */
export function readingFault(error: unknown): Fault {
  return wordingOf(error, READING, 'read', 'unreadable');
}

interface Kind {
  isFile(): boolean;
  isDirectory(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
}

/** The fault of something that is there but is no ordinary file; null for a file. */
export function notAFile(entry: Kind, remedy: string): { readonly ok: false; readonly fault: Fault } | null {
  if (entry.isFile()) return null;
  const kind = entry.isDirectory()
    ? 'folder'
    : entry.isFIFO()
      ? 'named pipe'
      : entry.isSocket()
        ? 'socket'
        : 'device';
  return fail('not-a-file', `is a ${kind}, not a file`, remedy);
}
