import { describe, expect, it } from 'vitest';
import {
  chordOf,
  isTyping,
  matches,
  shownKeys,
  spokenKeys,
  takesText,
} from '../../../renderer/commands/keys';

function pressed(key: string, held: Partial<KeyboardEvent> = {}): KeyboardEvent {
  return new KeyboardEvent('keydown', { key, ...held });
}

describe('a key combination', () => {
  it.each([
    ['Mod+Z', pressed('z', { ctrlKey: true }), true],
    ['Mod+Z', pressed('Z', { ctrlKey: true, shiftKey: true }), false],
    ['Mod+Shift+Z', pressed('Z', { ctrlKey: true, shiftKey: true }), true],
    ['Mod+Z', pressed('z'), false],
    ['Mod+Z', pressed('z', { ctrlKey: true, altKey: true }), false],
    ['Y', pressed('y'), true],
    ['Y', pressed('Y', { shiftKey: true }), false],
    ['F2', pressed('F2'), true],
    ['Delete', pressed('Delete'), true],
    ['/', pressed('/'), true],
  ])('%s', (keys, event, fits) => {
    expect(matches(chordOf(keys), event, false)).toBe(fits);
  });

  it('takes Cmd for Ctrl on macOS, and nothing else', () => {
    expect(matches(chordOf('Mod+O'), pressed('o', { metaKey: true }), true)).toBe(true);
    expect(matches(chordOf('Mod+O'), pressed('o', { ctrlKey: true }), true)).toBe(false);
    expect(matches(chordOf('Mod+O'), pressed('o', { metaKey: true }), false)).toBe(false);
  });

  it('knows a sign wherever the keyboard has it', () => {
    // On a German keyboard "/" is Shift+7.
    expect(matches(chordOf('/'), pressed('/', { shiftKey: true, code: 'Digit7' }), false)).toBe(true);
    expect(matches(chordOf('Mod+Plus'), pressed('+', { ctrlKey: true, shiftKey: true }), false)).toBe(true);
  });

  it('knows a letter by its place on keyboards of other scripts, and by what it writes on Latin ones', () => {
    expect(matches(chordOf('Mod+Z'), pressed('я', { ctrlKey: true, code: 'KeyZ' }), false)).toBe(true);
    // On a German keyboard the key in the place of Y writes z.
    expect(matches(chordOf('Mod+Y'), pressed('z', { ctrlKey: true, code: 'KeyY' }), false)).toBe(false);
  });

  it('knows brackets with Alt held, where macOS writes other signs', () => {
    expect(matches(chordOf('Alt+]'), pressed('‘', { altKey: true, code: 'BracketRight' }), true)).toBe(true);
  });

  it('belongs to a text field where it writes something', () => {
    expect(['Y', '/', 'Delete', 'Alt+]'].map((keys) => isTyping(chordOf(keys)))).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(['Mod+Z', 'F2', 'Mod+Shift+P', 'Alt+PageUp'].map((keys) => isTyping(chordOf(keys)))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('is shown as the system writes it', () => {
    expect(shownKeys('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
    expect(shownKeys('Mod+Shift+Z', true)).toBe('⇧⌘Z');
    expect(shownKeys('Mod+Plus', false)).toBe('Ctrl++');
    expect(spokenKeys('Mod+Shift+Z', false)).toBe('Control+Shift+Z');
  });
});

describe('text goes', () => {
  it.each([
    ['<input type="text" role="spinbutton">', true],
    ['<textarea></textarea>', true],
    ['<select></select>', true],
    ['<input type="range">', false],
    ['<input type="checkbox">', false],
    ['<button></button>', false],
  ])('into %s: %s', (html, takes) => {
    document.body.innerHTML = html;
    expect(takesText(document.body.firstElementChild)).toBe(takes);
  });
});
