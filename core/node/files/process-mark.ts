/**
 * Whose something on the disk is: a mark in its name that tells which process made it, so that what a killed one left can be told from
 * what a running one needs. A number alone does not do. It is given to another process sooner or later, so the mark says when its
 * process started; and it means nothing on another machine, or in another namespace of processes that shares the folder, so the mark
 * says where it was given. Whatever cannot be known for gone counts as running.
 */

import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Machine, boot, namespace, process, start: as a part of a regular expression, without groups. */
export const MARK = String.raw`[0-9a-f]{8}-[0-9a-f]{8}-\d+-\d+-\d+`;

/** Stands for what only Linux tells. */
const UNKNOWN = '0';

function optional(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

const hashed = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

const machine = hashed(`${hostname()} ${optional(() => readFileSync('/etc/machine-id', 'utf8'))}`);
const boot = hashed(optional(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')));
const namespace = /\d+/.exec(optional(() => readlinkSync('/proc/self/ns/pid')))?.[0] ?? UNKNOWN;

interface Seen {
  /** It has ended, and only its parent has not looked yet. */
  readonly ended: boolean;
  /** When it started, in ticks since the machine did. */
  readonly start: string;
}

/** What the system tells of a process; null where it tells nothing. */
function seen(id: number | 'self'): Seen | null {
  const text = optional(() => readFileSync(`/proc/${id}/stat`, 'latin1'));
  // The second field is its name in brackets, and may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, start] = [fields[0], fields[19]];
  return start === undefined ? null : { ended: state === 'Z' || state === 'X', start };
}

/** The mark of this process. */
export const ownMark = [machine, boot, namespace, process.pid, seen('self')?.start ?? UNKNOWN].join('-');

function exists(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** Whether the process with this mark, which has the form of `MARK`, is certainly gone. */
export function isGone(mark: string): boolean {
  const [theirMachine, theirBoot, theirNamespace, id, start] = mark.split('-');
  if (theirMachine !== machine) return false;
  if (theirBoot !== boot) return true;
  if (theirNamespace !== namespace) return false;
  if (!exists(Number(id))) return true;
  const now = seen(Number(id));
  return now !== null && (now.ended || (start !== UNKNOWN && now.start !== start));
}
