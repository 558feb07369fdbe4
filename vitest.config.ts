// Two kinds of test: those of core, the main process and the build run in Node; those of components run in jsdom.
// Two workers, because the machines that run this have two cores and many tests start worker threads of their own;
// patient, because those cores may be slow or busy.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

/** What replaces modules of Node.js needs modules of its own. */
const mocking = ['test/core/node/files/failing-calls.test.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    setupFiles: ['test/support/fixed-seed.ts'],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/renderer/**', 'test/e2e/**', ...mocking],
          // Modules are loaded once a worker: loading them for each file took a seventh of the time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: 'mocking', environment: 'node', include: mocking },
      },
      {
        extends: true,
        plugins: [svelte({ configFile: false }), svelteTesting()],
        test: { name: 'page', environment: 'jsdom', include: ['test/renderer/**/*.test.ts'] },
      },
    ],
  },
});
