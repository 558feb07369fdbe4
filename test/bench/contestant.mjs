/**
 * A program that is measured, as a process of its own that stays: it says what it can do, then answers one question a line. The clock
 * runs there, around the work alone; what it made is written to a file where that is asked for. So contestants can take turns.
 */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * @typedef {object} Question
 * @property {import('./cases.mjs').Case} case
 * @property {string} who which of the program's libraries
 * @property {number} threads
 * @property {number} runs at most, unless they are over before `least`
 * @property {number} least seconds for which runs go on
 * @property {number} seconds after which no further run begins
 * @property {readonly { file: string, width: number, height: number, channels: number }[]} pictures
 * @property {string | null} output where the samples go
 */

/** Milliseconds of each run, on the clock and of all cores. @typedef {{ times: number[], cpu: number[] } | { error: string }} Answer */

/**
 * @typedef {object} Contestant
 * @property {Record<string, string>} versions of each library, by name
 * @property {Record<string, string[]>} can what each library can do: names of cases; Burnish can do all, and says nothing
 * @property {readonly string[]} threaded libraries that may use several threads
 * @property {(question: Question) => Promise<Answer>} ask
 * @property {() => void} end
 */

/** @param {string} command @param {readonly string[]} given @param {NodeJS.ProcessEnv} more @returns {Promise<Contestant>} */
export async function startContestant(command, given, more = {}) {
  const child = spawn(command, given, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...more },
  });
  child.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${command} ${given[0]} ended`);
    return JSON.parse(value);
  };
  const { versions, can, threaded } = await next();
  return {
    versions,
    can,
    threaded,
    ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`);
      return next();
    },
    end: () => child.stdin.end(),
  };
}
