// Counts what a run of tests came to. A test file that cannot be loaded, a worker that dies and an error that nobody
// caught are failures too, though no test bears their name: otherwise a suite that crashes would count as green.

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} reasons why tests were skipped, one entry a test that says it
 */

/** @returns {Tally} */
export const nothing = () => ({ passed: 0, failed: 0, skipped: 0, reasons: [] });

/**
 * The sum of several tallies.
 * @param {Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  return tallies.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
      reasons: [...total.reasons, ...one.reasons],
    }),
    nothing(),
  );
}

/**
 * What is certain about a suite whose runner ended with `status`: a runner that fails without naming a failed test, or
 * that leaves no tally, has failed once.
 * @param {Tally | undefined} tally
 * @param {number | null} status
 * @returns {Tally}
 */
export function withStatus(tally, status) {
  const known = tally ?? nothing();
  const silent = known.failed === 0 && (status !== 0 || tally === undefined);
  return silent ? { ...known, failed: 1 } : known;
}

/**
 * The tally of a Vitest run, from what its reporters are given.
 * @param {readonly import('vitest/node').TestModule[]} modules
 * @param {readonly unknown[]} unhandledErrors
 * @returns {Tally}
 */
export function tallyOfVitest(modules, unhandledErrors) {
  const tally = nothing();
  tally.failed += unhandledErrors.length;
  for (const module of modules) {
    let failedTests = 0;
    for (const test of module.children.allTests()) {
      const result = test.result();
      if (result.state === 'passed') tally.passed += 1;
      else if (result.state === 'skipped') {
        tally.skipped += 1;
        if (result.note) tally.reasons.push(result.note);
      } else failedTests += 1;
    }
    const ended = module.state() === 'passed' || module.state() === 'skipped';
    tally.failed += failedTests === 0 && !ended ? 1 : failedTests;
  }
  return tally;
}

/**
 * The tally of a Playwright run, from its JSON report. Retries are off, so a flaky test is a failed one.
 * @param {import('@playwright/test/reporter').JSONReport} report
 * @returns {Tally}
 */
export function tallyOfPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  const reasons = report.suites.flatMap(skipReasons);
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped, reasons };
}

/**
 * @param {import('@playwright/test/reporter').JSONReportSuite} suite
 * @returns {string[]}
 */
function skipReasons(suite) {
  const own = suite.specs
    .flatMap((spec) => spec.tests)
    .filter((test) => test.status === 'skipped')
    .flatMap((test) => test.annotations)
    .flatMap(({ type, description }) => (type === 'skip' && description ? [description] : []));
  return [...own, ...(suite.suites ?? []).flatMap(skipReasons)];
}

/**
 * The reasons, each once, with how many tests gave it, the most frequent first.
 * @param {readonly string[]} reasons
 * @returns {string[]}
 */
export function summaryOf(reasons) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([reason, count]) => `${reason.replace(/^skipped: /, '')} (${count})`);
}
