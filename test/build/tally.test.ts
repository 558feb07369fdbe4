import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { summaryOf, tallyOfVitest, withStatus } from '../../build/tally.mjs';
import { smallProject, type SmallProject } from '../support/small-project';

describe('a tally', () => {
  it('counts a runner that fails without a failed test as one failure', () => {
    const tally = { passed: 3, failed: 0, skipped: 0, reasons: [] };
    expect(withStatus(tally, 0)).toEqual(tally);
    expect(withStatus(tally, 1)).toEqual({ ...tally, failed: 1 });
    expect(withStatus({ ...tally, failed: 2 }, 1)).toEqual({ ...tally, failed: 2 });
  });

  it('counts a runner that leaves no report as one failure, also when it claims success', () => {
    expect(withStatus(undefined, 0).failed).toBe(1);
    expect(withStatus(undefined, null).failed).toBe(1);
  });

  it('counts an error that nobody caught as a failure', () => {
    expect(tallyOfVitest([], [new Error('late')]).failed).toBe(1);
  });

  it('tells each reason once, with how many tests gave it, the most frequent first', () => {
    expect(summaryOf(['skipped: no Python', 'no corpus', 'no corpus'])).toEqual([
      'no corpus (2)',
      'no Python (1)',
    ]);
  });
});

describe('npm test', () => {
  let project: SmallProject;
  beforeAll(() => {
    project = smallProject();
  });
  afterAll(() => project.remove());

  const closingLine = (stdout: string): string | undefined => stdout.trimEnd().split('\n').at(-1);

  it('adds up all suites in its last line and succeeds', async () => {
    project.write({
      'test/core/a.test.ts': `import { it } from 'vitest';
        it('passes', () => {}); it('is skipped', ({ skip }) => skip('no corpus'));`,
      'test/e2e/c.spec.ts': `import { test } from '@playwright/test';
        test('passes', () => {}); test('is skipped', () => { test.skip(true, 'no camera'); });`,
    });
    const { status, stdout } = await project.node('build/test.mjs');
    expect(closingLine(stdout)).toBe('tests: 2 passed, 0 failed, 2 skipped');
    expect(stdout).toContain('skipped: no corpus (1)\nskipped: no camera (1)\n');
    expect(status).toBe(0);
  });

  it('counts tests that fail, files that do not load and errors outside of tests', async () => {
    project.write({
      'test/core/fails.test.ts':
        "import { it } from 'vitest'; it('fails', () => { throw new Error('no'); });",
      'test/core/loads.test.ts': "import './missing';",
      'test/core/dies.test.ts': 'process.exit(1);',
      'test/core/late.test.ts': `import { it } from 'vitest';
        it('is over', () => { setTimeout(() => { throw new Error('late'); }); return new Promise((r) => setTimeout(r, 50)); });`,
      'test/e2e/loads.spec.ts': "import './missing';",
    });
    const { status, stdout } = await project.node('build/test.mjs');
    // A process that dies may take a file with it that would have been loaded there next.
    expect(closingLine(stdout)).toMatch(/^tests: \d+ passed, [56] failed, \d+ skipped$/);
    expect(status).toBe(1);
  });
});
