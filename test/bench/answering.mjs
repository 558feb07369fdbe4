/** The other side of contestant.mjs, for contestants that run in Node. */

import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** @typedef {import('./contestant.mjs').Question} Question */
/** @typedef {{ file: string, width: number, height: number, channels: 1 | 2 | 3 | 4, data: Uint8Array }} Picture */

/** @typedef {{ run: () => unknown, samples: (result: any) => Uint8Array | Promise<Uint8Array>, between?: () => void }} Work */

/** @type {Map<string, Picture>} */
let held = new Map();

/** The pictures of a question, read once and kept for the questions that follow on them. @param {Question} question @returns {Picture[]} */
function picturesOf({ pictures }) {
  const before = held;
  held = new Map(
    pictures.map((picture) => [
      picture.file,
      before.get(picture.file) ??
        /** @type {Picture} */ ({ ...picture, data: new Uint8Array(readFileSync(picture.file)) }),
    ]),
  );
  return [...held.values()];
}

/**
 * Says what there is, then answers until nothing more is asked.
 * @param {{ versions: Record<string, string>, can: Record<string, string[]>, threaded: readonly string[] }} offer
 * @param {(question: Question, pictures: Picture[]) => Work | Promise<Work>} prepare
 */
export async function answerQuestions(offer, prepare) {
  console.log(JSON.stringify(offer));
  for await (const line of createInterface({ input: process.stdin })) {
    /** @type {Question} */
    const question = JSON.parse(line);
    try {
      const { run, samples, between = () => undefined } = await prepare(question, picturesOf(question));
      const times = [];
      const cpu = [];
      const until = performance.now() + question.seconds * 1000;
      const least = performance.now() + question.least * 1000;
      // The first run warms up; it counts only where it leaves no time for another.
      for (let count = 0; count <= question.runs || performance.now() < least; count++) {
        if (count > 1 && performance.now() > until) break;
        between();
        const [began, used] = [performance.now(), process.cpuUsage()];
        const result = await run();
        const took = performance.now() - began;
        const { user, system } = process.cpuUsage(used);
        if (count > 0 || took > question.seconds * 1000) {
          times.push(took);
          cpu.push((user + system) / 1000);
        }
        if (count === 0 && question.output !== null) writeFileSync(question.output, await samples(result));
        if (times.length > 0 && performance.now() > until) break;
      }
      console.log(JSON.stringify({ times, cpu }));
    } catch (error) {
      console.log(JSON.stringify({ error: String(error.message ?? error) }));
    }
  }
  process.exit(0);
}
