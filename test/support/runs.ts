/** How many cases a costly property is tried on: enough to notice a change in `npm test`, five times as many in `npm run test:full`. */

export function runs(usual: number): number {
  return process.env.BURNISH_FULL === '1' ? 5 * usual : usual;
}
