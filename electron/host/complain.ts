/** Where bugs of the main process are told: one line on stderr, the whole trace with BURNISH_DEBUG=1. */
export function complain(error: unknown): void {
  const debug = Boolean(process.env.BURNISH_DEBUG);
  const text =
    error instanceof Error ? (debug ? (error.stack ?? error.message) : error.message) : String(error);
  process.stderr.write(`burnish: a mistake of Burnish's own: ${debug ? text : text.split('\n', 1)[0]}\n`);
}
