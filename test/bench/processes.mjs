/** Whole processes: how long they take, and how much memory they and what they start hold (where there is /proc). */

import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has ended meanwhile, or this is no Linux.
    return '';
  }
}

/** @param {string} folder */
function listed(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** This process and all that it started, as far as they still run. @param {number} pid @returns {number[]} */
function treeOf(pid) {
  const children = listed(`/proc/${pid}/task`).flatMap((task) =>
    read(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean),
  );
  return [pid, ...children.flatMap((child) => treeOf(Number(child)))];
}

/** MiB of one process. @param {number} pid @param {'RssAnon' | 'RssFile' | 'RssShmem' | 'VmHWM'} field now, or all of it at most so far */
const mebibytes = (pid, field) =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;

/**
 * MiB that this process and all that it started hold at the moment. Of the files that they map (the program itself, its libraries) they
 * share the pages: those of the one that maps most count once.
 * @param {number} pid
 */
export function residentMemory(pid) {
  const all = treeOf(pid);
  const own = all.map((each) => mebibytes(each, 'RssAnon') + mebibytes(each, 'RssShmem'));
  const files = all.map((each) => mebibytes(each, 'RssFile'));
  return own.reduce((sum, each) => sum + each, 0) + Math.max(...files);
}

/** Milliseconds that all cores together have spent on this process and all that it started. @param {number} pid */
function processorTime(pid) {
  const ticks = treeOf(pid).map((each) => {
    const fields = read(`/proc/${each}/stat`).split(') ').at(-1)?.split(' ') ?? [];
    return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  });
  return ticks.reduce((sum, each) => sum + each, 0) * 10;
}

/**
 * Looks at a process and all that it started until `end`, which tells what it saw: of memory, what is not the pages of files, which the
 * system takes back when it wants them.
 * @param {number} pid
 */
export function watchProcesses(pid) {
  let peak = 0;
  let cpu = processorTime(pid);
  const began = cpu;
  const look = () => {
    const tree = treeOf(pid);
    const sum = tree.reduce((so, each) => so + mebibytes(each, 'RssAnon') + mebibytes(each, 'RssShmem'), 0);
    peak = Math.max(peak, sum);
    cpu = Math.max(cpu, processorTime(pid));
  };
  const timer = setInterval(look, 50);
  return {
    end() {
      clearInterval(timer);
      look();
      return { peak, cpu: cpu - began };
    },
  };
}

/**
 * Runs a program to its end.
 * @param {string} command @param {readonly string[]} given @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{ milliseconds: number, peak: number, all: { peak: number, cpu: number } }>} `peak`: MiB of its largest process, seen every
 * 25 ms; `all`: of what it started as well
 */
export function runProcess(command, given, options = {}) {
  const began = performance.now();
  const child = spawn(command, given, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
  const all = watchProcesses(child.pid ?? 0);
  let told = '';
  child.stderr?.on('data', (part) => (told += part));
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, ...treeOf(child.pid ?? 0).map((each) => mebibytes(each, 'VmHWM')));
  }, 25);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => {
      clearInterval(watch);
      const seen = all.end();
      if (status === 0) resolve({ milliseconds: performance.now() - began, peak, all: seen });
      else reject(new Error(`${command} ${given.join(' ')}: status ${status}: ${told.trim()}`));
    });
  });
}
