// End-to-end tests: a Chromium-like browser that is already here drives the built program. One at a time, because each
// starts a whole editor with its workers; patient, because the machines that run this have two slow cores; no retries,
// because a test that passes the second time has found something.
import { defineConfig } from '@playwright/test';
import { findBrowser } from './build/browser.mjs';

const executablePath = await findBrowser();

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    launchOptions: executablePath ? { executablePath } : {},
  },
});
