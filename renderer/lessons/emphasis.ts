/** The text of lessons has one mark: what stands between `**` is a name that stands on the screen, or a word that is new. */

export interface Run {
  readonly text: string;
  readonly strong: boolean;
}

/** The text in runs, in order; an odd `**` is text. */
export function runsOf(text: string): readonly Run[] {
  const parts = text.split('**');
  const closed = parts.length % 2 === 1 ? parts : [...parts.slice(0, -2), parts.slice(-2).join('**')];
  return closed.map((part, at) => ({ text: part, strong: at % 2 === 1 })).filter((run) => run.text !== '');
}
