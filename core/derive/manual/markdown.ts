/** The few pieces of Markdown that the manual is made of. */

import { wrapped } from '../operation-text';

const WIDTH = 118;

export function paragraph(text: string): string {
  return wrapped(text, WIDTH).join('\n');
}

/** A block that is shown as it is; `language` as GitHub knows it. */
export function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

export function code(text: string): string {
  return `\`${text}\``;
}

export function list(items: readonly string[]): string {
  return items
    .map((item) =>
      wrapped(item, WIDTH - 2)
        .map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`))
        .join('\n'),
    )
    .join('\n');
}

/** A row for each list of cells; a bar within a cell does not end it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

/** Sections in order, those that are empty left out, a blank line between. */
export function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A part that a reader opens if it is wanted. */
export function folded(title: string, inside: string): string {
  return `<details>\n<summary>${title}</summary>\n\n${inside}\n\n</details>`;
}
