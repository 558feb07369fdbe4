/** What is taken from an archive that somebody sends. A project beyond these is refused in words, before memory is spent on it. */

export interface ArchiveLimits {
  /** Bytes of the whole file. */
  readonly fileBytes: number;
  /** Files in the archive. */
  readonly entries: number;
  /** How many times larger than its compressed form a file in the archive may be. */
  readonly ratio: number;
  /** Bytes of one file in the archive, inflated. */
  readonly entryBytes: number;
  /** Bytes of all that is read from the archive, inflated. */
  readonly totalBytes: number;
}

export interface ProjectLimits extends ArchiveLimits {
  /** Bytes of a JSON part. */
  readonly jsonBytes: number;
  /** Objects and lists inside each other. */
  readonly jsonDepth: number;
  /** Characters of one line of the history. */
  readonly lineLength: number;
  /** Lines of the history. */
  readonly lines: number;
}

export const defaultProjectLimits: ProjectLimits = {
  fileBytes: 2_000_000_000,
  entries: 10_000,
  ratio: 100,
  entryBytes: 2_000_000_000,
  totalBytes: 4_000_000_000,
  jsonBytes: 64 * 2 ** 20,
  jsonDepth: 64,
  // Four times what the largest command that passes the gate can need.
  lineLength: 16 * 2 ** 20,
  lines: 100_000,
};
