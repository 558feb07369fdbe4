/**
 * The child process in which foreign files meet native code, so that what they can break is only this
 * (a worker thread is no boundary for a crash). One job at a time; everything large comes and
 * goes through the private folder. It lives as long as its parent and takes the folder with it if the parent
 * died without clearing up.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { FaultError } from '../../raster/fault';
import { decode, infoOf } from './decode';
import { loadExifReader } from './describe';
import { encode } from './encode';
import { fenceFiles } from './fence';
import {
  CHILD_FAULTS,
  cutBlocks,
  jobSchema,
  type ChildFault,
  type DecodeJob,
  type EncodeJob,
  type Job,
  type Message,
} from './messages';
import { loadFileTypes } from './other-format';
import { parentOfThisProcess, type Parent } from './parent';
import { RegionReader } from './region';
import { buildOf, codecBuild, loadSharp, type SharpModule } from './sharp-module';
import { childSettings } from './settings';
import { removeWorkspace } from './workspace';

const MEMORY_LOOKS_A_SECOND = 10;

const settings = childSettings(process.env);
const parent = parentOfThisProcess();
let regions: RegionReader | null = null;

function at(name: string): string {
  return join(settings.folder, name);
}

function memory(): number {
  return process.memoryUsage.rss();
}

/**
 * Asks to be killed when a file makes this process grow beyond what it may hold; nothing gentler reaches into
 * native code.
 */
function watchMemory(most: number): NodeJS.Timeout {
  return setInterval(() => {
    if (memory() > most) say({ is: 'overgrown' });
  }, 1000 / MEMORY_LOOKS_A_SECOND);
}

function say(message: Message): void {
  parent?.send(message);
}

async function decodeJob(sharp: SharpModule, job: DecodeJob): Promise<unknown> {
  const targets = { pixels: at(job.pixels), blocks: at(job.blocks) };
  return decode(sharp, await readFile(at(job.input)), targets, job.limits, job.reducedTo);
}

async function encodeJob(sharp: SharpModule, job: EncodeJob): Promise<unknown> {
  const blocks = cutBlocks(await readFile(at(job.blocks)), job.lengths);
  const metadata = { ...blocks, ...(job.density === undefined ? {} : { density: job.density }) };
  const places = { pixels: at(job.pixels), profile: at(job.profile), output: at(job.output) };
  return { bytes: await encode(sharp, job.shape, metadata, job.options, places) };
}

async function run(sharp: SharpModule, job: Job): Promise<unknown> {
  switch (job.kind) {
    case 'regions': {
      const targets = { pixels: at(job.pixels), blocks: at(job.blocks) };
      return (regions ??= new RegionReader(sharp)).open(job.path, targets, job.limits, job.least);
    }
    case 'region': {
      regions ??= new RegionReader(sharp);
      return regions.decode(job.path, job.stamp, job.part, at(job.pixels), job.limits);
    }
    case 'info':
      return infoOf(sharp, await readFile(at(job.input)), job.limits);
    case 'decode':
      return decodeJob(sharp, job);
    case 'encode':
      return encodeJob(sharp, job);
  }
}

function childFault(error: unknown): ChildFault {
  if (error instanceof FaultError) {
    const code = CHILD_FAULTS.find((known) => known === error.fault.code);
    if (code !== undefined) return { ...error.fault, code };
  }
  const text = error instanceof Error ? error.message : String(error);
  if (/ENOSPC|no space left/i.test(text)) {
    const message = 'there is not enough temporary space for the picture';
    return { code: 'no-space', message, remedy: 'free some space in memory and on disk' };
  }
  if (process.env['BURNISH_DEBUG'] !== undefined) console.error(error);
  return { code: 'crashed', message: 'the picture could not be converted', remedy: 'try another format' };
}

async function answer(sharp: SharpModule, message: unknown): Promise<void> {
  const job = v.parse(jobSchema, message);
  const watch = job.kind === 'encode' ? undefined : watchMemory(job.limits.memoryBytes);
  try {
    const done = await run(sharp, job);
    say({ is: 'done', memory: memory(), answer: done });
  } catch (error) {
    say({ is: 'failed', memory: memory(), fault: childFault(error) });
  } finally {
    clearInterval(watch);
  }
}

async function serve(by: Parent): Promise<void> {
  by.onGone(() => {
    removeWorkspace(settings.folder);
    process.exit(0);
  });
  const build = codecBuild(process.env, process.versions['electron'] !== undefined, process.platform);
  const sharp = await loadSharp(build, settings.reads, settings.threads);
  if (build === 'wasm') {
    // Nothing can be loaded any more once the fence stands.
    await Promise.all([loadExifReader(), loadFileTypes()]);
    fenceFiles(settings.folder);
  }
  by.onMessage((message) => void answer(sharp, message));
  say({ is: 'ready', build: buildOf(sharp) });
}

// A promise that is rejected ends the process, which is how the parent is told.
if (parent !== null) void serve(parent);
