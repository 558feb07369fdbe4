// Makes a fresh clone ready, with Node's built-ins alone: `node build/setup.mjs [--browser]` runs before `npm start` and,
// with --browser, before `npm test`. It installs the packages that are missing, builds what is stale, and for tests
// gets a browser where there is none. With nothing to do it takes a fraction of a second.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './browser.mjs';
import { build, root } from './build.mjs';
import { installPackages, packagesAreStale, quiet } from './packages.mjs';

/** @param {string} line */
const say = (line) => console.error(`burnish: ${line}`);

/**
 * The sentence for a Node.js that is too old, or undefined. Versions are like `20.19.0`, `required` like `>=20.19`.
 * @param {string} version
 * @param {string} required
 */
export function nodeIsTooOld(version, required) {
  const [major, minor] = version.split('.').map(Number);
  const [needMajor, needMinor] = required.replace('>=', '').split('.').map(Number);
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return undefined;
  return `Node.js ${version} is too old; install ${needMajor}.${needMinor} or newer from https://nodejs.org`;
}

/**
 * Whether a browser starts here; one without its system libraries is present but does not.
 * @param {string} browser
 */
function runs(browser) {
  if (process.platform === 'win32') return true; // where --version opens a window
  return spawnSync(browser, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}

const isRoot = () => process.getuid?.() === 0;

/**
 * The ways to get a browser, from the least intrusive; each is a list of commands.
 * @returns {[string, ...string[]][][]}
 */
function waysToGetABrowser() {
  const playwright = /** @type {const} */ ([process.execPath, join(root, 'node_modules/playwright/cli.js')]);
  const packages = ['chromium', 'fonts-liberation', 'fonts-dejavu-core', 'fonts-noto-color-emoji'];
  /** @type {[string, ...string[]][][]} */
  const ways = [[[...playwright, 'install', 'chromium']]];
  if (isRoot() && existsSync('/usr/bin/apt-get')) {
    ways.push(
      [
        ['apt-get', 'update'],
        ['apt-get', 'install', '-y', '--no-install-recommends', ...packages],
      ],
      [[...playwright, 'install-deps', 'chromium']],
    );
  }
  return ways;
}

/**
 * Runs the commands one after the other, what they print going to stderr, until one fails.
 * @param {[string, ...string[]][]} commands
 */
function follow(commands) {
  return commands.every(([program, ...words]) => {
    const env = {
      ...process.env,
      DEBIAN_FRONTEND: 'noninteractive',
      PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000',
    };
    return spawnSync(program, words, { stdio: quiet, env, timeout: 600_000 }).status === 0;
  });
}

/** Makes sure that a browser is there which starts. Throws the sentence that says what to install. */
async function provideBrowser() {
  const works = async () => {
    const browser = await findBrowser();
    return browser !== undefined && runs(browser);
  };
  if (await works()) return;
  say('no Chrome, Chromium or Edge found; getting one for the tests');
  for (const commands of waysToGetABrowser()) if (follow(commands) && (await works())) return;
  throw new Error(
    'no browser for the tests: install Chrome or Chromium, or set BURNISH_BROWSER to the path of one',
  );
}

/**
 * The scripts of package.json begin with "exec", so that the program takes the shell's place and hears the signals that
 * npm passes on. Windows knows no such word; there it becomes a command that runs the rest of the line.
 */
function provideExec() {
  if (process.platform === 'win32') writeFileSync(join(root, 'node_modules/.bin/exec.cmd'), '@%*\r\n');
}

/**
 * Everything above, in order.
 * @param {boolean} withBrowser
 */
async function setUp(withBrowser) {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const tooOld = nodeIsTooOld(process.versions.node, engines.node);
  if (tooOld) throw new Error(tooOld);
  if (packagesAreStale(root)) {
    say('installing packages with npm ci, about half a minute');
    if (installPackages(root) !== 0)
      throw new Error('npm ci failed; is the package registry reachable? Then try again');
  }
  provideExec();
  await build();
  if (withBrowser) await provideBrowser();
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await setUp(process.argv.includes('--browser')).catch((error) => {
    say(error.message);
    process.exitCode = 1;
  });
}
