/** Command-line texts → values, by a parameter's declaration (`radius=3`, `kernel=[[0,1],[1,0]]`, `divisor=auto`). */

import type { Parameter } from './parameter';

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

/**
 * The value that a text stands for. A text that cannot be read as the declaration wants stays a text: `checkValues`, which
 * follows anyway, then refuses it with its own sentence.
 */
export function typedValue(parameter: Parameter, text: string): unknown {
  switch (parameter.kind) {
    case 'number':
      return numberOr(text);
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'choice':
    case 'source':
      return text;
    case 'planes':
    case 'matrix':
    case 'points':
    case 'conditions':
    case 'choices':
    case 'steps':
      return listOr(text);
    case 'numbers':
      return text === 'null' ? null : listOr(text);
    case 'tone':
      return text === 'null' ? null : text.startsWith('[') ? listOr(text) : numberOr(text);
    case 'kernel':
      return parameter.names.includes(text) ? text : listOr(text);
    case 'divisor':
    case 'pictureNumber':
      return text === 'null' ? null : numberOr(text);
  }
}

function numberOr(text: string): number | string {
  return NUMBER.test(text) ? Number(text) : text;
}

function listOr(text: string): unknown {
  if (!text.startsWith('[')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}
