/** What a child is told when it starts, in its environment, which both kinds of fork can hand over. */

export interface ChildSettings {
  /** The private folder through which files and pixels pass. */
  readonly folder: string;
  readonly reads: 'pictures' | 'drawings';
  /** Threads that libvips may use for one picture. */
  readonly threads: number;
}

/** The threads of one of so many processes on so many cores. */
export function threadsOf(processes: number, cores: number): number {
  return Math.max(1, Math.floor(cores / processes));
}

const FOLDER = 'BURNISH_CODEC_FOLDER';
const READS = 'BURNISH_CODEC_READS';
const THREADS = 'BURNISH_CODEC_THREADS';

export function environmentOf(settings: ChildSettings): Record<string, string> {
  return { [FOLDER]: settings.folder, [READS]: settings.reads, [THREADS]: String(settings.threads) };
}

export function childSettings(environment: Readonly<Record<string, string | undefined>>): ChildSettings {
  return {
    folder: environment[FOLDER] ?? '',
    reads: environment[READS] === 'drawings' ? 'drawings' : 'pictures',
    threads: Math.max(1, Number(environment[THREADS]) || 1),
  };
}
