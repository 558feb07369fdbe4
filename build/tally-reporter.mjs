// A reporter for Vitest that writes the tally of the run, as JSON, to the file that BURNISH_TALLY names.
import { writeFileSync } from 'node:fs';
import { tallyOfVitest } from './tally.mjs';

/** @import { Reporter } from 'vitest/node' */

/** @implements {Reporter} */
export default class TallyReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const file = process.env.BURNISH_TALLY;
    if (file) writeFileSync(file, JSON.stringify(tallyOfVitest(modules, unhandledErrors)));
  }
}
