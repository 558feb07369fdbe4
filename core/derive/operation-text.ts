/** Operations as people read them in a terminal: a line each in the list, and one in full. */

import { receivedText } from '../operation/expectation';
import type { Operation } from '../operation/operation';
import { operationCard, type ParameterCard } from './operation-card';

/** Breaks a text into lines of at most `width` characters at its spaces. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

const WIDTH = 100;

function indented(text: string, indent: number): string {
  return wrapped(text, WIDTH - indent)
    .map((line) => `${' '.repeat(indent)}${line}`)
    .join('\n');
}

/** Every operation, a line each, under its category. */
export function operationList(operations: readonly Operation[]): string {
  const categories = [...new Set(operations.map((operation) => operation.category))];
  const longest = Math.max(...operations.map((operation) => operation.id.length));
  const sections = categories.map((category) => {
    const lines = operations
      .filter((operation) => operation.category === category)
      .map(({ id, summary }) => {
        const [first, ...rest] = wrapped(summary, WIDTH - longest - 4);
        const below = rest.map((line) => `\n${' '.repeat(longest + 4)}${line}`).join('');
        return `  ${id.padEnd(longest)}  ${first}${below}`;
      });
    return `${category}\n${lines.join('\n')}\n`;
  });
  return sections.join('\n');
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : receivedText(value);
}

function presetText({ required, default: preset, suggested }: ParameterCard): string {
  if (!required) return `default ${valueText(preset)}`;
  return suggested === undefined ? 'required' : `required; the editor starts with ${valueText(suggested)}`;
}

/** One operation in full. */
export function operationPage(operation: Operation): string {
  const { id, title, summary, description, parameters, formula, identity, examples, sources } =
    operationCard(operation);
  const lines = [`${id}: ${title}`, indented(summary, 2)];
  if (description !== null) lines.push('', indented(description, 2));
  lines.push('', 'Formula', indented(formula, 2));
  const entries = Object.entries(parameters);
  lines.push('', entries.length === 0 ? 'No parameters' : 'Parameters');
  for (const [name, card] of entries) {
    const unit = card.unit === undefined ? '' : ` (${card.unit === 'level' ? '255 scale' : card.unit})`;
    lines.push(
      `  ${name}${unit}`,
      indented(card.help, 4),
      indented(`${card.expected}; ${presetText(card)}`, 4),
    );
  }
  if (identity !== null) {
    const neutral = Object.entries(identity).map(([name, value]) => `${name}=${valueText(value)}`);
    lines.push('', `Changes nothing at ${neutral.join(', ')}`);
  }
  if (examples.length > 0) lines.push('', 'Examples');
  for (const { values, input, output, depth } of examples) {
    const given = Object.entries(values).map(([name, value]) => ` ${name}=${valueText(value)}`);
    const levels = (list: readonly number[]): string =>
      list.slice(0, 16).join(' ') + (list.length > 16 ? ' …' : '');
    const note = depth === 16 ? '  (16 bit)' : '';
    lines.push(indented(`${id}${given.join('')}${note}`, 2), `    ${levels(input)}`, `    ${levels(output)}`);
  }
  if (sources.length > 0) lines.push('', 'Sources', ...sources.map((source) => indented(source, 2)));
  return `${lines.join('\n')}\n`;
}
