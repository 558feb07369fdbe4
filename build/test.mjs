// `npm test`: every test there is, unit and component tests with Vitest, then end-to-end tests with Playwright, and as
// the last line what they came to together. Exits with 1 if a test failed, a suite crashed, or nothing ran at all.
// `npm run test:full` (--full) does the same over all of what `npm test` samples: every file of the corpus.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './build.mjs';
import { sum, summaryOf, tallyOfPlaywright, withStatus } from './tally.mjs';

if (process.argv.includes('--full')) process.env.BURNISH_FULL = '1';
const reports = mkdtempSync(join(tmpdir(), 'burnish-tests-'));

/**
 * Runs one suite to its end and reads the report it leaves.
 * @param {string[]} words the program, relative to the project, and its arguments
 * @param {Record<string, string>} environment what it wants beside ours
 * @param {() => import('./tally.mjs').Tally} read reads the tally; throws where there is no report
 */
function suite(words, environment, read) {
  const options = /** @type {const} */ ({ cwd: root, stdio: 'inherit' });
  const { status } = spawnSync(process.execPath, words, {
    ...options,
    env: { ...process.env, ...environment },
  });
  try {
    return withStatus(read(), status);
  } catch {
    return withStatus(undefined, status);
  }
}

/** @param {string} name */
const report = (name) => JSON.parse(readFileSync(join(reports, name), 'utf8'));

const total = sum([
  suite(
    ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=./build/tally-reporter.mjs'],
    { BURNISH_TALLY: join(reports, 'vitest.json') },
    () => report('vitest.json'),
  ),
  suite(
    ['node_modules/@playwright/test/cli.js', 'test', '--reporter=line,json'],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'playwright.json') },
    () => tallyOfPlaywright(report('playwright.json')),
  ),
]);
rmSync(reports, { recursive: true, force: true });

for (const reason of summaryOf(total.reasons)) console.log(`skipped: ${reason}`);
console.log(`tests: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
