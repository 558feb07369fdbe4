/** Numbers as they are typed, stepped and shown. */

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** What one arrow key changes. */
  readonly step: number;
  readonly integer?: boolean;
}

/** Digits that survive sums of steps such as 0.1 + 0.2. */
const DIGITS = 12;

/** What was typed as a number: a comma or a point, a unit behind it is passed over. Null where it is none. */
export function parseNumber(text: string): number | null {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(?:%|px|°)?$/i.exec(plain);
  return match ? Number(match[1]) : null;
}

/** As short as it goes: "2.2", not "2.20". */
export function formatNumber(value: number): string {
  const shown = String(Number(value.toPrecision(DIGITS)));
  return shown === '-0' ? '0' : shown;
}

/** The nearest value that is allowed. */
export function limited(value: number, range: NumberRange): number {
  const near = Math.min(range.max, Math.max(range.min, value));
  return range.integer ? Math.round(near) : near;
}

/** Ten steps with Shift, a tenth with Ctrl (a whole one where there are no fractions). */
export function stepFactor(
  keys: Pick<KeyboardEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>,
  integer: boolean,
): number {
  if (keys.shiftKey) return 10;
  return (keys.ctrlKey || keys.metaKey) && !integer ? 0.1 : 1;
}

/** `count` steps further, on the grid of that step, within the range. */
export function stepped(value: number, count: number, range: NumberRange): number {
  const size = range.step * Math.min(1, Math.abs(count));
  const next = value + range.step * count;
  const onGrid = Number((Math.round(next / size) * size).toPrecision(DIGITS));
  return limited(onGrid, range);
}

/** How many steps a key is: arrows one, Page Up and Down ten. Null where it is no such key. */
export function stepsOf(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  integer: boolean,
): number | null {
  if (event.altKey) return null;
  const factor = stepFactor(event, integer);
  switch (event.key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return factor;
    case 'ArrowDown':
    case 'ArrowLeft':
      return -factor;
    case 'PageUp':
      return 10;
    case 'PageDown':
      return -10;
    default:
      return null;
  }
}
