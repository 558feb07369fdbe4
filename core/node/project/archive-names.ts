/** Which names a file in an archive may have: such as lead nowhere but down, from the archive's own top. */

const LONGEST_NAME = 1024;

/** Why a name is not taken, as the end of a sentence that begins with the name; null for a good one. */
export function nameProblem(name: string): string | null {
  if (name === '') return 'is empty';
  if (name.length > LONGEST_NAME) return `has more than ${LONGEST_NAME} characters`;
  if (/[\p{Cc}\p{Cs}]/u.test(name)) return 'holds characters that no name has';
  if (name.includes('\\')) return 'holds a backslash';
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name)) return 'begins at the top of a disk';
  const parts = (name.endsWith('/') ? name.slice(0, -1) : name).split('/');
  if (parts.includes('..')) return 'leads out of the archive';
  if (parts.includes('.') || parts.includes('')) return 'has a part that is no name';
  return null;
}

/** A name for a sentence: short, and on one line. */
export function shownName(name: string): string {
  const line = name.replace(/[\p{Cc}\p{Cs}]/gu, '\uFFFD');
  return `"${line.length > 80 ? `${line.slice(0, 79)}…` : line}"`;
}
