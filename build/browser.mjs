// Finds a Chromium-like browser: the one that BURNISH_BROWSER names, else an installed Chrome, Chromium or Edge, else
// the one that Playwright keeps for itself. Tests drive it, so it must be of that family.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const linuxNames = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
];

/**
 * Where a browser usually lies, in order of preference.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} environment
 */
function usualPlaces(platform, environment) {
  if (platform === 'win32') {
    const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap(
      (name) => environment[name] ?? [],
    );
    const programs = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ];
    return programs.flatMap((program) => folders.map((folder) => join(folder, program)));
  }
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
      ['/Applications', join(homedir(), 'Applications')].map(
        (folder) => `${folder}/${name}.app/Contents/MacOS/${name}`,
      ),
    );
  }
  const folders = [...(environment.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'];
  return linuxNames.flatMap((name) => folders.filter(Boolean).map((folder) => join(folder, name)));
}

/**
 * Ubuntu's chromium-browser is a script that only says that a snap is wanted.
 * @param {string} path
 */
function isSnapAdvice(path) {
  return statSync(path).size < 8192 && readFileSync(path, 'latin1').includes('requires the chromium snap');
}

/**
 * The path of a browser, or undefined where there is none. Throws where BURNISH_BROWSER names no file, because to use
 * another one than asked for would be a surprise.
 */
export async function findBrowser(environment = process.env, platform = process.platform) {
  const asked = environment.BURNISH_BROWSER;
  if (asked) {
    if (existsSync(asked)) return asked;
    throw new Error(`BURNISH_BROWSER: there is no file ${asked}; correct the path or unset the variable`);
  }
  const installed = usualPlaces(platform, environment).find(
    (path) => existsSync(path) && !isSnapAdvice(path),
  );
  if (installed) return installed;
  try {
    const { chromium } = await import('playwright-core');
    const own = chromium.executablePath();
    return existsSync(own) ? own : undefined;
  } catch {
    return undefined;
  }
}
