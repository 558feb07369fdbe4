/** The other programs: Debian's packages where this is root on a Debian, JavaScript libraries into a folder of the user's cache, never among our own. */

import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { installed } from './pipelines.mjs';

export const PEERS_FOLDER = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'burnish', 'peers');

const DEBIAN = [
  ...['python3-numpy', 'python3-scipy', 'python3-skimage', 'python3-pil', 'python3-opencv'],
  ...['imagemagick', 'graphicsmagick', 'gegl', 'libvips-tools'],
];
const NPM = ['jimp@1.6.1', 'image-js@1.7.0', '@silvia-odwyer/photon-node@0.3.4'];

/** @param {string} command @param {string[]} given */
const run = (command, given) => spawnSync(command, given, { stdio: 'inherit' }).status === 0;

/** Installs what can be had, and says what cannot. Gives the exit status. */
export function installPeers() {
  let done = true;
  if (installed('apt-get') && process.getuid?.() === 0) {
    done =
      run('apt-get', ['update', '-q']) &&
      run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...DEBIAN]);
  } else {
    console.error(`bench: not root on a Debian, so these are left to you: ${DEBIAN.join(' ')}`);
  }
  mkdirSync(PEERS_FOLDER, { recursive: true });
  const npm = [
    'install',
    '--no-save',
    '--no-package-lock',
    '--no-audit',
    '--no-fund',
    '--prefix',
    PEERS_FOLDER,
    ...NPM,
  ];
  return run('npm', npm) && done ? 0 : 1;
}
