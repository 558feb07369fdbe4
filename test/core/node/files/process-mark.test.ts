// Marks of processes: one that runs is never taken for gone, whatever else is not known of it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { isGone, MARK, ownMark } from '../../../../core/node/files/process-mark';

const onLinux = process.platform === 'linux';
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function start(command: string, ...words: readonly string[]): ChildProcess {
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'ignore'] });
  started.push(child);
  return child;
}

type Part = 'machine' | 'boot' | 'namespace' | 'id' | 'start';
const PARTS: readonly Part[] = ['machine', 'boot', 'namespace', 'id', 'start'];

/** This process's mark with other parts. */
function marked(changes: Readonly<Partial<Record<Part, string | number | undefined>>>): string {
  const own = ownMark.split('-');
  return PARTS.map((part, at) => String(changes[part] ?? own[at])).join('-');
}

function startOf(id: number | undefined): string {
  return readFileSync(`/proc/${id}/stat`, 'latin1').split(') ')[1].split(' ')[19];
}

const IDLE = [process.execPath, '-e', 'setTimeout(() => {}, 1e6)'] as const;

describe('the mark of a process', () => {
  it('has the form that it is known by, and is that of one which runs', () => {
    expect(ownMark).toMatch(new RegExp(`^${MARK}$`));
    expect(isGone(ownMark)).toBe(false);
  });

  it('tells one that has ended from one that runs', async () => {
    const [ended, running] = [start(process.execPath, '-e', ''), start(...IDLE)];
    await once(ended, 'exit');
    expect(isGone(marked({ id: ended.pid }))).toBe(true);
    const began = onLinux ? startOf(running.pid) : '0';
    expect(isGone(marked({ id: running.pid, start: began }))).toBe(false);
    // Where nobody knows when it started, it is the one.
    expect(isGone(marked({ id: running.pid, start: 0 }))).toBe(false);
  });

  it.runIf(onLinux)('tells one from another that was given its number', () => {
    const { pid } = start(...IDLE);
    expect(isGone(marked({ id: pid, start: Number(startOf(pid)) - 1 }))).toBe(true);
  });

  it.runIf(onLinux)('is that of one which has ended though nobody has looked yet', async () => {
    const parent = start('sh', '-c', 'sleep 0.3 & echo $!; exec sleep 1000');
    const [text] = await once(parent.stdout ?? parent, 'data');
    const id = String(text).trim();
    await expect.poll(() => /\) Z /.test(readFileSync(`/proc/${id}/stat`, 'latin1'))).toBe(true);
    expect(isGone(marked({ id, start: startOf(Number(id)) }))).toBe(true);
  });

  it('means nothing on another machine and in another namespace, and after a boot that it is gone', () => {
    const none = 2 ** 22 + 1;
    expect(isGone(marked({ id: none }))).toBe(true);
    expect(isGone(marked({ id: none, machine: '00000000' }))).toBe(false);
    expect(isGone(marked({ id: none, namespace: 1 }))).toBe(false);
    expect(isGone(marked({ boot: '00000000' }))).toBe(true);
    expect(isGone(marked({ boot: '00000000', machine: '00000000' }))).toBe(false);
  });
});
