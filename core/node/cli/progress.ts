/**
 * The progress bar on a terminal's stderr: for several pictures at once, for a single one after a second. Elsewhere (pipes,
 * files, `--quiet`, `--json`) it does nothing.
 */

import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal';

const PATIENCE = 1000;

export interface Progress {
  /** How many are done; a fraction where a single one is under way. */
  advance(done: number): void;
  /** Writes a line above the bar. */
  say(line: string): void;
  end(): void;
}

function silent(terminal: Terminal): Progress {
  return {
    advance: () => undefined,
    say: (line) => void terminal.stderr.write(`${line}\n`),
    end: () => undefined,
  };
}

function formatFor(total: number | null): string {
  if (total === null) return '{value} pictures in {duration_formatted}';
  return total === 1 ? '{bar} {percentage} %' : '{bar} {value} of {total}, {eta_formatted} left';
}

/** `total` null: not known yet; then only what is done is counted. */
export function startProgress(terminal: Terminal, wanted: boolean, total: number | null): Progress {
  if (!wanted || terminal.stderr.isTTY !== true) return silent(terminal);
  const bar = new SingleBar(
    {
      stream: terminal.stderr,
      format: formatFor(total),
      // Without it a bar that has not moved is not drawn again below a line.
      forceRedraw: true,
      clearOnComplete: true,
      hideCursor: true,
      noTTYOutput: false,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  let done = 0;
  let shown = false;
  const show = (): void => {
    shown = true;
    bar.start(total ?? 0, done);
  };
  const late = total === null || total > 1 ? null : setTimeout(show, PATIENCE);
  late?.unref();
  if (late === null) show();
  return {
    advance: (now) => {
      done = now;
      if (shown) bar.update(done);
    },
    say: (line) => {
      // Clears the bar, and saves the cursor's new place, to which the bar's end returns.
      terminal.stderr.write(shown ? `\r\u001b[2K${line}\n\u001b7` : `${line}\n`);
      if (shown) bar.render();
    },
    end: () => {
      if (late !== null) clearTimeout(late);
      if (shown) bar.stop();
    },
  };
}
