// A project in a folder of its own with our build scripts and our packages, but with sources of one line: to try the
// scripts on without building, breaking or testing the real program.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

const copied = [
  'build',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'vitest.config.ts',
  'test/support/fixed-seed.ts',
  'playwright.config.ts',
];

const sources: Readonly<Record<string, string>> = {
  'core/raster/answer.ts': 'export const answer: number = 42;',
  'core/kernels/wasm/assembly/index.ts': 'export function answer(): i32 { return 42; }',
  'core/node/engine/worker.ts': "import { answer } from '../../raster/answer'; console.log(answer);",
  'core/node/cli/early.ts': 'export const startEarly = (): null => null;',
  'core/node/codec/child.ts': "import sharp from 'sharp'; console.log(typeof sharp);",
  'electron/launch.ts': `import { answer } from '../core/raster/answer';
    export async function run(words: string[]): Promise<number> { console.log(answer, ...words); return 3; }`,
  'electron/desktop/main.ts': "import { app } from 'electron'; console.log(app.name);",
  'electron/desktop/preload.ts':
    "import { contextBridge } from 'electron'; contextBridge.exposeInMainWorld('a', 1);",
  'renderer/index.html': '<!doctype html><title>a</title><script type="module" src="./main.ts"></script>',
  'renderer/main.ts': "import { answer } from '../core/raster/answer'; document.title = String(answer);",
};

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface SmallProject {
  /** Its folder, absolute. */
  readonly folder: string;
  /** Writes files, given by their paths in the project. */
  write(files: Readonly<Record<string, string>>): void;
  /** Runs Node.js in the project to its end. */
  node(...words: string[]): Promise<Ended>;
  remove(): void;
}

/** Makes such a project below the system's folder for temporary files. The caller removes it. */
export function smallProject(): SmallProject {
  const folder = mkdtempSync(join(tmpdir(), 'burnish-project-'));
  for (const path of copied) cpSync(join(root, path), join(folder, path), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const write = (files: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  write(sources);
  return {
    folder,
    write,
    node: (...words) => runNode(words, folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Variables that the test runner sets for its own workers and that would confuse one within. */
const ofTheRunner = /^(VITEST|TEST|NODE_ENV|BURNISH_TALLY|PLAYWRIGHT_JSON)/;

function runNode(words: readonly string[], cwd: string): Promise<Ended> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofTheRunner.test(name)));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, stdout, stderr }));
  });
}
