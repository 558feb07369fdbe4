/**
 * Key combinations as they are written down ("Mod+Shift+Z", "Alt+]", "F2"), matched against what the keyboard sends and shown
 * as people know them. "Mod" is Ctrl, and Cmd on macOS.
 */

export interface Chord {
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  /** `KeyboardEvent.key`, a letter in lower case. */
  readonly key: string;
}

/** Reads "Mod+Shift+Z". The plus sign itself is written "Plus". */
export function chordOf(text: string): Chord {
  const parts = text.split('+');
  const key = parts.at(-1) ?? '';
  return {
    mod: parts.includes('Mod'),
    shift: parts.includes('Shift'),
    alt: parts.includes('Alt'),
    key: key === 'Plus' ? '+' : key.length === 1 ? key.toLowerCase() : key,
  };
}

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

export function matches(chord: Chord, event: Pressed, mac: boolean): boolean {
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (mod !== chord.mod || other || event.altKey !== chord.alt) return false;
  // Signs such as "/" or "+" take Shift on some keyboards and not on others; they are what they are.
  const sign = chord.key.length === 1 && !/[a-z0-9]/.test(chord.key);
  if (event.shiftKey !== chord.shift && !(sign && !chord.shift)) return false;
  return keysOf(event).includes(chord.key);
}

/** What a press may stand for: the letter it writes, and on keyboards of other scripts the Latin letter in its place. */
function keysOf(event: Pressed): readonly string[] {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const place = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1].toLowerCase();
  const latin = /^[\x20-\x7e]$/.test(key) || key.length > 1;
  // With Alt held, macOS writes other signs; the place on the keyboard is what is meant.
  const useless = !latin || event.altKey || /^Digit/.test(event.code);
  const bracket =
    event.altKey && event.code === 'BracketLeft'
      ? '['
      : event.altKey && event.code === 'BracketRight'
        ? ']'
        : null;
  return [key, ...(useless && place !== undefined ? [place] : []), ...(bracket === null ? [] : [bracket])];
}

/** Such a key writes something, or selects what is written: it belongs to a text field while one has the focus. */
export function isTyping({ mod, shift, alt, key }: Chord): boolean {
  if (mod) return key === 'a' && !shift && !alt;
  // With Alt letters write signs and arrows go from word to word; turning pages is nothing that a field does.
  if (alt && /^Page(?:Up|Down)$/.test(key)) return false;
  return !/^F\d+$/.test(key);
}

const macNames: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Delete: '⌫' };
const names: Readonly<Record<string, string>> = { Mod: 'Ctrl', Delete: 'Del', Plus: '+' };

/** "Ctrl+Shift+Z", on macOS "⇧⌘Z". */
export function shownKeys(text: string, mac: boolean): string {
  const parts = text.split('+');
  if (!mac) return parts.map((part) => names[part] ?? part).join('+');
  const order = ['Alt', 'Shift', 'Mod'];
  const held = order.filter((part) => parts.slice(0, -1).includes(part));
  return [...held, parts.at(-1) ?? ''].map((part) => macNames[part] ?? names[part] ?? part).join('');
}

/** For `aria-keyshortcuts`. */
export function spokenKeys(text: string, mac: boolean): string {
  return text.replace('Mod', mac ? 'Meta' : 'Control').replace('Plus', '+');
}

export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

/** Whether typing goes into this element: single letters are dead while it has the focus. */
export function takesText(element: Element | null): boolean {
  if (element instanceof HTMLInputElement) return !NO_TEXT.has(element.type);
  return (
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement ||
    (element instanceof HTMLElement && element.isContentEditable === true)
  );
}

const NO_TEXT = new Set(['range', 'checkbox', 'radio', 'button', 'file']);
